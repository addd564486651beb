import { parse } from 'yaml';
export const handler = async (event) => parse(event.body);
