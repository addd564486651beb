import { isScalar } from 'yaml';
import type { Role } from '../graph/build-graph.ts';
import type { Statement } from '../graph/statements.ts';
import type { ParsedTemplate, Spot } from '../patch/parsed-template.ts';
import { actionValue, type PolicyStatement, resourceValue, statementValue } from '../patch/render-policy.ts';
import type { TemplateEdit } from '../patch/template-edit.ts';
import type { Resource } from '../resource.ts';
import { same } from './same.ts';

/** A statement of a role, and what it should be instead; none where nothing needs it. */
export interface NarrowedStatement {
  statement: Statement;
  narrowed: PolicyStatement[];
}

/** Takes a statement out, with the policy that this leaves empty. False where something needs a policy to be there. */
function removeStatement(edit: TemplateEdit, spot: Spot): boolean {
  const list = spot.parent;
  if (list?.member === undefined) return false;
  const isLast = edit.template.itemsOf(list).every((item) => item === spot || edit.isRemoved(item));
  if (!isLast) {
    edit.remove(spot);
    return true;
  }
  // The Serverless Framework takes a list of nothing for what it is, and the absence of one for something else.
  if (String(list.member.key) !== 'Statement') {
    edit.replace(list, []);
    return true;
  }
  const document = list.parent;
  const policy = document?.member ? document.parent : document;
  if (policy?.parent === undefined || policy.member) return false;
  edit.remove(policy);
  return true;
}

/** Leaves of a list what stays, where nothing else is put in. False where that is not all. */
function keepItems(edit: TemplateEdit, list: Spot, before: string[], after: string[]): boolean {
  const items = edit.template.itemsOf(list);
  const isSubset = after.length > 0 && after.every((each) => before.includes(each));
  if (!isSubset || items.length !== before.length) return false;
  for (const [index, item] of items.entries()) if (!after.includes(before[index] ?? '')) edit.remove(item);
  return true;
}

function narrowInPlace(edit: TemplateEdit, { statement, narrowed }: NarrowedStatement): boolean {
  const { template } = edit;
  const spot = statement.place && template.at(statement.place);
  if (!spot || !template.within(spot, 'Effect')) return false;
  const [first, ...others] = narrowed;
  if (!first) return removeStatement(edit, spot);
  if (others.length > 0 && spot.member) return false;
  const action = template.within(spot, statement.exceptActions ? 'NotAction' : 'Action');
  const resource = template.within(spot, 'Resource');
  if (!action) return false;
  const isCut = !statement.exceptActions && keepItems(edit, action, statement.actions, first.actions);
  if (statement.exceptActions || (!isCut && !same(statement.actions, first.actions)))
    edit.replace(action, actionValue(first.actions), 'Action');
  // What parameters say is known by their present values only, which must not be written.
  const isFixed = !dependsOnParameters(template, spot);
  const isNew = (each: string) => each === '*' || !statement.resources.includes(each);
  if (!same(statement.resources, first.resources)) {
    if (!resource) return false;
    if (!keepItems(edit, resource, statement.resources, first.resources)) {
      if (!isFixed && !first.resources.every(isNew)) return false;
      edit.replace(resource, resourceValue(first.resources));
    }
  }
  if (!isFixed && !others.every(({ resources }) => resources.every(isNew))) return false;
  if (others.length > 0) edit.insertBehind(spot, others.map(statementValue));
  return true;
}

