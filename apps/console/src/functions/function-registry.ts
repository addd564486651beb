import { type FunctionIdentity, functionId } from '@ringfence/policy';
import { sql } from 'kysely';
import { makeFunctionToken, readFunctionToken, verifyFunctionToken } from '../access/function-token.ts';
import { BoundedCache } from '../common/bounded-cache.ts';
import type { Database } from '../store/tables.ts';

export type RegisteredFunction = { id: string; identity: FunctionIdentity; generation: number };

/** How long another Console's revocation may take to be seen here. */
const CACHE_MS = 5_000;

export const functionIdText = (identity: Parameters<typeof functionId>[0]): string =>
  Buffer.from(functionId(identity)).toString('hex');

/** The functions that have been registered, and their tokens. */
export class FunctionRegistry {
  readonly #database: Database;
  readonly #secret: Buffer;
  readonly #cache = new BoundedCache<string, { found: RegisteredFunction; until: number }>(10_000);

  constructor(database: Database, secret: Buffer) {
    this.#database = database;
    this.#secret = secret;
  }

  /** Registers the function, or takes its new runtime and architecture; the same function has the same token. */
  async register(identity: FunctionIdentity): Promise<RegisteredFunction & { token: string }> {
    const id = functionIdText(identity);
    const { runtime, arch } = identity;
    const { generation } = await this.#database
      .insertInto('functions')
      .values({ id, ...identity, generation: 0, registered_at: new Date().toISOString() })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ runtime, arch }))
      .returning('generation')
      .executeTakeFirstOrThrow();
    this.#cache.delete(id);
    return { id, identity, generation, token: makeFunctionToken(this.#secret, id, generation) };
  }

  /** Makes the function's token invalid. Whether there is such a function. */
  async revokeToken(id: string): Promise<boolean> {
    const { numUpdatedRows } = await this.#database
      .updateTable('functions')
      .set({ generation: sql`generation + 1` })
      .where('id', '=', id)
      .executeTakeFirst();
    this.#cache.delete(id);
    return numUpdatedRows > 0n;
  }

  /** The function whose token this is. */
  async findByToken(token: string): Promise<RegisteredFunction | undefined> {
    const id = readFunctionToken(token);
    const found = id === undefined ? undefined : await this.#find(id);
    return found && verifyFunctionToken(this.#secret, token, found.generation) ? found : undefined;
  }

  async #find(id: string): Promise<RegisteredFunction | undefined> {
    const cached = this.#cache.get(id);
    if (cached && cached.until > Date.now()) return cached.found;
    const row = await this.#database
      .selectFrom('functions')
      .select(['cloud', 'account', 'region', 'name', 'runtime', 'arch', 'generation'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (!row) return undefined;
    const { generation, ...identity } = row;
    const found = { id, identity, generation };
    this.#cache.set(id, { found, until: Date.now() + CACHE_MS });
    return found;
  }
}
