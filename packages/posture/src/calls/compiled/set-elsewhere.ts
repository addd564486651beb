import type { Follower } from './follow.ts';
import { shapeOf } from './shape.ts';
import { fieldOf } from './walk.ts';

/** Notes what is set of an object's fields where it is made, `&Store{table: t}` and `new Options { Table = t }`, and later: `options.Table = t`. */
export function setElsewhere(follower: Follower): void {
  const { types } = follower;
  for (const [node, member] of follower.everyNode()) {
    const shape = shapeOf(node);
    if (shape.is === 'made' && shape.type !== undefined && !/^(\[|map\[)/.test(shape.type)) {
      const isInOrder = node.type === 'composite_literal' && shape.sets.length === 0;
      for (const type of types.find(shape.type, member.path)) {
        for (const { name, value } of shape.sets) type.fields.get(name)?.push({ value, member });
        const fields = isInOrder ? [...type.fields.values()] : [];
        for (const [index, { value }] of shape.given.entries()) fields[index]?.push({ value, member });
      }
      continue;
    }
    const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
    if (!/^assignment_/.test(node.type) || !left || !right) continue;
    const target = shapeOf(left.type === 'expression_list' ? (left.children[0] ?? left) : left);
    if (target.is !== 'member' || shapeOf(target.object).is === 'this') continue;
    const value = right.type === 'expression_list' && right.children[0] ? right.children[0] : right;
    for (const type of follower.programTypesOf(target.object, { member }))
      type.fields.get(target.name)?.push({ value, member });
  }
}
