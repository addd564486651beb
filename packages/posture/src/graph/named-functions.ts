import type { Resource } from '../resource.ts';
import type { FunctionNode, Graph } from './build-graph.ts';

/** The name in an ARN of a function. */
const inArn = /:function:((?:\$\{[^}]*\}|[^:/$"])+)/;

/** Variables whose value may be the name of a function. */
const ofFunction = /function|lambda|(^|_)fn(_|$)/i;

const arnsIn = (value: unknown): string[] =>
  [...JSON.stringify(value).matchAll(new RegExp(inArn, 'g'))].map(([, name = '']) => name);

/** What names a function by its name alone: tasks of state machines, and what is about one function. */
const namesFunctions = /^AWS::(StepFunctions::StateMachine|Lambda::(EventSourceMapping|Permission|Url))$/;
const byName = /\\?"(?:FunctionName|TargetFunctionArn)\\?":\s*\\?"([^"\\:]+)/g;

const namesIn = ({ type, properties }: Resource): string[] =>
  namesFunctions.test(type)
    ? [...JSON.stringify(properties).matchAll(byName)].map(([, name = '']) => name)
    : [];

const variablesIn = ({ environment }: FunctionNode): string[] =>
  Object.entries(environment).flatMap(([key, value]) =>
    ofFunction.test(key) && typeof value === 'string' ? [value] : [],
  );

/** A reference, such as a variable's to a function of the templates: what it names is known by it, and it says nothing of other names. */
const isReference = (name: string): boolean => /^\$\{[^}?]*\}$/.test(name);

/** The names of what the code of a function invokes; undefined for one that is not known. */
const invokedBy = ({ needs }: FunctionNode): (string | undefined)[] =>
  (needs?.needs ?? [])
    .filter(
      ({ action, certainty }) => /^lambda:Invoke(Function|Async)$/i.test(action) && certainty === 'required',
    )
    .map(({ resource = '' }) => (isReference(resource) ? resource : inArn.exec(resource)?.[1]));

/** What only says how a name begins may be any function. */
const isOpen = (name: string | undefined): boolean => name === undefined || name.endsWith('${?}');

/** A name of which not all is known, as a pattern: `shop-*-mail`. */
const patternOf = (name: string): RegExp => {
  const pattern = name
    .replace(/\$\{[^}]*\}/g, '*')
    .replace(/[.*+?^$()|[\]\\]/g, (each) => (each === '*' ? '.*' : `\\${each}`));
  return new RegExp(`^${pattern}$`);
};

/** The functions whose code invokes functions by names that are not known. */
export const invokersOfUnknown = (graphs: readonly Graph[]): FunctionNode[] =>
  graphs.flatMap(({ functions }) => [...functions.values()].filter((node) => invokedBy(node).some(isOpen)));

/**
 * The ids of the functions of the graph that are named by what they are called in AWS: by the ARNs and tasks in the graphs' resources that
 * are not `idle`, by variables, and by code.
 */
export function namedFunctions(
  graph: Graph,
  others: readonly Graph[],
  isIdle: (resource: Resource) => boolean,
): string[] {
  const all = [graph, ...others];
  const patterns = all
    .flatMap(({ functions }) => [...functions.values()].flatMap(invokedBy))
    .flatMap((name) => (name === undefined || isOpen(name) || isReference(name) ? [] : [patternOf(name)]));
  const texts = new Set([
    ...all.flatMap(({ functions }) => [...functions.values()].flatMap(variablesIn)),
    ...all.flatMap(({ resources }) =>
      [...resources.values()]
        .filter((resource) => !isIdle(resource))
        .flatMap((resource) => [...arnsIn(resource.properties), ...namesIn(resource)]),
    ),
  ]);
  return [...graph.functions.values()].flatMap(({ id, resource }) => {
    const { FunctionName: name } = resource.properties;
    if (typeof name !== 'string') return [];
    return texts.has(name) || patterns.some((pattern) => pattern.test(name)) ? [id] : [];
  });
}
