import { isMembers } from '../../graph/json.ts';
import { PostureError } from '../../posture-error.ts';
import { parseDocument } from '../../template/parse-document.ts';
import { inWords, type Place, placeOf } from '../../template/place.ts';
import { parseHcl } from './parse-hcl.ts';
import { placedAt } from './placed-at.ts';
import type { Block, Body, Expression } from './syntax.ts';

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** So many labels has a block, by its type; what has none of these types is not asked for. */
const labels: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  module: 1,
  variable: 1,
  output: 1,
  provider: 1,
  locals: 0,
};
/** Arguments of resources whose value is a map; all other maps are blocks. */
const maps =
  /^(tags(_all)?|variables|triggers|keepers|labels|.*_(parameters|templates|variables|models|mapping|tags|map)|provider_details|query|content_type_map|for_each|settings_map)$/;
/** Whether the argument is an expression, although it is written as a text. */
const isName = (name: string, block: string) =>
  /^(depends_on|iterator)$/.test(name) || (block === 'variable' && name === 'type');

const END = 'END_OF_TEXT_OF_JSON';

/** Reads Terraform's configuration in JSON as its own language is read. */
class JsonReader {
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  #placeOf(value: unknown, member?: string | number): Place {
    return placeOf(value, member) ?? { file: this.#file, line: 1, column: 1 };
  }

  /** An expression, or undefined where the text is none. */
  async #parse(text: string, at: Place): Promise<Expression | undefined> {
    try {
      const { attributes } = await parseHcl(`v = ${text}\n`, this.#file);
      const value = attributes.get('v')?.value;
      return value && placedAt(value, () => at);
    } catch (error) {
      if (error instanceof PostureError) return undefined;
      throw error;
    }
  }

  async #readText(text: string, at: Place): Promise<Expression> {
    if (!/[$%]\{/.test(text)) return { kind: 'constant', value: text, at };
    const [, inner] = /^\$\{(.*)\}$/s.exec(text) ?? [];
    const whole = inner === undefined ? undefined : await this.#parse(`(${inner})`, at);
    if (whole) return whole;
    const template = await this.#parse(`<<${END}\n${text}\n${END}`, at);
    if (template?.kind !== 'template')
      throw new PostureError(`${inWords(at)}: is not Terraform's language; terraform validate tells more`);
    const { isHeredoc: _, ...own } = template;
    const parts = template.parts.map((part, index, all) =>
      index === all.length - 1 && part.kind === 'constant'
        ? { ...part, value: String(part.value).replace(/\n$/, '') }
        : part,
    );
    return { ...own, parts };
  }

  async #readValue(value: unknown, at: Place, isReference = false): Promise<Expression> {
    if (typeof value === 'string')
      return (isReference ? await this.#parse(value, at) : undefined) ?? this.#readText(value, at);
    if (Array.isArray(value)) {
      const items: Expression[] = [];
      for (const [index, item] of value.entries())
        items.push(await this.#readValue(item, this.#placeOf(value, index), isReference));
      return { kind: 'list', items, at };
    }
    if (!isMembers(value)) return { kind: 'constant', value: value as number | boolean | null, at };
    const entries: { key: Expression; value: Expression }[] = [];
    for (const [name, member] of Object.entries(value)) {
      const place = this.#placeOf(value, name);
      if (name === '//') continue;
      entries.push({ key: await this.#readText(name, place), value: await this.#readValue(member, place) });
    }
    return { kind: 'object', entries, at };
  }

  async #readDynamic(value: unknown): Promise<Block[]> {
    const blocks: Block[] = [];
    for (const each of list(value).filter(isMembers))
      for (const [type, dynamic] of Object.entries(each))
        for (const item of list(dynamic).filter(isMembers)) {
          const { content, ...more } = item;
          const at = this.#placeOf(each, type);
          const body = await this.readBody(more, 'dynamic');
          body.blocks.push({ type: 'content', labels: [], body: await this.readBody(list(content)[0]), at });
          blocks.push({ type: 'dynamic', labels: [type], body, at });
        }
    return blocks;
  }

  /** `block`: its type. Only those of resources and data have blocks in them, and not only arguments. */
  async readBody(value: unknown, block = 'resource'): Promise<Body> {
    const isPlain = !/^(resource|data)$/.test(block);
    const body: Body = { attributes: new Map(), blocks: [] };
    if (!isMembers(value)) return body;
    for (const [name, member] of Object.entries(value)) {
      const at = this.#placeOf(value, name);
      const items = list(member);
      const isBlock = !isPlain && !maps.test(name) && items.length > 0 && items.every(isMembers);
      if (name === '//') continue;
      if (name === 'dynamic' && !isPlain) body.blocks.push(...(await this.#readDynamic(member)));
      else if (isBlock)
        for (const item of items)
          body.blocks.push({
            type: name,
            labels: [],
            body: await this.readBody(item),
            at: Array.isArray(member) ? this.#placeOf(item) : at,
          });
      else body.attributes.set(name, { value: await this.#readValue(member, at, isName(name, block)), at });
    }
    return body;
  }

  async readBlocks(type: string, value: unknown, depth: number, own: string[], at: Place): Promise<Block[]> {
    const blocks: Block[] = [];
    for (const item of list(value).filter(isMembers)) {
      if (depth === 0) {
        const body = await this.readBody(item, type);
        blocks.push({ type, labels: own, body, at });
        continue;
      }
      for (const [label, inner] of Object.entries(item))
        if (label !== '//')
          blocks.push(
            ...(await this.readBlocks(type, inner, depth - 1, [...own, label], this.#placeOf(item, label))),
          );
    }
    return blocks;
  }
}

/** Reads a file `.tf.json`. Rejects with a `PostureError` that names file, line and column. */
export async function parseTfJson(text: string, file: string): Promise<Body> {
  const root = parseDocument(text, file);
  if (!isMembers(root)) throw new PostureError(`${file}: must be an object; terraform validate tells more`);
  const reader = new JsonReader(file);
  const body: Body = { attributes: new Map(), blocks: [] };
  for (const [type, value] of Object.entries(root)) {
    const depth = Object.hasOwn(labels, type) ? labels[type] : undefined;
    const at = placeOf(root, type) ?? { file, line: 1, column: 1 };
    if (depth !== undefined) body.blocks.push(...(await reader.readBlocks(type, value, depth, [], at)));
  }
  return body;
}
