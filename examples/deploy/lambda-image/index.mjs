export const handler = async ({ name = 'nobody' }) => `Hello, ${name}`;
