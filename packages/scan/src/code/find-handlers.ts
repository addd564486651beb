import type { Closure, Expression, Interpreter, Module, Value } from '@ringfence/code';

/** A function that gets events. */
export interface Handler {
  path: string;
  closure: Closure;
}

const handlerName =
  /^(default|handler|main|lambda_handler|lambdaHandler|run|entrypoint|entry_point)$|[hH]andler$/;

const nameOf = (parameter: Expression | undefined): string | undefined => {
  const target = parameter?.kind === 'choice' ? parameter.options[0] : parameter;
  return target?.kind === 'name' ? target.name : undefined;
};
const firstNames = ({ function: syntax }: Closure) => (syntax?.parameters ?? []).slice(0, 2).map(nameOf);

/** main(argv) of a command is no handler. */
const isCommand = (closure: Closure) => /^(args|argv)$/.test(firstNames(closure)[0] ?? '');
/** What Google's functions get, whatever they are called. */
const takesRequest = (closure: Closure) => /^(req,res|request,response)$/.test(firstNames(closure).join());

/** A handler, however its settings write it: `./app.jobs.run`, `app/jobs.py:run` and `app/jobs.run` are the same. */
const comparable = (handler: string): string =>
  handler
    .replace(/^\.\//, '')
    .replace(/\.py:|:/, '.')
    .replaceAll(/\.(?=.*\.)/g, '/');

/** Functions handed to something outside, as to middy(handler): by what comes out. */
export type Wrapped = { symbol: string; closures: readonly Closure[] }[];

function closuresOf(value: Value, wrapped: Wrapped): readonly Closure[] {
  if (value.closures.length > 0) return value.closures;
  // An instance of Python that can be called.
  const callable = value.fields?.named.get('__call__')?.closures ?? [];
  if (callable.length > 0) return callable.map((closure) => ({ ...closure, self: value }));
  return wrapped
    .filter(({ symbol }) => value.symbols.some((each) => each.startsWith(`${symbol}(`)))
    .flatMap(({ closures }) => closures);
}

/** What makes a handler of a server, whose routes are followed from the top level; or the server, where a plugin makes the handler. */
const adapter =
  /^(serverless-http|@(vendia|codegenie)\/serverless-express|aws-serverless-express|aws-lambda-fastify|@fastify\/aws-lambda|mangum\.Mangum|apig_wsgi|hono\/aws-lambda|flask\.Flask|fastapi\.FastAPI)\b.*\(/;

/** Whether one of the handlers that settings name is a server's. */
export const isOfServer = (
  modules: Iterable<Module>,
  interpreter: Interpreter,
  named: readonly string[],
): boolean =>
  [...modules].some(({ path }) =>
    [...interpreter.exportsOf(path)].some(
      ([name, { symbols }]) =>
        named.map(comparable).includes(comparable(`${path.replace(/\.\w+$/, '')}.${name}`)) &&
        symbols.some((symbol) => adapter.test(symbol)),
    ),
  );

/**
 * The handlers of a program: those that are named, as `src/index.handler`, or else all exports that are called like one. The top level of every file
 * is followed on the way, with the routes of servers in it.
 */
export function findHandlers(
  modules: Iterable<Module>,
  interpreter: Interpreter,
  wrapped: Wrapped,
  named: string[] = [],
): Handler[] {
  const wanted = new Set(named.map(comparable));
  const all = [...modules].flatMap(({ path }) => {
    const stem = path.replace(/\.\w+$/, '');
    return [...interpreter.exportsOf(path)].flatMap(([name, value]) =>
      closuresOf(value, wrapped)
        .filter((closure) => closure.function !== undefined && !isCommand(closure))
        .map((closure) => ({ path, name, id: `${stem}.${name}`, closure })),
    );
  });
  const asNamed = all.filter(({ id }) => wanted.has(comparable(id)));
  const chosen =
    asNamed.length > 0
      ? asNamed
      : all.filter(({ name, closure }) => handlerName.test(name) || takesRequest(closure));
  const seen = new Set<unknown>();
  return chosen.filter(({ closure }) => !seen.has(closure.function) && seen.add(closure.function));
}
