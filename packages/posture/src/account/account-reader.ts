import pLimit, { type LimitFunction } from 'p-limit';
import type { Resource } from '../resource.ts';
import { literal } from '../template/substitution.ts';
import type { AccountAction } from './actions.ts';

/** Calls that are under way at once; AWS counts them per account and service. */
const MOST_CALLS = 8;

/** What an AWS client is made with. The SDK waits, longer each time, where a service says that it is asked too often. */
export interface ClientSettings {
  region: string;
  maxAttempts: number;
}

const isDenied = (name: string) => /AccessDenied|UnauthorizedOperation|NotAuthorized|Forbidden/.test(name);

/** Says that there is none of what was asked for. */
const isAbsent = (name: string) => /NotFound|^NoSuch|DoesNotExist|NonExistent/.test(name);

/** Says that the region is switched off for the account, or that it does not have the service. */
const isOff = (name: string) =>
  /^(UnrecognizedClientException|InvalidClientTokenId|OptInRequired|AuthFailure|ENOTFOUND)$/.test(name);

/** Thrown by a call in a region that is off; nothing more is asked there. */
export class RegionOff extends Error {}

const nameOf = (error: unknown): string => {
  const { name = '', code } = error as { name?: string; code?: string };
  return code ?? name;
};

/** Asks one region of an account, and gathers what it answers. */
export class AccountReader {
  readonly settings: ClientSettings;
  readonly resources: Resource[] = [];
  /** Resources, or their attributes, by ARN: `role/a.Arn`. */
  readonly arns = new Map<string, string>();
  readonly notes = new Set<string>();
  readonly #limit: LimitFunction = pLimit(MOST_CALLS);

  readonly #scope: string;

  /** `scope`: the region's name, or another for what is of all regions. */
  constructor(region: string, scope = region) {
    this.#scope = scope;
    this.settings = { region, maxAttempts: 10 };
  }

  /** A name for a resource, in which nothing is taken for an attribute or the end of a reference. */
  id(kind: string, ...names: (string | undefined)[]): string {
    return [this.#scope, kind, ...names].join('/').replaceAll(/[.{}$]/g, '_');
  }

  /** `said`: what the account says, and `references`: to other resources, as `substitution.ts` has texts. */
  add(
    id: string,
    type: string,
    said: object,
    { arn, references = {} }: { arn?: string | undefined; references?: object } = {},
  ): void {
    const properties = { ...(literalOf(said) as object), ...references };
    this.resources.push({ id, type, properties, dependsOn: [] });
    if (arn !== undefined) this.arns.set(arn, `${id}.Arn`);
  }

  /**
   * The answer to a call. Undefined where there is none of what it asks for, and where the caller may not ask or is never let through: then
   * a note tells it. Throws `RegionOff`.
   */
  async ask<Answer>(action: AccountAction, call: () => Promise<Answer>): Promise<Answer | undefined> {
    try {
      return await this.#limit(call);
    } catch (error) {
      const name = nameOf(error);
      if (isOff(name)) throw new RegionOff(name);
      if (isAbsent(name)) return undefined;
      this.notes.add(
        isDenied(name)
          ? `${this.#scope}: ${action} is not allowed, so what it tells is not known; ringfence posture role prints a role that may`
          : `${this.#scope}: ${action} failed, so what it tells is not known: ${(error as Error).message}`,
      );
      return undefined;
    }
  }

  /** Everything that comes on the pages of an answer; what came before a page fails is kept. */
  async list<Item>(
    action: AccountAction,
    pages: (token: string | undefined) => Promise<Page<Item>>,
  ): Promise<Item[]> {
    const items: Item[] = [];
    let token: string | undefined;
    do {
      const asked = token;
      const page = await this.ask(action, () => pages(asked));
      items.push(...(page?.items ?? []));
      token = page?.next === asked ? undefined : page?.next;
    } while (token);
    return items;
  }
}

/** Plain JSON of an answer, without what is undefined. */
const literalOf = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value), (_, member) => (typeof member === 'string' ? literal(member) : member));

/** One page of a list, and what to ask for the next with. */
export interface Page<Item> {
  items: Item[] | undefined;
  next: string | undefined;
}
