import { keepPlace, notePlace, type Place, placeOf } from '../../template/place.ts';
import { decode } from '../evaluate/functions.ts';
import { hasHoles, isObject, JsonText, textOf } from '../evaluate/values.ts';
import type { Values } from './evaluate-body.ts';

const words: Readonly<Record<string, string>> = {
  sid: 'Sid',
  effect: 'Effect',
  actions: 'Action',
  not_actions: 'NotAction',
  resources: 'Resource',
  not_resources: 'NotResource',
};

/** `&{aws:username}` is how a document's text has the variables of policies. */
const withVariables = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replaceAll('&{', '${!')
    : Array.isArray(value)
      ? keepPlace(value, value.map(withVariables))
      : value;

const blocksOf = (value: unknown): Values[] => (Array.isArray(value) ? value.filter(isObject) : []);

const isGiven = (value: unknown) =>
  value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0);

function principals(blocks: Values[]): unknown {
  if (blocks.some(({ type, identifiers }) => type === '*' && [identifiers].flat().includes('*'))) return '*';
  const all: Record<string, unknown[]> = {};
  for (const { type, identifiers } of blocks)
    all[textOf(type)] = [...(all[textOf(type)] ?? []), ...[identifiers].flat()];
  return all;
}

function conditions(blocks: Values[]): unknown {
  const all: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of blocks)
    all[textOf(test)] = { ...all[textOf(test)], [textOf(variable)]: withVariables(values) };
  return all;
}

function statement(block: Values): Values {
  const { principals: who, not_principals: whoNot, condition } = block;
  const members = new Map<string, Place>();
  const result: Values = { Effect: 'Allow' };
  const set = (name: string, from: string, value: unknown) => {
    result[name] = value;
    const argument = placeOf(block, from);
    // A list may come from elsewhere: there it is to be mended.
    const list = placeOf(block[from]);
    const place =
      list?.file === argument?.file && list?.line === argument?.line ? argument : (list ?? argument);
    if (place) members.set(name, place);
  };
  for (const [from, name] of Object.entries(words))
    if (isGiven(block[from])) set(name, from, withVariables(block[from]));
  if (isGiven(who)) set('Principal', 'principals', principals(blocksOf(who)));
  if (isGiven(whoNot)) set('NotPrincipal', 'not_principals', principals(blocksOf(whoNot)));
  if (isGiven(condition)) set('Condition', 'condition', conditions(blocksOf(condition)));
  const own = placeOf(block);
  if (own) notePlace(result, own, members);
  return result;
}

function statementsOf(document: unknown): unknown[] {
  const value = document instanceof JsonText ? document.value : decode(textOf(document));
  return isObject(value) ? [value.Statement].flat().filter((item) => item !== undefined) : [];
}

/** The policy that a data source `aws_iam_policy_document` gives. A statement of the same Sid in an override comes instead. */
export function policyDocument(values: Values): Values {
  const { statement: own, source_policy_documents: sources, override_policy_documents: overrides } = values;
  const statements = [
    ...[sources ?? []].flat().flatMap(statementsOf),
    ...blocksOf(own).map(statement),
    ...[overrides ?? []].flat().flatMap(statementsOf),
  ];
  const sid = (each: unknown) =>
    isObject(each) && each.Sid !== undefined && !hasHoles(each.Sid) ? textOf(each.Sid) : undefined;
  const last = new Map(statements.map((each) => [sid(each), each]));
  return {
    Version: '2012-10-17',
    Statement: statements.filter((each) => sid(each) === undefined || last.get(sid(each)) === each),
  };
}
