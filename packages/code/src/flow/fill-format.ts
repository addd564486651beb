import { concatenate, constantOf, join, ofText, tainted, taintsOf, unknown, type Value } from './value.ts';

/** A format with its places filled in; one that is not known still passes on what it gets. */
function fill(
  format: Value,
  place: RegExp,
  valueAt: (name: string | undefined, index: number) => Value,
  all: readonly Value[],
): Value {
  const text = constantOf(format);
  const taints = tainted([format, ...all].flatMap((value) => taintsOf(value)));
  if (text === undefined) return join(concatenate([format, unknown]), taints);
  let end = 0;
  let index = 0;
  const parts: Value[] = [];
  for (const match of text.matchAll(place)) {
    const [whole, name] = match;
    parts.push(ofText(text.slice(end, match.index)));
    end = match.index + whole.length;
    if (whole === '%%' || whole === '{{' || whole === '}}') parts.push(ofText(whole.charAt(0)));
    else parts.push(valueAt(name, name === undefined || name === '' ? index++ : Number(name)));
  }
  const known = [...parts, ofText(text.slice(end))].filter((part) => constantOf(part) !== '');
  return join(known.length === 0 ? ofText('') : concatenate(known), taints);
}

/** `'%s-%s'` and `'%(name)s'` with what stands there. */
export const fillFormat = (
  format: Value,
  given: readonly Value[],
  named: ReadonlyMap<string, Value> = new Map(),
): Value =>
  fill(
    format,
    /%(?:\((\w+)\))?[-+ 0-9.]*[a-zA-Z%]/g,
    (name, index) => (name === undefined ? given[index] : named.get(name)) ?? unknown,
    [...given, ...named.values()],
  );

/** `'{}-{name}'` with what stands there. */
export const fillBraces = (
  format: Value,
  given: readonly Value[],
  named: ReadonlyMap<string, Value>,
): Value =>
  fill(
    format,
    /\{\{|\}\}|\{(\w*)[^{}]*\}/g,
    (name, index) => (name !== undefined && named.get(name)) || given[index] || unknown,
    [...given, ...named.values()],
  );
