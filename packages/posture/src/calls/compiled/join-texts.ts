import { hole } from '../../template/substitution.ts';

const MOST_TEXTS = 12;
const unknown = hole('?');

/** All of these; of a variable of the environment what it defaults to runs elsewhere. */
export function union(all: readonly string[][]): string[] {
  const all_ = [...new Set(all.flat())];
  // An empty text is there until something is.
  const texts = all_.length > 1 ? all_.filter((text) => text !== '') : all_;
  const variables = texts.filter((text) => /^\$\{env:[^}]*\}$/.test(text));
  return (variables.length > 0 ? variables : texts).slice(0, MOST_TEXTS);
}

/** Texts behind one another. */
export function joined(parts: readonly string[][]): string[] {
  return parts
    .reduce<string[]>(
      (all, texts) =>
        all
          .flatMap((left) => (texts.length > 0 ? texts : [unknown]).map((right) => left + right))
          .slice(0, MOST_TEXTS),
      [''],
    )
    .map((text) => text.replaceAll(/(\$\{\?\}){2,}/g, unknown));
}
