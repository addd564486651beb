/** Says what is going on, one line for each step. */
export function say(text) {
  process.stdout.write(`ringfence: ${text}\n`);
}

/** A problem that a person can put right: said in one line, and the script ends with this exit code. */
export class SetupError extends Error {
  constructor(message, exitCode = 3) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Does one step and says how long it took. */
export async function step(name, work) {
  const start = performance.now();
  say(`${name} …`);
  const result = await work();
  say(`${name}: done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}

/** Runs a script's main function; problems are said in one line, without a stack trace. */
export async function runScript(main) {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    process.stderr.write(`ringfence: ${error.message}\n`);
    process.exitCode = error.exitCode;
  }
}
