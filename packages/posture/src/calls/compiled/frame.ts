import type { PlainNode } from '@ringfence/code';
import type { Member } from './program.ts';
import type { Argument, Shape } from './shape.ts';

/** Where an expression is looked at: in a member that may have been called with something known. */
export interface Frame {
  member: Member;
  bound?: ReadonlyMap<string, Place>;
  /** What makes the object that it is called on, where that is known. */
  self?: Place;
}
/** An expression and where it stands. */
export interface Place {
  node: PlainNode;
  frame: Frame;
}
/** A type as it is written in a file. */
export interface Typed {
  written: string;
  path: string;
}
export type CallShape = Extract<Shape, { is: 'call' }>;

/** A call of what is only named there, as whoever it is handed to may make it. */
export const callOf = (name: string, object?: PlainNode): CallShape => ({
  is: 'call',
  ...(object && { object }),
  name,
  given: [],
  generics: [],
});

/** What a member is given by a call: an extension of C# also what it is called on. */
export const givenTo = ({ isExtension }: Member, { object, given }: CallShape): Argument[] =>
  isExtension && object ? [{ value: object }, ...given] : given;

/** What the parameters of a member are given. */
export function boundTo(
  { parameters }: Member,
  given: readonly Argument[],
  frame: Frame,
): Map<string, Place> {
  const bound = new Map<string, Place>();
  for (const [index, { name }] of parameters.entries()) {
    const argument = given.find((each) => each.name === name) ?? given[index];
    if (argument) bound.set(name, { node: argument.value, frame });
  }
  return bound;
}
