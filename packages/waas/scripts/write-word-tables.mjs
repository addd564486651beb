// words/<language>.json -> assembly/build/<language>-words.ts: a hash table from words to the sets that hold them.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** FNV-1a over bytes, 32 bits: the same as `assembly/base/words.ts` computes. */
function hashOf(word) {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(word)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash;
}

const camel = (name) => name.replace(/-./g, (dash) => dash[1].toUpperCase());
const pascal = (name) => camel(name).replace(/^./, (first) => first.toUpperCase());
const constant = (name) => name.replace(/-/g, '_').toUpperCase();

/** One table: `{ "set-name": ["word", …], … }`, at most 31 sets; a word may be in several. */
function tableOf(language, sets) {
  const names = Object.keys(sets);
  if (names.length > 31) throw new Error(`words/${language}.json: ${names.length} sets, 31 fit`);
  const bits = new Map();
  names.forEach((name, index) => {
    for (const word of sets[name]) {
      if (word !== word.toLowerCase())
        throw new Error(`words/${language}.json: ${word} is not in lower case`);
      bits.set(word, (bits.get(word) ?? 0) | (1 << index));
    }
  });
  const hashes = new Map([...bits].map(([word, value]) => [hashOf(word), value]));
  if (hashes.size !== bits.size) throw new Error(`words/${language}.json: two words have one hash`);
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, bits.size * 1.6)));
  const slots = new Array(size * 2).fill(0);
  for (const [hash, value] of hashes) {
    let slot = hash & (size - 1);
    while (slots[slot * 2 + 1] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot * 2] = hash;
    slots[slot * 2 + 1] = value;
  }
  const enumLines = names.map((name, index) => `  ${constant(name)} = 1 << ${index},`);
  return `// Made by scripts/write-word-tables.mjs from words/${language}.json.
import { lookUp } from '../base/words';

export const enum ${pascal(language)} {
${enumLines.join('\n')}
}

const table: usize = memory.data<u32>([${slots.join(',')}]);

/** The sets (bits of \`${pascal(language)}\`) that hold the word with this hash; 0 when none does. */
export function ${camel(language)}Word(hash: u32): i32 {
  return lookUp(table, ${size - 1}, hash);
}
`;
}

/** Writes the table of each word list whose text changed. */
export function writeWordTables() {
  mkdirSync('assembly/build', { recursive: true });
  for (const file of readdirSync('words')) {
    const language = file.replace('.json', '');
    const source = tableOf(language, JSON.parse(readFileSync(`words/${file}`, 'utf8')));
    writeFileSync(`assembly/build/${language}-words.ts`, source);
  }
}
