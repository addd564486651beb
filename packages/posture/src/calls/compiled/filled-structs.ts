import type { PlainNode } from '@ringfence/code';
import type { Follower } from './follow.ts';
import type { ProgramType } from './program.ts';
import { shapeOf } from './shape.ts';
import { fieldOf, walk } from './walk.ts';

/** Structs within one another. */
const DEEPEST = 4;

/** `TopicArn` as TOPIC_ARN. */
const inWords = (name: string): string =>
  name.replaceAll(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3_$2$4');

/** The tag of a field, such as `split_words:"true"`. */
const tagOf = (type: ProgramType, name: string): string => {
  const field = [...walk(type.node as PlainNode)].find(
    (each) =>
      each.type === 'field_declaration' &&
      each.children.some((child) => child.field === 'name' && child.text === name),
  );
  return fieldOf(field, 'tag')?.text ?? '';
};

function fillIn(type: ProgramType, prefix: string, follower: Follower, depth = 0): void {
  const [member] = type.members;
  if (!member || !type.node || depth > DEEPEST) return;
  for (const [name, declarations] of type.fields) {
    const tag = tagOf(type, name);
    // What has a name of its own is read with its tag.
    if (/\benvconfig:"\w/.test(tag)) continue;
    const own = (/split_words:"true"/.test(tag) ? inWords(name) : name).toUpperCase();
    const text = prefix === '' ? own : `${prefix}_${own}`;
    const inner = follower.types.find(declarations[0]?.type ?? '', type.path);
    for (const each of inner) fillIn(each, text, follower, depth + 1);
    const value = { type: 'environment', text, at: type.node.at, children: [] };
    if (inner.length === 0) declarations.push({ value, member });
  }
}

/** Notes what github.com/kelseyhightower/envconfig fills structs of Go with: `envconfig.Process("app", &config)`. */
export function fillStructs(follower: Follower): void {
  for (const [node, member] of follower.everyNode()) {
    const shape = shapeOf(node);
    if (shape.is !== 'call' || shape.object?.text !== 'envconfig' || !/^(Must)?Process$/.test(shape.name))
      continue;
    const [prefix, target] = shape.given;
    if (!prefix || !target) continue;
    const [text = '${', ...others] = follower.textsOf(prefix.value, { member });
    if (others.length > 0 || text.includes('${')) continue;
    for (const type of follower.programTypesOf(target.value, { member }))
      fillIn(type, text.toUpperCase(), follower);
  }
}
