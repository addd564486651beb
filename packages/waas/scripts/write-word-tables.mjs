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

/** What a list says of each word: a number of its own, or the sets it is in, as bits. */
function valuesOf(language, list) {
  if (Object.values(list).every((value) => typeof value === 'number')) return new Map(Object.entries(list));
  const names = Object.keys(list);
  if (names.length > 31) throw new Error(`words/${language}.json: ${names.length} sets, 31 fit`);
  const values = new Map();
  names.forEach((name, index) => {
    for (const word of list[name]) values.set(word, (values.get(word) ?? 0) | (1 << index));
  });
  return values;
}

/** The sets' names as an enum; nothing where words have numbers. */
function enumOf(language, list) {
  const names = Object.keys(list).filter((name) => Array.isArray(list[name]));
  if (names.length === 0) return '';
  return `export const enum ${pascal(language)} {\n${names.map((name, index) => `  ${constant(name)} = 1 << ${index},\n`).join('')}}\n`;
}

/** The most sets of words that one table tells apart: an entry has eight bits for it. */
const MOST_VALUES = 255;

/** One table: `{ "set-name": ["word", …], … }`, where a word may be in several sets, or `{ "word": number, … }`. */
function tableOf(language, list) {
  const values = valuesOf(language, list);
  const distinct = [...new Set(values.values())];
  if (distinct.length > MOST_VALUES)
    throw new Error(`words/${language}.json: ${distinct.length} combinations of sets, ${MOST_VALUES} fit`);
  const entries = new Map();
  for (const [word, value] of values) {
    if (word !== word.toLowerCase()) throw new Error(`words/${language}.json: ${word} is not in lower case`);
    const hash = hashOf(word);
    if (entries.has(hash >>> 8))
      throw new Error(`words/${language}.json: ${word} has the hash of another word`);
    entries.set(hash >>> 8, { hash, index: distinct.indexOf(value) + 1 });
  }
  const size = 2 ** Math.ceil(Math.log2(Math.max(2, values.size * 1.5)));
  const slots = new Array(size).fill(0);
  for (const { hash, index } of entries.values()) {
    let slot = hash & (size - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (size - 1);
    slots[slot] = ((hash & ~0xff) | index) >>> 0;
  }
  return `// Made by scripts/write-word-tables.mjs from words/${language}.json.
import { lookUp } from '../base/words';

${enumOf(language, list)}
const table: usize = memory.data<u32>([${[...slots, ...distinct].join(',')}]);

/** What is known of the word with this hash; 0 when nothing is. */
export function ${camel(language)}Word(hash: u32): i32 {
  return lookUp(table, ${size}, hash);
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
