import { hole } from '../../template/substitution.ts';
import { types } from '../mapping/all-types.ts';
import { attributeOf } from '../mapping/attribute-of.ts';
import type { PlanResource } from './plan-schema.ts';

/** Shorter ones are words that anything may have. */
const SHORTEST = 4;

const shared = ['arn', 'id', 'invoke_arn', 'qualified_arn', 'execution_arn', 'stream_arn', 'url'];
const arns = /arn:aws[a-z-]*:[\w.:/+=@-]+/g;

/** What stands in a plan or a state for a reference: the names, ids and ARNs that resources have already. */
export class KnownIdentities {
  readonly #owners = new Map<string, { id: string; type: string; reference: string }[]>();

  readonly #accounts = new Set<string>();

  add(id: string, { type, values }: PlanResource): void {
    const [, account] = /^arn:[\w-]+:[\w-]+:[\w-]*:(\d{12}):/.exec(String(values?.arn)) ?? [];
    if (account !== undefined) this.#accounts.add(account);
    for (const name of new Set([...shared, ...Object.keys(types[type]?.attributes ?? {})])) {
      const value = values?.[name];
      if (typeof value !== 'string' || value.length < SHORTEST) continue;
      const owner = { id, type, reference: String(attributeOf(type, name, id, () => undefined)) };
      const others = this.#owners.get(value) ?? [];
      // Its name may be its id, too.
      if (!others.some((other) => other.id === id)) this.#owners.set(value, [...others, owner]);
    }
  }

  /** The reference to the one resource that has the value; where several have it, to the one whose type the argument names. */
  #find(value: string, argument: string, asker: string): string | undefined {
    const owners = (this.#owners.get(value) ?? []).filter(({ id }) => id !== asker);
    const stem = argument.toLowerCase().replace(/_(name|id|url|arn)s?$/, '');
    const named = owners.filter(({ type }) => type.includes(stem));
    const [only, ...others] = owners.length > 1 ? named : owners;
    return others.length === 0 ? only?.reference : undefined;
  }

  /** A text with references for what resources have: the whole, or the ARNs within. `asker`: whose argument it is. */
  refer(text: string, argument: string, asker: string): string {
    const whole = this.#find(text, argument, asker);
    if (whole !== undefined) return whole;
    // How a route names what it leads to.
    const [, integration = ''] = /^integrations\/(.+)$/.exec(text) ?? [];
    const target = this.#find(integration, 'integration', asker);
    if (target !== undefined) return `integrations/${target}`;
    return text.replace(arns, (arn) => {
      // What follows an ARN names a part: /*, /index/*, :*, :qualifier.
      for (
        let end = arn.length;
        end > 0;
        end = Math.max(arn.lastIndexOf('/', end - 1), arn.lastIndexOf(':', end - 1))
      ) {
        const found = this.#find(arn.slice(0, end), argument, asker);
        if (found !== undefined) return found + arn.slice(end);
      }
      // What lies in the account of the resources is not foreign.
      return arn.replace(/:(\d{12}):/, (whole, account: string) =>
        this.#accounts.has(account) ? `:${hole('AWS::AccountId')}:` : whole,
      );
    });
  }
}
