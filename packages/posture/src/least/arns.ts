import type { Inventory } from '../resource.ts';
import { fill, hole } from '../template/substitution.ts';
import { holds, type Pattern, readPattern, type Verdict } from './pattern.ts';
import { namingOf } from './resource-names.ts';

/** Resources may be named by each other's names, but no deeper than this. */
const DEEPEST_NAME = 5;

const queueAddress =
  /https?:\/\/(?:sqs\.((?:\$\{[^}]*\}|[^./])+)|((?:\$\{[^}]*\}|[^./])+)\.queue)\.[^/]+\/([^/]+)\/([^/]+)$/;
const within = /^arn:[^:]*:.*?(arn:[^:]*:.*)$/;

/** Reads ARNs of one inventory, so that the same resource is the same text however a template or code names it. */
export class Arns {
  readonly #inventory: Inventory;
  readonly #patterns = new Map<string, Pattern>();
  readonly #verdicts = new Map<string, Verdict>();

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
  }

  /** The ARN in full; of what can't be said, the holes stay. A queue's address becomes its ARN, and so does an ARN where a name should be. */
  full(text: string): string {
    // A parameter's name begins with the slash that its ARN has already.
    const filled = this.#withKey(this.#fill(text, 0).replace(':parameter//', ':parameter/'));
    const [, own] = within.exec(filled) ?? [];
    // An ARN of a secret has what stands behind its name already.
    if (own !== undefined) return own.replace(/(-\?{6})-\?{6}$/, '$1');
    const [, region, older, account, name] = queueAddress.exec(filled) ?? [];
    return name === undefined ? filled : `arn:aws:sqs:${region ?? older}:${account}:${name}`;
  }

  /** A key by its alias: the template's, or one that only the account knows. IAM allows what is done with a key by the key's own ARN. */
  #withKey(arn: string): string {
    const [, front = '', alias] = /^(arn:aws:kms:.*:key\/)(alias\/.+)$/.exec(arn) ?? [];
    if (alias === undefined) return arn;
    for (const { type, properties } of this.#inventory.resources.values())
      if (type === 'AWS::KMS::Alias' && this.#fill(String(properties.AliasName), 0) === alias)
        return front + this.#fill(String(properties.TargetKeyId), 0);
    return front + hole('?');
  }

  /** Whether a granted resource holds all of a needed one. */
  holds(granted: string, needed: string): Verdict {
    if (granted === '*') return 'yes';
    const key = `${granted}\n${needed}`;
    let verdict = this.#verdicts.get(key);
    if (verdict === undefined) {
      verdict = holds(this.#pattern(granted), this.#pattern(needed));
      this.#verdicts.set(key, verdict);
    }
    return verdict;
  }

  #pattern(text: string): Pattern {
    let pattern = this.#patterns.get(text);
    if (!pattern) {
      pattern = readPattern(this.full(text), this.#inventory.resources);
      this.#patterns.set(text, pattern);
    }
    return pattern;
  }

  #fill(text: string, depth: number): string {
    return fill(text.replace(/^arn:aws-[a-z-]+:/, 'arn:aws:'), (name) => this.#meaningOf(name, depth));
  }

  #meaningOf(name: string, depth: number): string | undefined {
    if (name === 'AWS::Partition') return 'aws';
    const dot = name.indexOf('.');
    const id = dot < 0 ? name : name.slice(0, dot);
    const attribute = dot < 0 ? undefined : name.slice(dot + 1);
    const resource = this.#inventory.resources.get(id);
    // What is done by an alias is done with its key.
    const key = resource?.type === 'AWS::KMS::Alias' ? resource.properties.TargetKeyId : undefined;
    if (typeof key === 'string' && depth <= DEEPEST_NAME) return this.#fill(key, depth + 1);
    const naming = resource && namingOf(resource.type);
    if (!resource || !naming || depth > DEEPEST_NAME) return undefined;
    const given = naming.nameProperty === undefined ? undefined : resource.properties[naming.nameProperty];
    const own = typeof given === 'string' ? this.#fill(given, depth + 1) : hole(id);
    const arn = fill(naming.arn, (each) => (each === 'name' ? own : undefined));
    if (attribute === undefined) return naming.ref === 'arn' ? arn : own;
    if (naming.nameAttributes?.includes(attribute)) return own;
    if (attribute === 'StreamArn') return `${arn}/stream/${hole(name)}`;
    return attribute.endsWith('Arn') || attribute === 'QueueUrl' ? arn : undefined;
  }
}
