import { encodeIntegers, encodeList, joinBytes } from '../encode-integers.ts';
import type { Route, Shape } from '../sections/waas/shapes.ts';

/** The types of values, in the order of their bits. */
export const SHAPE_TYPES = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object'] as const;
type ShapeType = (typeof SHAPE_TYPES)[number];

/** The forms of strings that can be checked exactly, in the order of their numbers. */
export const SHAPE_FORMATS = ['uuid', 'date', 'date-time', 'ipv4', 'ipv6', 'email'] as const;

/** Where a request has its parameters, and how its body may be written: together the nodes of a route, in this order. */
export const PARAMETER_PLACES = ['path', 'query', 'header', 'cookie'] as const;
export const BODY_FORMS = ['json', 'form', 'multipart'] as const;

export const NONE = 0xffff;
export const REQUIRED = 0x8000;
export const UNLIMITED = 0xffffffff;

/** What a node says beside its types, in the order in which it is written. */
export const Part = {
  texts: 1,
  numbers: 2,
  lengths: 4,
  format: 8,
  range: 16,
  items: 32,
  members: 64,
} as const;

export const BODY_REQUIRED = 1;
export const BODY_OTHER = 2;

const encoder = new TextEncoder();

function compareBytes(left: Uint8Array, right: Uint8Array): number {
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function encodeText(text: string): Uint8Array {
  const bytes = encoder.encode(text);
  return joinBytes([encodeIntegers([2, bytes.length]), bytes]);
}

function encodeNumber(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value, true);
  return new Uint8Array(view.buffer);
}

const bitsOf = (types: readonly ShapeType[]) =>
  types.reduce((bits, type) => bits | (1 << SHAPE_TYPES.indexOf(type)), 0);

/** The types that fit: where values are listed, those of the values, and what is named beside them. */
function typesOf({ type, enum: values }: Shape): number {
  const named = bitsOf(typeof type === 'string' ? [type] : (type ?? SHAPE_TYPES));
  if (values === undefined) return named;
  const listed = values.flatMap((value): ShapeType[] =>
    typeof value === 'string' ? ['string'] : ['integer', 'number'],
  );
  return named & bitsOf(type === undefined ? listed : [...listed, 'null', 'boolean']);
}

/** The parameters of one place as the members of an object. */
function toObject(
  parameters: Route['parameters'],
  place: (typeof PARAMETER_PLACES)[number],
): Shape | undefined {
  const here = parameters
    .filter((parameter) => parameter.in === place)
    .map((parameter) =>
      place === 'header' ? { ...parameter, name: parameter.name.toLowerCase() } : parameter,
    );
  if (here.length === 0) return undefined;
  return {
    type: 'object',
    properties: Object.fromEntries(
      here.map(({ in: _in, name, required: _required, ...shape }) => [name, shape]),
    ),
    required: here.filter(({ required }) => required).map(({ name }) => name),
  };
}

const shapesOf = ({ parameters, body }: Route): (Shape | undefined)[] => [
  ...PARAMETER_PLACES.map((place) => toObject(parameters, place)),
  ...BODY_FORMS.map((form) => body?.[form]),
];

/** Collects all texts of the shape. What is shared is looked at once. */
function collectTexts(shape: Shape, seen: Set<Shape>, texts: Set<string>): void {
  if (seen.has(shape)) return;
  seen.add(shape);
  const { enum: values = [], properties = {}, required = [], items, additional } = shape;
  for (const value of values) if (typeof value === 'string') texts.add(value);
  for (const name of [...Object.keys(properties), ...required]) texts.add(name);
  for (const inner of [items, additional, ...Object.values(properties)])
    if (typeof inner === 'object') collectTexts(inner, seen, texts);
}

/** Writes nodes, each kind of node once: what many routes share takes no more room. */
class NodeWriter {
  readonly nodes: Uint8Array[] = [];
  readonly #known = new Map<Shape, number>();
  readonly #numbers = new Map<string, number>();
  readonly #texts: Map<string, number>;

  constructor(texts: readonly string[]) {
    this.#texts = new Map(texts.map((text, index) => [text, index]));
  }

  /** The number of the shape's node; it comes behind those that it refers to. */
  add(shape: Shape): number {
    const number = this.#known.get(shape) ?? this.#addNode(this.#encode(shape));
    this.#known.set(shape, number);
    return number;
  }

