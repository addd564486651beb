import type { PlainNode } from '@ringfence/code';
import type { Declaration, Member } from './program.ts';
import { fieldOf, lastName, walk } from './walk.ts';

const listed = (node: PlainNode | undefined): PlainNode[] => {
  if (node?.type === 'tuple_expression') return node.children.map((each) => each.children.at(-1) ?? each);
  return node === undefined ? [] : node.type === 'expression_list' ? node.children : [node];
};

/** Notes which variables a member has, and what they are given; of fields what it sets. */
export function readLocals(member: Member): void {
  const note = (name: string, declaration: Omit<Declaration, 'member'>, isNew: boolean) => {
    const declared = { ...declaration, member };
    const known = member.locals.get(name);
    if (known) known.push(declared);
    else if (isNew) member.locals.set(name, [declared]);
    else {
      const fields = member.owner.fields.get(name);
      // What is set in a method stays in its file for those who look for its place.
      if (fields) fields.push(declared);
    }
  };
  const give = (left: PlainNode[], right: PlainNode[], isNew: boolean, isItem = false) => {
    for (const [index, target] of left.entries()) {
      const value = right.length === left.length ? right[index] : right[0];
      const place = right.length < left.length ? { place: index } : {};
      if (!value) continue;
      const declaration = { value, ...place, ...(isItem && { isItem }) };
      if (target.type === 'identifier') note(target.text, declaration, isNew);
      else if (/^(this|self|base)\.\w+$/.test(target.text)) {
        const fields = member.owner.fields.get(lastName(target.text));
        if (fields) fields.push({ ...declaration, member });
      }
    }
  };
  const visit = (node: PlainNode, type: PlainNode | undefined) => {
    const written = type && !/^(var|dynamic)$/.test(type.text) ? { type: type.text } : {};
    switch (node.type) {
      case 'variable_declarator': {
        const name = fieldOf(node, 'name');
        const value =
          fieldOf(node, 'value') ??
          node.children.find(({ field, type: kind }) => field === undefined && kind !== 'dimensions');
        if (name) note(name.text, { ...written, ...(value && { value }) }, true);
        break;
      }
      case 'var_spec':
      case 'const_spec': {
        const own = fieldOf(node, 'type');
        const all = node.children.filter(({ field }) => field === 'name');
        const values = listed(fieldOf(node, 'value'));
        for (const name of all) note(name.text, own ? { type: own.text } : {}, true);
        give(all, values, true);
        break;
      }
      case 'resource':
      case 'enhanced_for_statement':
      case 'foreach_statement': {
        const name = fieldOf(node, 'name') ?? fieldOf(node, 'left');
        const value = fieldOf(node, 'value') ?? fieldOf(node, 'right');
        const own = fieldOf(node, 'type');
        const isItem = node.type !== 'resource';
        if (name)
          note(
            name.text,
            {
              ...(own && !/^var$/.test(own.text) && { type: own.text }),
              ...(value && { value }),
              ...(isItem && { isItem }),
            },
            true,
          );
        break;
      }
      case 'declaration_pattern':
      case 'formal_parameter':
      case 'catch_formal_parameter':
      case 'parameter': {
        const [name, own] = [fieldOf(node, 'name'), fieldOf(node, 'type')];
        if (name) note(name.text, own ? { type: own.text } : {}, true);
        break;
      }
      case 'parameter_declaration': {
        const own = fieldOf(node, 'type');
        for (const name of node.children.filter(({ field }) => field === 'name'))
          note(name.text, own ? { type: own.text } : {}, true);
        break;
      }
      case 'short_var_declaration':
        give(listed(fieldOf(node, 'left')), listed(fieldOf(node, 'right')), true);
        break;
      case 'range_clause': {
        const [, item] = listed(fieldOf(node, 'left'));
        const value = fieldOf(node, 'right');
        if (item && value) note(item.text, { value, isItem: true }, true);
        break;
      }
      case 'assignment_statement':
      case 'assignment_expression':
        give(listed(fieldOf(node, 'left')), listed(fieldOf(node, 'right')), false);
        break;
      case 'lambda_expression': {
        const given = fieldOf(node, 'parameters');
        const untyped = given
          ? [...walk(given)].filter(
              (each) =>
                /^(identifier|implicit_parameter)$/.test(each.type) &&
                each.field !== 'name' &&
                each.field !== 'type',
            )
          : [];
        for (const each of untyped) note(each.text, {}, true);
        break;
      }
    }
    for (const child of node.children)
      visit(child, /^variable_declarator$/.test(child.type) ? fieldOf(node, 'type') : undefined);
  };
  // A parameter hides the field of its name.
  for (const { name } of member.parameters) member.locals.set(name, member.locals.get(name) ?? []);
  for (const body of member.bodies) visit(body, undefined);
}
