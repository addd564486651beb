export type { ConsoleOptions, RunningConsole } from './console-options.ts';
export { startConsole } from './start-console.ts';
export { UserError } from './user-error.ts';
