import { isObject } from '../evaluate/values.ts';
import { idOf } from '../ids.ts';
import type { Written, WrittenModule } from './plan-schema.ts';

/** Modules in modules, and variables that lead to variables. */
const DEEPEST = 20;

/** What an argument refers to. */
export interface Reference {
  /** The resource, with its instance where that is written. */
  id: string;
  attribute?: string;
}

interface Module {
  written: WrittenModule;
  /** With the keys of the instances: `module/api[x]/`. */
  prefix: string;
  /** Of the one that calls it. */
  parent?: Module;
  byId: ReadonlyMap<string, Written>;
  /** What the caller gives its variables. */
  given: Record<string, unknown>;
}

const byId = ({ resources = [] }: WrittenModule) =>
  new Map(resources.map((resource) => [idOf(resource.address), resource]));

const referencesIn = (expression: unknown): string[] =>
  isObject(expression) && Array.isArray(expression.references)
    ? expression.references.filter((each): each is string => typeof each === 'string')
    : [];

/** Only the longest of `aws_x.y.arn`, `aws_x.y`, which the plan has one behind the other. */
const longest = (references: string[]) =>
  references.filter(
    (each, index) =>
      !references[index - 1]?.startsWith(`${each}.`) && !references[index - 1]?.startsWith(`${each}[`),
  );

/** Finds in the configuration of a plan what its arguments refer to. */
export class WrittenReferences {
  readonly #modules = new Map<string, Module>();
  readonly #root: Module;

  constructor(root: WrittenModule) {
    this.#root = { written: root, prefix: '', byId: byId(root), given: {} };
  }

  /** The module whose resources have ids that begin so. */
  #moduleOf(prefix: string): Module | undefined {
    const found = this.#modules.get(prefix);
    if (found) return found;
    const steps = prefix.match(/module\/[^/[]+(?:\[[^\]]*\])?\//g) ?? [];
    const last = steps.at(-1);
    if (last === undefined) return this.#root;
    if (steps.length > DEEPEST) return undefined;
    const parent = this.#moduleOf(prefix.slice(0, -last.length));
    const [, name = ''] = /^module\/([^/[]+)/.exec(last) ?? [];
    const call = parent?.written.module_calls?.[name];
    if (!parent || !call?.module) return undefined;
    const module = {
      written: call.module,
      prefix,
      parent,
      byId: byId(call.module),
      given: call.expressions ?? {},
    };
    this.#modules.set(prefix, module);
    return module;
  }

  /** The expressions of a resource's arguments; of its blocks, lists of such. */
  expressionsOf(id: string): { expressions: Record<string, unknown>; dependsOn: string[] } {
    const [, prefix = '', own = ''] = /^((?:module\/[^/]+\/)*)(.*)$/.exec(id) ?? [];
    const name = own.replace(/\[[^\]]*\]$/, '');
    const written = this.#moduleOf(prefix)?.byId.get(name);
    return {
      expressions: written?.expressions ?? {},
      dependsOn: (written?.depends_on ?? []).map((address) => prefix + idOf(address)),
    };
  }

  /** What an expression of the resource refers to, through variables and outputs of modules. */
  resolve(id: string, expression: unknown): Reference[] {
    const [prefix = ''] = /^(?:module\/[^/]+\/)*/.exec(id) ?? [];
    const module = this.#moduleOf(prefix);
    return module ? this.#resolveIn(module, expression, 0) : [];
  }

  #resolveIn(module: Module, expression: unknown, depth: number): Reference[] {
    if (depth > DEEPEST) return [];
    return longest(referencesIn(expression)).flatMap((reference): Reference[] => {
      const [first = '', second = '', third] = reference.split('.');
      if (first === 'var')
        return module.parent ? this.#resolveIn(module.parent, module.given[second], depth + 1) : [];
      if (first === 'module') {
        const called = this.#moduleOf(`${module.prefix}${idOf(`module.${second}`)}/`);
        const output = called?.written.outputs?.[third ?? ''];
        return called && output ? this.#resolveIn(called, output.expression, depth + 1) : [];
      }
      if (/^(local|each|count|path|terraform|self)$/.test(first)) return [];
      const words = first === 'data' ? 3 : 2;
      const parts = reference.match(/[^.[\]]+(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\])?/g) ?? [];
      const attribute = parts[words];
      return [
        {
          id: module.prefix + idOf(parts.slice(0, words).join('.')),
          ...(attribute !== undefined && { attribute }),
        },
      ];
    });
  }
}
