import type { Follower } from './follow.ts';
import { type CallShape, callOf, type Frame, type Place } from './frame.ts';
import type { Member } from './program.ts';
import { shapeOf } from './shape.ts';

const MOST = 8;

/** For which objects the members run that are reached: the frames in which each is looked at. */
export function contextsOf(follower: Follower): ReadonlyMap<Member, Frame[]> {
  const contexts = new Map<Member, Map<string, Place>>();
  const open = new Set<Member>();
  const onSelf: [from: Member, to: Member][] = [];
  const calledBy = new Set<Member>();
  const places = new Map<object, number>();
  const keyOf = ({ node, frame }: Place): string => {
    const parts = [node, frame.member, ...[...(frame.bound?.values() ?? [])].map((each) => each.node)];
    return parts.map((part) => places.get(part) ?? places.set(part, places.size).get(part)).join();
  };
  for (const member of follower.reached)
    for (const node of follower.nodesOf(member)) {
      const shape = shapeOf(node);
      if (shape.is !== 'call' && shape.is !== 'member' && shape.is !== 'reference') continue;
      const frame = { member };
      const call: CallShape = shape.is === 'call' ? shape : callOf(shape.name, shape.object);
      const { members } = follower.targetsOf(call, frame);
      if (members.length === 0) continue;
      const isSelf = !call.object || follower.isSelf(call.object, frame);
      const selves = isSelf || !call.object ? [] : follower.selvesOf(call.object, frame);
      const targets = [...members, ...members.flatMap((each) => follower.overridesOf([each]))].filter(
        (each) => follower.reached.has(each),
      );
      for (const target of targets) {
        calledBy.add(target);
        if (isSelf) onSelf.push([member, target]);
        else if (selves.length === 0) open.add(target);
        const known = contexts.get(target) ?? new Map<string, Place>();
        for (const self of selves) if (follower.isObjectOf(self, target.owner)) known.set(keyOf(self), self);
        contexts.set(target, known);
      }
    }
  // What Lambda calls, and what nothing in sight does.
  for (const member of follower.reached) if (!calledBy.has(member)) open.add(member);
  for (let isChanged = true; isChanged; ) {
    isChanged = false;
    for (const [from, to] of onSelf) {
      const [source, target] = [
        contexts.get(from) ?? new Map<string, Place>(),
        contexts.get(to) ?? new Map<string, Place>(),
      ];
      for (const [key, self] of source)
        if (!target.has(key) && follower.isObjectOf(self, to.owner)) {
          target.set(key, self);
          isChanged = true;
        }
      contexts.set(to, target);
      if (open.has(from) && !open.has(to)) {
        open.add(to);
        isChanged = true;
      }
    }
  }
  return new Map(
    [...follower.reached].map((member): [Member, Frame[]] => {
      const selves = [...(contexts.get(member)?.values() ?? [])];
      const isKnown = !open.has(member) && selves.length > 0 && selves.length <= MOST;
      return [member, isKnown ? selves.map((self) => ({ member, self })) : [{ member }]];
    }),
  );
}
