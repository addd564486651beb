import type { WaasException } from '@ringfence/policy/schema';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { sessionQuery } from '../api/session.ts';

/** Links to the forms of these rules with the exception filled in, for who may edit the policy. */
export function AddToRule({ rules, exception }: { rules: string[]; exception: WaasException }) {
  const { data: session } = useQuery(sessionQuery);
  if (session?.role !== 'admin') return null;
  return rules.map((rule) => (
    <Link
      key={rule}
      to="/policy"
      search={{ view: 'waas', rule, field: exception.field, classes: exception.classes?.join(',') }}
      className="inline-flex min-h-8 items-center rounded-md border border-line-strong px-2.5 text-[13px] font-medium hover:bg-raised"
    >
      Add to rule “{rule}”
    </Link>
  ));
}
