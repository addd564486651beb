import type { Run } from './frame.ts';
import { join, memberOf, ofFields, ofSymbol, type Place, unknown, type Value } from './value.ts';

const withoutNode = (specifier: string) => specifier.replace(/^node:/, '');

/** `name` of a module: `*` is the module itself. */
export function importModule(specifier: string, name: string, place: Place, run: Run): Value {
  const from = place.path;
  const path = run.program.resolve(from, specifier);
  if (path === undefined) {
    const inner = submodule(specifier, name, from, run);
    if (inner) return inner;
    const symbol = withoutNode(specifier);
    return outside(name === '*' || name === 'default' ? symbol : `${symbol}.${name}`, place, run);
  }
  const exports = run.exportsOf(path);
  const own = exports.get(name);
  const inner = own ?? submodule(specifier, name, from, run);
  if (inner) return inner;
  const whole = exports.get('default');
  if (name === '*') return join(ofFields(exports), whole ?? unknown);
  return whole ? memberOf(whole, name) : unknown;
}

/** Python: from . import module, from package import module. */
function submodule(specifier: string, name: string, from: string, run: Run): Value | undefined {
  if (name === '*' || !from.endsWith('.py')) return undefined;
  const path = run.program.resolve(from, specifier.endsWith('.') ? specifier + name : `${specifier}.${name}`);
  return path === undefined ? undefined : ofFields(run.exportsOf(path));
}

/** Something outside of the program, tainted where it is a source. */
export function outside(symbol: string, place: Place, { listener }: Run): Value {
  const value = ofSymbol(symbol);
  return listener.isSource?.(symbol)
    ? { ...value, taints: [{ source: symbol, places: [place], safeFor: [] }] }
    : value;
}