  #addNode(node: Uint8Array): number {
    const key = node.join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    if (this.nodes.length === REQUIRED)
      throw new RangeError(`there are more than ${REQUIRED} different shapes`);
    this.#numbers.set(key, this.nodes.length);
    return this.nodes.push(node) - 1;
  }

  #text(text: string): number {
    return this.#texts.get(text) ?? NONE;
  }

  #encode(shape: Shape): Uint8Array {
    const { enum: values = [], minLength, maxLength, format, minimum, maximum } = shape;
    const texts = values.filter((value) => typeof value === 'string');
    const numbers = values.filter((value) => typeof value === 'number');
    const parts: [bit: number, bytes: Uint8Array | undefined][] = [
      [Part.texts, texts.length > 0 ? this.#encodeTexts(texts) : undefined],
      [
        Part.numbers,
        numbers.length > 0
          ? encodeList(
              [...new Set(numbers)].sort((a, b) => a - b),
              encodeNumber,
            )
          : undefined,
      ],
      [Part.lengths, encodeLimits(minLength, maxLength)],
      [Part.format, format && encodeIntegers([1, SHAPE_FORMATS.indexOf(format)])],
      [
        Part.range,
        minimum !== undefined || maximum !== undefined
          ? joinBytes([encodeNumber(minimum ?? -Infinity), encodeNumber(maximum ?? Infinity)])
          : undefined,
      ],
      [Part.items, this.#encodeItems(shape)],
      [Part.members, this.#encodeMembers(shape)],
    ];
    const present = parts.filter((part): part is [number, Uint8Array] => part[1] !== undefined);
    const bits = present.reduce((sum, [bit]) => sum | bit, 0);
    return joinBytes([encodeIntegers([1, typesOf(shape)], [1, bits]), ...present.map(([, bytes]) => bytes)]);
  }

  #encodeTexts(texts: string[]): Uint8Array {
    const numbers = [...new Set(texts.map((text) => this.#text(text)))];
    return encodeList(
      numbers.sort((a, b) => a - b),
      (text) => encodeIntegers([2, text]),
    );
  }

  #encodeItems({ items, minItems, maxItems }: Shape): Uint8Array | undefined {
    const limits = encodeLimits(minItems, maxItems);
    if (limits === undefined && items === undefined) return undefined;
    return joinBytes([
      limits ?? encodeIntegers([4, 0], [4, UNLIMITED]),
      encodeIntegers([2, this.add(items ?? {})]),
    ]);
  }

  #encodeMembers({ properties, required = [], additional = 'allow' }: Shape): Uint8Array | undefined {
    if (properties === undefined && required.length === 0 && additional === 'allow') return undefined;
    const wanted = new Set(required);
    const shapes = new Map(Object.entries(properties ?? {}));
    for (const name of wanted) if (!shapes.has(name)) shapes.set(name, {});
    const members = [...shapes]
      .map(([name, shape]) => ({ text: this.#text(name), shape, isRequired: wanted.has(name) }))
      .sort((a, b) => a.text - b.text)
      .map(({ text, shape, isRequired }): [2, number][] => [
        [2, text],
        [2, this.add(shape) | (isRequired ? REQUIRED : 0)],
      ]);
    const others = additional === 'deny' ? NONE : this.add(additional === 'allow' ? {} : additional);
    return joinBytes([
      encodeIntegers([2, others], [2, wanted.size]),
      encodeList(members, (member) => encodeIntegers(...member)),
    ]);
  }
}

function encodeLimits(least: number | undefined, most: number | undefined): Uint8Array | undefined {
  if (least === undefined && most === undefined) return undefined;
  return encodeIntegers([4, least ?? 0], [4, most ?? UNLIMITED]);
}

/** The shapes of a rule, at the end of the WAAS section; `packages/waas/assembly/shape/tables.ts` reads them. */
export function encodeShapes(routes: readonly Route[]): Uint8Array {
  const shapes = routes.map(shapesOf);
  const used = new Set<string>();
  const seen = new Set<Shape>();
  for (const shape of shapes.flat()) if (shape) collectTexts(shape, seen, used);
  const texts = [...used].map((text) => ({ text, bytes: encoder.encode(text) }));
  texts.sort((a, b) => compareBytes(a.bytes, b.bytes));
  const writer = new NodeWriter(texts.map(({ text }) => text));
  const encoded = routes.map((route, index) => {
    const { method = '', path, body } = route;
    const flags = (body?.required ? BODY_REQUIRED : 0) | (body?.other === 'allow' ? BODY_OTHER : 0);
    const nodes = (shapes[index] ?? []).map((shape): [2, number] => [2, shape ? writer.add(shape) : NONE]);
    return joinBytes([encodeText(method), encodeText(path), encodeIntegers([1, flags], ...nodes)]);
  });
  return joinBytes([
    encodeList(texts, ({ text }) => encodeText(text)),
    encodeList(writer.nodes, (node) => node),
    encodeList(encoded, (route) => route),
  ]);
}
