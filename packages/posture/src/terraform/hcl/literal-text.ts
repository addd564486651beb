import type { Expression } from './syntax.ts';

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/** `$${` and `%%{` mean themselves. */
export const unescapeTemplate = (text: string): string => text.replace(/([$%])\1\{/g, '$1{');

/** What stands between quotes. */
export const unescapeQuoted = (text: string): string =>
  unescapeTemplate(
    text.replace(/\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/gs, (whole, short, long, char: string) => {
      const code = Number.parseInt(short ?? long ?? '', 16);
      if (Number.isNaN(code)) return escapes[char] ?? whole;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }),
  );

/** Takes away the indentation that all lines share, as `<<-` does. */
export function dedent(parts: Expression[]): Expression[] {
  const lines = parts.flatMap((part, index) =>
    part.kind === 'constant' && typeof part.value === 'string'
      ? part.value.split('\n').slice(index === 0 ? 0 : 1, index === parts.length - 1 ? -1 : undefined)
      : [],
  );
  const depths = lines
    .filter((line) => line.trim() !== '')
    .map((line) => /^[ \t]*/.exec(line)?.[0].length ?? 0);
  const shared = depths.reduce((least, depth) => Math.min(least, depth), 1_000);
  return parts.map((part, index): Expression => {
    if (part.kind !== 'constant' || typeof part.value !== 'string') return part;
    const [first = '', ...rest] = part.value.split('\n');
    const value = [index === 0 ? first.slice(shared) : first, ...rest.map((line) => line.slice(shared))];
    return { ...part, value: value.join('\n') };
  });
}
