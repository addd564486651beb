import { createHash } from 'node:crypto';
import { type FunctionIdentity, prepareCompiler, signPolicy } from '@ringfence/policy';
import { BoundedCache } from '../common/bounded-cache.ts';
import type { Database } from '../store/tables.ts';
import { findPolicy, readRevision } from './policy-store.ts';
import { readSigningKeys, type StoredSigningKey } from './signing-key-store.ts';

export type FunctionPolicy = { signed: Uint8Array; etag: string; revision: number };

type Prepared = {
  revision: number;
  keyCount: number;
  compile: ReturnType<typeof prepareCompiler>;
  issuedAt: number;
  keys: StoredSigningKey[];
};

/** Signed policies of functions, compiled on demand and kept until the policy or the signing key changes. */
export class FunctionPolicies {
  readonly #database: Database;
  readonly #cache = new BoundedCache<string, FunctionPolicy>(10_000);
  #prepared: Prepared | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The function's policy in `RFS1`, compiled from the newest revision and signed with the current key. */
  async get(functionId: string, identity: FunctionIdentity): Promise<FunctionPolicy> {
    const { revision, keyCount, compile, issuedAt, keys } = await this.#prepare();
    const cacheKey = `${functionId} ${identity.runtime} ${identity.arch} ${revision} ${keyCount}`;
    const cached = this.#cache.get(cacheKey);
    if (cached) return cached;
    const current = keys.at(-1);
    if (!current) throw new Error('there is no signing key');
    const signed = signPolicy(
      compile({ identity, revision, issuedAt }),
      current.key,
      keys.flatMap(({ link }) => link ?? []),
    );
    const etag = `"${createHash('sha256').update(signed).digest('hex').slice(0, 32)}"`;
    const policy = { signed, etag, revision };
    this.#cache.set(cacheKey, policy);
    return policy;
  }

  /** Asks the store each time, because another Console may have changed the policy or the key. */
  async #prepare(): Promise<Prepared> {
    const revision = await readRevision(this.#database);
    const { count } = await this.#database
      .selectFrom('signing_keys')
      .select((select) => select.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow();
    if (this.#prepared?.revision === revision && this.#prepared.keyCount === count) return this.#prepared;
    const document = await findPolicy(this.#database, revision);
    if (!document) throw new Error(`revision ${revision} of the policy is gone`);
    const keys = await readSigningKeys(this.#database);
    this.#prepared = {
      revision,
      keyCount: keys.length,
      compile: prepareCompiler(document.policy),
      // The same for each function and each Console, so that the bytes and the ETag are the same.
      issuedAt: await this.#readIssuedAt(revision),
      keys,
    };
    return this.#prepared;
  }

  async #readIssuedAt(revision: number): Promise<number> {
    const row = await this.#database
      .selectFrom('policy_revisions')
      .select('changed_at')
      .where('revision', '=', revision)
      .executeTakeFirst();
    return row?.changed_at.getTime() ?? 0;
  }
}
