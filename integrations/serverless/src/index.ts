export { default } from './ringfence-plugin.ts';
