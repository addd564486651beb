import type { PlainNode } from '@ringfence/code';
import type { Follower } from './follow.ts';
import type { CallShape, Frame } from './frame.ts';
import { joined } from './join-texts.ts';
import { innerNames, type ProgramType } from './program.ts';
import { shapeOf } from './shape.ts';
import { fieldOf, walk } from './walk.ts';

/** The name that `@DynamoDBTable(tableName = "X")` or `[DynamoDBTable("X")]` gives to the table of a class. */
function annotated({ node }: ProgramType): PlainNode | undefined {
  for (const head of node?.children ?? []) {
    if (!/^(modifiers|attribute_list)$/.test(head.type)) continue;
    for (const each of walk(head)) {
      if (!/^(annotation|attribute)$/.test(each.type) || fieldOf(each, 'name')?.text !== 'DynamoDBTable')
        continue;
      const [first] = [...walk(each)].filter(
        ({ type }) => type === 'element_value_pair' || type === 'attribute_argument',
      );
      return fieldOf(first, 'value') ?? first?.children.at(-1);
    }
  }
  return undefined;
}

/** What the program's configuration puts in the place of all names, or before them. */
function configured(follower: Follower): { names: string[]; prefixes: string[]; isDescribed: boolean } {
  const [names, prefixes]: [string[], string[]] = [[], []];
  let isDescribed = true;
  for (const member of follower.reached)
    for (const body of member.bodies)
      for (const node of walk(body)) {
        const shape = shapeOf(node);
        const frame = { member };
        if (shape.is === 'call' && shape.given[0]) {
          if (shape.name === 'withTableNameReplacement')
            names.push(...follower.textsOf(shape.given[0].value, frame));
          if (shape.name === 'withTableNamePrefix')
            prefixes.push(...follower.textsOf(shape.given[0].value, frame));
        }
        if (shape.is === 'made' && /TableNameOverride$/.test(shape.type ?? '') && shape.given[0])
          names.push(...follower.textsOf(shape.given[0].value, frame));
        const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
        if (node.type !== 'assignment_expression' || !left || !right) continue;
        if (/\bOverrideTableName$/.test(left.text)) names.push(...follower.textsOf(right, frame));
        if (/\bTableNamePrefix$/.test(left.text)) prefixes.push(...follower.textsOf(right, frame));
        if (/\bDisableFetchingTableMetadata$/.test(left.text) && right.text === 'true') isDescribed = false;
      }
  return { names, prefixes, isDescribed };
}

/** The tables that a mapper of objects works with, by the class of what it gets or is asked for; and whether it asks what they are like first, as .NET's does. */
export function mappedTables(
  on: string,
  { given, generics }: CallShape,
  frame: Frame,
  follower: Follower,
): { tables: string[]; indexes?: string[]; isDescribed: boolean } {
  const { path } = frame.member;
  const written = [
    ...generics.map((each) => ({ written: each, path })),
    ...given.flatMap(({ value }) => {
      // Java: Order.class
      const [, of] = /^(\w+)\.class$/.exec(value.text) ?? [];
      return of === undefined ? follower.typesOf(value, frame) : [{ written: of, path }];
    }),
  ];
  const classes = written.flatMap((each) =>
    [each.written, ...innerNames(each.written)].flatMap((name) => follower.types.find(name, each.path)),
  );
  const named = classes.flatMap((type) => {
    const node = annotated(type);
    return node ? follower.textsOf(node, { member: type.members[0] ?? frame.member }) : [];
  });
  const { names, prefixes, isDescribed } = configured(follower);
  const own = named.length > 0 ? named : ['${?}'];
  const here = given.flatMap(({ value }) => textsGivenTo('OverrideTableName', value, frame, follower));
  const others = names.length > 0 ? names : prefixes.length > 0 ? joined([prefixes, own]) : own;
  const tables = here.length > 0 ? here : others;
  const indexes = given.flatMap(({ value }) => indexesIn(value, frame, follower));
  const mayTakeOne = classes.some(
    ({ node }) =>
      node !== undefined &&
      [...walk(node)].some(({ text }) =>
        /^(DynamoDBGlobalSecondaryIndexHashKey|DynamoDBIndexHashKey|DynamoDBLocalSecondaryIndexRangeKey)$/.test(
          text,
        ),
      ),
  );
  const chosen = indexes.length > 0 ? indexes : mayTakeOne ? ['${?}'] : undefined;
  return {
    tables: [...new Set(tables.map((text) => text || '${?}'))],
    isDescribed: isDescribed && /Context$/.test(on),
    ...(chosen && { indexes: [...new Set(chosen)] }),
  };
}

/** The indexes that an expression or a configuration names. */
const indexesIn = (node: PlainNode, frame: Frame, follower: Follower): string[] =>
  textsGivenTo('IndexName', node, frame, follower);

/** What an expression or a configuration has for a name: `new QueryConfig { IndexName = … }`, `withIndexName(…)`. */
function textsGivenTo(name: string, node: PlainNode, frame: Frame, follower: Follower): string[] {
  const places = shapeOf(node).is === 'name' ? follower.definitionsOf(node, frame) : [{ node, frame }];
  return places.flatMap((place) =>
    [...walk(place.node)].flatMap((each) => {
      const shape = shapeOf(each);
      if (
        shape.is === 'call' &&
        /^(with|set)/.test(shape.name) &&
        shape.name.endsWith(name) &&
        shape.given[0]
      )
        return follower.textsOf(shape.given[0].value, place.frame);
      const [left, right] = [fieldOf(each, 'left'), fieldOf(each, 'right')];
      return each.type === 'assignment_expression' && left?.text === name && right
        ? follower.textsOf(right, place.frame)
        : [];
    }),
  );
}
