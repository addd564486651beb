import { stripVTControlCharacters } from 'node:util';
import pLimit, { type LimitFunction } from 'p-limit';
import { REGION_KEY } from '../names/name-of.ts';
import type { Resource } from '../resource.ts';
import { literal } from '../template/substitution.ts';
import { type AccountAction, askedBy } from './actions.ts';
import { AnswerHandler } from './answer-handler.ts';

/** Calls of one service that are under way at once; AWS counts them per account and service. */
const MOST_CALLS = 8;

/** Pages of one list; the longest that AWS has are of some thousand items on a few hundred pages. */
const MOST_PAGES = 2_000;

/** An action that has failed so often in a row is not asked again. */
const MOST_FAILURES = 20;

/** A call with all that the SDK tries; it tries up to ten times. */
const LONGEST_CALL_MS = 120_000;

/** What an AWS client is made with. The SDK waits, longer each time, where a service says that it is asked too often, and then asks less often. */
export interface ClientSettings {
  region: string;
  maxAttempts: number;
  retryMode: 'adaptive';
  requestHandler: AnswerHandler;
}

const isDenied = (name: string) =>
  /AccessDenied|UnauthorizedOperation|NotAuthorized|AuthorizationError|Forbidden/.test(name);

/** Says that there is none of what was asked for, or that the region does not have the service, or the account has not signed up for it. */
const isAbsent = (name: string) =>
  /NotFound|^NoSuch|DoesNotExist|NonExistent|^(ENOTFOUND|OptInRequired|SubscriptionRequiredException)$/.test(
    name,
  );

const nameOf = (error: unknown): string => {
  const { name = '', code, Code } = error as { name?: string; code?: unknown; Code?: unknown };
  return [code, Code, name].find((each) => typeof each === 'string' && each !== '') as string;
};

/** Messages come from outside: one line of them, without what moves a terminal's cursor. */
export const messageOf = (error: unknown): string =>
  stripVTControlCharacters((error as Error).message ?? String(error))
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .replace(/ Deserialization error: .*$/, '')
    .slice(0, 200);

/** Rejects when a call takes too long; what it still does is nobody's concern then. */
async function inTime<Answer>(call: () => Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`no answer within ${LONGEST_CALL_MS / 1000} seconds`)),
      LONGEST_CALL_MS,
    );
  });
  try {
    return await Promise.race([call(), late]);
  } finally {
    clearTimeout(timer);
  }
}

interface ReaderSettings {
  region: string;
  account: string;
  onCall?: () => void;
  codeFolder?: string | undefined;
}

/** Asks one region of an account, and gathers what it answers. */
export class AccountReader {
  readonly settings: ClientSettings;
  /** The account's number. */
  readonly account: string;
  /** Where the code of functions is to be put; undefined where it is not asked for. */
  readonly codeFolder: string | undefined;
  readonly resources: Resource[] = [];
  /** Resources, or their attributes, by ARN: `role/a.Arn`. */
  readonly arns = new Map<string, string>();
  /** One for an action and what happened to it, however often. */
  readonly #notes = new Map<string, string>();
  /** What could not be asked. */
  readonly missed = new Set<AccountAction>();
  readonly #limits = new Map<string, LimitFunction>();
  readonly #failures = new Map<AccountAction, number>();
  /** What its resources' names begin with. */
  readonly scope: string;
  readonly #onCall: () => void;

  /** `scope`: the region's name, or another for what is of all regions. */
  constructor({ region, account, onCall = () => {}, codeFolder }: ReaderSettings, scope = region) {
    this.scope = scope;
    this.#onCall = onCall;
    this.account = account;
    this.codeFolder = codeFolder;
    this.settings = { region, maxAttempts: 10, retryMode: 'adaptive', requestHandler: new AnswerHandler() };
  }

