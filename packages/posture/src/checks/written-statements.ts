import type { Graph, Role } from '../graph/build-graph.ts';
import type { Statement } from '../graph/statements.ts';
import { leastPrivilege } from '../least/least-privilege.ts';
import { groupStatements } from '../least/surplus.ts';
import type { Fix } from '../patch/fix.ts';

/** What somebody has written for roles to be allowed. */
export interface WrittenStatement {
  /** The role that has it; the policy, where several do. */
  subject: string;
  statement: Statement;
  roles: readonly Role[];
  fix?: Fix;
}

/** The statements that allow something and come from the project's author, each once however many roles have it. */
export function writtenStatements(graph: Graph): WrittenStatement[] {
  const { fixOf } = leastPrivilege(graph);
  return groupStatements(graph)
    .filter(({ statement }) => statement.readyMade === undefined)
    .map(({ statement, roles }) => {
      const [role, ...others] = roles;
      const fix = role && others.length === 0 ? fixOf(role, statement) : undefined;
      return {
        subject: role && others.length === 0 ? role.resource.id : statement.owner.id,
        statement,
        roles,
        ...(fix && { fix }),
      };
    });
}
