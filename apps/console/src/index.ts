export { type ConsoleOptions, type RunningConsole, startConsole } from './start-console.ts';
export { UserError } from './user-error.ts';
