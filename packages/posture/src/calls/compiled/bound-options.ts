import type { PlainNode } from '@ringfence/code';
import { hole } from '../../template/substitution.ts';
import type { Follower } from './follow.ts';
import type { CallShape, Frame } from './frame.ts';
import type { ProgramType } from './program.ts';
import { shapeOf } from './shape.ts';
import { fieldOf, walk } from './walk.ts';

/** Types of options within one another. */
const DEEPEST = 4;

const asked = (node: PlainNode, name: RegExp): CallShape | undefined => {
  const shape = shapeOf(node);
  return shape.is === 'call' && name.test(shape.name) ? shape : undefined;
};

/** The sections of the configuration that an expression means, as variables of the environment name them: `Shop__Mail`. */
function sectionsOf(node: PlainNode, frame: Frame, follower: Follower): string[] {
  const call = asked(node, /^Get(Required)?Section$/);
  const [name] = call?.given ?? [];
  if (!call?.object || !name) return [];
  const outer = sectionsOf(call.object, frame, follower).map((section) => `${section}__`);
  const own = follower.textsOf(name.value, frame).filter((text) => /^[\w:-]+$/.test(text));
  const inner = own.map((text) => text.replaceAll(':', '__'));
  return (outer.length > 0 ? outer : ['']).flatMap((section) => inner.map((text) => section + text));
}

function bind(type: ProgramType, section: string, follower: Follower, depth = 0): void {
  const [member] = type.members;
  if (!member || depth > DEEPEST) return;
  for (const [name, declarations] of type.fields) {
    const written = declarations.find((each) => each.type !== undefined)?.type ?? '';
    const inner = follower.types.find(written, type.path);
    for (const each of inner) bind(each, `${section}__${name}`, follower, depth + 1);
    const at = declarations[0]?.value?.at ?? type.node?.at ?? { line: 1, column: 1 };
    const value = { type: 'environment', text: `${section}__${name}`, at, children: [] };
    if (inner.length === 0) declarations.push({ value, member });
  }
}

/** Where options of a type come from: `Configure<T>(section)`, `AddOptions<T>().Bind(section)`, `section.Get<T>()`. */
function boundAt(
  call: CallShape,
  frame: Frame,
  follower: Follower,
): { type: string; sections: string[] } | undefined {
  const { object, name, given, generics } = call;
  const section = given.at(-1)?.value;
  const [type] = generics;
  if (name === 'Configure' && type !== undefined && section)
    return { type, sections: sectionsOf(section, frame, follower) };
  if (name === 'Get' && type !== undefined && object)
    return { type, sections: sectionsOf(object, frame, follower) };
  const [of] = (object && optionsIn(object)?.generics) ?? [];
  if (of === undefined || !section) return undefined;
  if (name === 'Bind') return { type: of, sections: sectionsOf(section, frame, follower) };
  return name === 'BindConfiguration'
    ? { type: of, sections: follower.textsOf(section, frame).map((text) => text.replaceAll(':', '__')) }
    : undefined;
}

/** The `AddOptions<T>()` that a chain of calls begins with. */
function optionsIn(node: PlainNode): CallShape | undefined {
  for (let call = asked(node, /./); call; call = call.object && asked(call.object, /./))
    if (/^AddOptions(WithValidateOnStart)?$/.test(call.name)) return call;
  return undefined;
}

/** What `Configure<T>(options => …)` sets. */
function setBy({ name, object, given, generics }: CallShape, frame: Frame, follower: Follower): void {
  const [type = object && optionsIn(object)?.generics[0]] = generics;
  const shape = given[0] && shapeOf(given[0].value);
  if (!/^(Post)?Configure$/.test(name) || type === undefined || shape?.is !== 'function') return;
  for (const node of walk(shape.body)) {
    const [left, right] = [fieldOf(node, 'left'), fieldOf(node, 'right')];
    const target = left && shapeOf(left);
    if (target?.is !== 'member' || !right || target.object.text !== shape.parameters[0]) continue;
    for (const each of follower.types.find(type, frame.member.path))
      each.fields.get(target.name)?.push({ value: right, member: frame.member });
  }
}

/** Notes what classes of options in C# are filled with from the configuration, which reads the environment. */
export function bindOptions(follower: Follower): void {
  for (const [node, member] of follower.everyNode()) {
    const shape = shapeOf(node);
    if (shape.is !== 'call') continue;
    setBy(shape, { member }, follower);
    const bound = boundAt(shape, { member }, follower);
    for (const section of bound?.sections ?? [])
      if (!section.includes(hole('?')))
        for (const type of follower.types.find(bound?.type ?? '', member.path)) bind(type, section, follower);
  }
}
