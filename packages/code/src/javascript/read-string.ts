import type { Node } from '../syntax/parse-tree.ts';

const escapes: Record<string, string> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  0: '\0',
  '\n': '',
};

function readEscape(sequence: string): string {
  const code = /^\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\})$/i.exec(sequence);
  if (!code) return escapes[sequence.slice(1)] ?? sequence.slice(1);
  const point = Number.parseInt(code[1] ?? code[2] ?? code[3] ?? '', 16);
  return point <= 0x10ffff ? String.fromCodePoint(point) : '';
}

/** The text of a string, or of a piece of a template. */
export function readString(node: Node): string {
  const inside = node.type === 'string' ? node.text.slice(1, -1) : node.text;
  return inside.includes('\\')
    ? inside.replace(/\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|u\{[0-9a-f]{1,6}\}|[\s\S])/gi, readEscape)
    : inside;
}
