import { accessOf } from '../iam/actions.ts';
import { isEveryResource } from '../iam/every-resource.ts';
import { holesOf, known } from '../template/substitution.ts';
import type { Graph, Role } from './build-graph.ts';
import type { Statement } from './statements.ts';

/** Services that hold what people want to have, or open the way to it. */
const data =
  /^(\*|s3|s3express|dynamodb|dax|rds-data|rds-db|redshift-data|secretsmanager|ssm|sqs|kinesis|firehose|es|aoss|cognito-idp|timestream|athena|glue|docdb-elastic|elasticache|elasticfilesystem|lambda|iam|sts|kms|ses|sns|events|states)$/;

/** Something that a role reads or writes. */
export interface Reach {
  /** In words: `Orders`, or `all of s3`. */
  what: string;
  /** The resource of the template, where it is one. */
  id?: string;
  actions: string[];
  kinds: Set<'reads' | 'writes'>;
  isAll: boolean;
  statement: Statement;
}

/** The data that a role reaches, what reaches most first. */
export async function dataReached({ resources }: Graph, role: Role): Promise<Reach[]> {
  const found = new Map<string, Reach>();
  for (const statement of role.statements) {
    if (statement.effect !== 'Allow') continue;
    for (const action of statement.exceptActions ? ['*'] : statement.actions) {
      const { service, kinds } = await accessOf(known(action) ?? action);
      if (!data.test(service) || kinds.length === 0) continue;
      for (const text of statement.exceptResources ? ['*'] : statement.resources) {
        const named = holesOf(text).map((name) => name.split('.')[0] ?? '');
        const id = named.find((name) => resources.has(name));
        const isAll = isEveryResource(text);
        const what = id ?? (isAll ? (service === '*' ? 'everything' : `all of ${service}`) : text);
        const reach = found.get(what) ?? {
          what,
          ...(id !== undefined && { id }),
          actions: [],
          kinds: new Set(),
          isAll,
          statement,
        };
        if (!reach.actions.includes(action)) reach.actions.push(action);
        for (const kind of kinds) reach.kinds.add(kind);
        found.set(what, reach);
      }
    }
  }
  const weight = ({ isAll, kinds }: Reach) => (isAll ? 2 : 0) + kinds.size;
  return [...found.values()].toSorted((a, b) => weight(b) - weight(a));
}