/** Whether what is written there may be something else at the next deployment: by a parameter, a mapping, a condition, an import. */
function dependsOnParameters(template: ParsedTemplate, { node }: Spot): boolean {
  const written = template.text.slice(template.startOf(node), template.endOf(node));
  if (/\b(FindInMap|If|ImportValue)\b|\$\{(self|opt|env|sls|file|param|ssm|cf)\b/.test(written)) return true;
  return template.keysOf('Parameters').some((name) => new RegExp(`\\b${name}\\b`).test(written));
}

/** The item that names a ready-made policy: a template of SAM, or a managed policy by its name or its ARN. */
function readyMadeSpot(edit: TemplateEdit, { readyMade = '', place, owner }: Statement): Spot | undefined {
  const { template } = edit;
  const name = readyMade.slice(readyMade.lastIndexOf('/') + 1);
  const spot = place && template.at(place);
  const isNamed = (each: Spot) => {
    const { start, end } = { start: template.startOf(each.node), end: template.endOf(each.node) };
    return new RegExp(`\\b${name}\\b`).test(template.text.slice(start, end));
  };
  const lists = ['Policies', 'ManagedPolicyArns'].map((key) => template.within(spot, key));
  const written = owner.place && template.ofKeyAt(owner.place);
  return [
    spot,
    ...[...lists, written].flatMap((list) => (list ? [...template.itemsOf(list), list] : [])),
  ].find((each) => each?.parent && isName(each) && isNamed(each));
}

/** An item of a list, or what stands in place of a list of one. */
const isName = ({ node, member }: Spot): boolean => !member || isScalar(node);

/** Writes the statements in place of a ready-made policy. What there is no place for is left to be added. */
function replaceReadyMade(
  edit: TemplateEdit,
  of: Statement,
  narrowed: PolicyStatement[],
): PolicyStatement[] | undefined {
  const spot = readyMadeSpot(edit, of);
  if (!spot) return undefined;
  const isFixed = !dependsOnParameters(edit.template, spot);
  const isReference = (resource: string) => resource === '*' || resource.startsWith('${');
  if (!isFixed && !narrowed.every(({ resources }) => resources.every(isReference))) return undefined;
  const list = spot.member ?? spot.parent?.member;
  if (String(list?.key) !== 'ManagedPolicyArns' && narrowed.length > 0) {
    const policy = { Statement: narrowed.map(statementValue) };
    edit.replace(spot, spot.member ? [policy] : policy);
    return [];
  }
  edit.remove(spot);
  return narrowed;
}

/** Puts statements behind those that the role has, or into a policy of their own. */
function addStatements(edit: TemplateEdit, role: Role, owner: Resource, added: PolicyStatement[]): boolean {
  const { template } = edit;
  const values = added.map(statementValue);
  const inline = role.statements
    .filter(
      ({ readyMade, effect, owner: { type } }) =>
        !readyMade && effect === 'Allow' && type !== 'AWS::IAM::ManagedPolicy',
    )
    .flatMap(({ place }) => (place && template.at(place)) ?? [])
    .filter(
      (spot) => spot.parent && !spot.member && template.within(spot, 'Effect') && !edit.isRemoved(spot),
    );
  const last = inline.at(-1);
  if (last) {
    edit.insertBehind(last, values);
    return true;
  }
  const written = owner.place && template.ofKeyAt(owner.place);
  // The Serverless Framework has nothing but a list of statements.
  if (written && /^(iamRoleStatements|statements)$/.test(String(written.member?.key))) {
    edit.replace(written, values);
    return true;
  }
  const properties = template.within(written, 'Properties');
  if (!properties) return false;
  const isFunction = owner.type === 'AWS::Lambda::Function';
  const policy = isFunction
    ? { Statement: values }
    : {
        PolicyName: 'least-privilege',
        PolicyDocument: { Version: '2012-10-17', Statement: values },
      };
  const policies = template.within(properties, 'Policies');
  const behind =
    policies &&
    template
      .itemsOf(policies)
      .filter((each) => !edit.isRemoved(each))
      .at(-1);
  if (behind) {
    edit.insertBehind(behind, [policy]);
    return true;
  }
  if (!policies) return edit.addMember(properties, 'Policies', [policy]);
  edit.replace(policies, [policy]);
  return true;
}

/**
 * Writes into the template what a role should allow. False where that can't be done without touching what it should not; the edit is then to be
 * thrown away.
 * @param owner what is written in the template: the role, or the function for which SAM makes it
 */
export function changeRole(
  edit: TemplateEdit,
  role: Role,
  owner: Resource,
  changed: NarrowedStatement[],
  added: PolicyStatement[],
): boolean {
  const left = [...added];
  const policies = new Map<string, NarrowedStatement[]>();
  for (const each of changed) {
    const { readyMade, place } = each.statement;
    if (readyMade === undefined) continue;
    const key = `${readyMade} ${JSON.stringify(place)}`;
    policies.set(key, [...(policies.get(key) ?? []), each]);
  }
  for (const statements of policies.values()) {
    const [first] = statements;
    const rest =
      first &&
      replaceReadyMade(
        edit,
        first.statement,
        statements.flatMap(({ narrowed }) => narrowed),
      );
    if (!rest) return false;
    left.push(...rest);
  }
  const written = changed.filter(({ statement }) => !statement.readyMade);
  // What goes makes room for what is missing.
  const room = written.find(
    ({ statement: { conditions, exceptResources }, narrowed }) =>
      narrowed.length === 0 && !exceptResources && Object.keys(conditions).length === 0,
  );
  if (room && left.length > 0) {
    written[written.indexOf(room)] = { ...room, narrowed: left.splice(0) };
  }
  return (
    written.every((each) => narrowInPlace(edit, each)) &&
    (left.length === 0 || addStatements(edit, role, owner, left))
  );
}