  get notes(): string[] {
    return [...this.#notes.values()];
  }

  /** A name for a resource, in which nothing is taken for an attribute or the end of a reference. */
  id(kind: string, ...names: (string | undefined)[]): string {
    return [this.scope, kind, ...names].join('/').replaceAll(/[.{}$]/g, '_');
  }

  /** `said`: what the account says, and `references`: to other resources, as `substitution.ts` has texts. */
  add(
    id: string,
    type: string,
    said: object,
    {
      arn,
      references = {},
      code,
    }: { arn?: string | undefined; references?: object; code?: string | undefined } = {},
  ): void {
    const properties = { ...(literalOf(said) as object), ...references };
    const metadata = { [REGION_KEY]: this.scope };
    const own = code === undefined ? {} : { package: code };
    this.resources.push({ id, type, properties, dependsOn: [], metadata, ...own });
    if (arn !== undefined) this.arns.set(arn, `${id}.Arn`);
  }

  /**
   * The answer to a call. Undefined where there is none of what it asks for, and where the caller may not ask or is never let through: then
   * a note tells it, and the action is `missed`.
   */
  async ask<Answer>(action: AccountAction, call: () => Promise<Answer>): Promise<Answer | undefined> {
    const answer = await this.askFor(action, call);
    return answer === 'missed' ? undefined : answer;
  }

  /** As `ask`, but tells apart what is not there from what could not be asked. */
  async askFor<Answer>(
    action: AccountAction,
    call: () => Promise<Answer>,
  ): Promise<Answer | undefined | 'missed'> {
    try {
      const answer = await this.#limitOf(action)(async () => {
        if ((this.#failures.get(action) ?? 0) >= MOST_FAILURES) return 'missed' as const;
        this.#onCall();
        return inTime(call);
      });
      if (answer !== 'missed') this.#failures.delete(action);
      return answer;
    } catch (error) {
      if (isAbsent(nameOf(error))) return undefined;
      this.#failures.set(action, (this.#failures.get(action) ?? 0) + 1);
      this.miss(
        action,
        isDenied(nameOf(error)) ? 'is not allowed' : 'failed',
        isDenied(nameOf(error)) ? 'ringfence posture role prints a role that may' : messageOf(error),
      );
      return 'missed';
    }
  }

  /** Notes that an action told nothing, or not all, and what that leaves open. */
  miss(action: AccountAction, what: string, more: string): void {
    const { tells, unjudged = [] } = askedBy(action);
    const without = unjudged.length > 0 ? `, and there is no finding of ${unjudged.join(' or ')} here` : '';
    this.missed.add(action);
    const key = `${action} ${what}`;
    if (!this.#notes.has(key))
      this.#notes.set(key, `${this.scope}: ${action} ${what}, so ${tells} is not known${without}; ${more}`);
  }

  /** Everything that comes on the pages of an answer; what came before a page fails is kept. */
  async list<Item>(
    action: AccountAction,
    pages: (token: string | undefined) => Promise<Page<Item>>,
  ): Promise<Item[]> {
    const items: Item[] = [];
    const tokens = new Set<string>();
    for (let token: string | undefined; ; ) {
      const asked = token;
      const page = await this.ask(action, () => pages(asked));
      for (const item of page?.items ?? []) items.push(item);
      token = page?.next;
      if (!token) return items;
      if (tokens.has(token) || tokens.size >= MOST_PAGES) {
        this.miss(action, 'has pages without an end', `the first ${tokens.size + 1} are read`);
        return items;
      }
      tokens.add(token);
    }
  }

  /** Reads each of what a list has. One whose answers can't be understood is told, and left out. */
  async each<Item>(
    action: AccountAction,
    items: readonly Item[],
    read: (item: Item) => Promise<void> | void,
  ): Promise<void> {
    await Promise.all(
      items.map(async (item) => {
        try {
          await read(item);
        } catch (error) {
          this.miss(action, 'led to an answer that is not understood', messageOf(error));
        }
      }),
    );
  }

  #limitOf(action: AccountAction): LimitFunction {
    const service = action.slice(0, action.indexOf(':'));
    const limit = this.#limits.get(service) ?? pLimit(MOST_CALLS);
    this.#limits.set(service, limit);
    return limit;
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
