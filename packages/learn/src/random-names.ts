/** Where names of files come from a counter, a clock or a random number, these parts of them are different each time. */
const NUMBER = /^\d{4,}$/;
const HEXADECIMAL = /^(?=.*\d)[0-9a-f]{8,}$/i;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Words, numbers and capitals that take turns quickly: nobody types that. */
function looksRandom(word: string): boolean {
  if (NUMBER.test(word) || HEXADECIMAL.test(word)) return true;
  const parts = word.match(/[A-Z]?[a-z]+|[A-Z]+|\d+/g) ?? [];
  return parts.length >= 4 && word.length < parts.length * 3;
}

/** The name with a star in place of each part that looks as if it were another one next time. */
export function generaliseName(name: string): string {
  return name
    .replace(UUID, '*')
    .replace(/[A-Za-z0-9]+/g, (word) => (looksRandom(word) ? '*' : word))
    .replace(/\*+/g, '*');
}
