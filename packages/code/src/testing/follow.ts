import { taintsOf, type Value } from '../flow/value.ts';
import { Interpreter, type Listener, makeProgram, type OutsideCall, readModule } from '../index.ts';

/** `function` of `entry`, called with one tainted argument `event`; gives all calls of things outside. */
export async function follow(
  files: Record<string, string>,
  entry: string,
  name = 'handler',
  listener: Listener = {},
): Promise<{ calls: OutsideCall[]; result: Value; isPartial: boolean }> {
  const modules = await Promise.all(Object.entries(files).map(([path, text]) => readModule(path, text)));
  const program = makeProgram(modules.flatMap((module) => module ?? []));
  const calls: OutsideCall[] = [];
  const interpreter = new Interpreter(program, { ...listener, onCall: (call) => void calls.push(call) });
  const closure = interpreter.exportsOf(entry).get(name)?.closures[0];
  if (!closure) throw new Error(`${entry} exports no function ${name}`);
  const place = { path: entry, line: 1, column: 1 };
  const event: Value = {
    texts: [],
    symbols: [],
    closures: [],
    taints: [{ source: 'event', places: [place], safeFor: [] }],
  };
  const result = interpreter.call(closure, [event]);
  return { calls, result, isPartial: interpreter.isPartial };
}

/** What comes to the first argument of the calls of `symbol`, by source. */
export const sourcesAt = (calls: OutsideCall[], symbol: string): string[] => [
  ...new Set(
    calls
      .filter((call) => call.symbol === symbol)
      .flatMap(({ arguments: [first] }) => (first ? taintsOf(first) : []).map(({ source }) => source)),
  ),
];
