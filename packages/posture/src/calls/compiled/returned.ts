import type { PlainNode } from '@ringfence/code';
import type { Member } from './program.ts';
import { type Shape, shapeOf } from './shape.ts';

/** What is in a list that is put together on the spot. */
export const itemsOf = (shape: Shape): PlainNode[] =>
  shape.is === 'call' && /^(of|asList|Of)$/.test(shape.name) ? shape.given.map(({ value }) => value) : [];

function* withoutFunctions(node: PlainNode): Generator<PlainNode> {
  yield node;
  for (const child of node.children) if (shapeOf(child).is !== 'function') yield* withoutFunctions(child);
}

/** The expressions that a member gives back. */
export function returned({ bodies, resultNames }: Member, place = 0): PlainNode[] {
  return bodies.flatMap((body) =>
    body.type === 'arrow_expression_clause'
      ? body.children.slice(0, 1)
      : [...withoutFunctions(body)].flatMap((node) => {
          if (node.type !== 'return_statement') return [];
          const [value] = node.children;
          const name = resultNames?.[place];
          if (!value && name !== undefined)
            return [{ type: 'identifier', text: name, at: node.at, children: [] }];
          if (value?.type !== 'expression_list') return value && place === 0 ? [value] : [];
          return value.children.length === 1 && place > 0 ? [] : (value.children[place] ?? []);
        }),
  );
}
