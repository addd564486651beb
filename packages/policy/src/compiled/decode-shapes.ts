import { ByteReader } from '../byte-reader.ts';
import type { Route, Shape } from '../sections/waas/shapes.ts';
import {
  BODY_FORMS,
  BODY_OTHER,
  BODY_REQUIRED,
  encodeShapes,
  NONE,
  PARAMETER_PLACES,
  Part,
  REQUIRED,
  SHAPE_FORMATS,
  SHAPE_TYPES,
  UNLIMITED,
} from './waas-shapes.ts';

/** Reads what `encodeShapes` wrote, and nothing else: nodes refer to nodes before them, and each stands where the encoder puts it. */
export function decodeShapes(bytes: Uint8Array): Route[] {
  const reader = new ByteReader(bytes, 'the shapes of the waas section');
  const text = (name: string) => reader.text(reader.u16(), name);
  const texts = reader.list(() => text('a text'));
  const nodes: Shape[] = [];
  for (let left = reader.u16(); left > 0; left--) nodes.push(decodeNode(reader, texts, nodes));
  const routes = reader.list(() => decodeRoute(reader, text, nodes));
  reader.expectEnd();
  const again = encodeShapes(routes);
  if (again.length !== bytes.length || again.some((byte, index) => byte !== bytes[index]))
    reader.fail('they are not in the order in which they are written');
  return routes;
}

const at = <Item>(reader: ByteReader, items: readonly Item[], index: number): Item =>
  items[index] ?? reader.fail(`there is no number ${index}`);

function decodeNode(reader: ByteReader, texts: string[], nodes: Shape[]): Shape {
  const types = reader.u8();
  const parts = reader.u8();
  const text = () => at(reader, texts, reader.u16());
  const limit = () => {
    const most = reader.u32();
    return most === UNLIMITED ? undefined : most;
  };
  const shape: Shape = {};
  if (types !== (1 << SHAPE_TYPES.length) - 1)
    shape.type = SHAPE_TYPES.filter((_, index) => types & (1 << index));
  if (parts & (Part.texts | Part.numbers))
    shape.enum = [
      ...(parts & Part.texts ? reader.list(text) : []),
      ...(parts & Part.numbers ? reader.list(() => reader.f64()) : []),
    ];
  if (parts & Part.lengths) Object.assign(shape, { minLength: reader.u32(), maxLength: limit() });
  if (parts & Part.format) shape.format = reader.choice(SHAPE_FORMATS, 'format');
  if (parts & Part.range) {
    const [minimum, maximum] = [reader.f64(), reader.f64()];
    if (minimum !== -Infinity) shape.minimum = minimum;
    if (maximum !== Infinity) shape.maximum = maximum;
  }
  if (parts & Part.items)
    Object.assign(shape, {
      minItems: reader.u32(),
      maxItems: limit(),
      items: at(reader, nodes, reader.u16()),
    });
  if (parts & Part.members) decodeMembers(reader, shape, text, nodes);
  return shape;
}

function decodeMembers(reader: ByteReader, shape: Shape, text: () => string, nodes: Shape[]): void {
  const others = reader.u16();
  reader.u16();
  const members = reader.list(() => ({ name: text(), node: reader.u16() }));
  const required = members.filter(({ node }) => node & REQUIRED).map(({ name }) => name);
  shape.properties = Object.fromEntries(
    members.map(({ name, node }) => [name, at(reader, nodes, node & ~REQUIRED)]),
  );
  if (required.length > 0) shape.required = required;
  shape.additional = others === NONE ? 'deny' : at(reader, nodes, others);
}

function decodeRoute(reader: ByteReader, text: (name: string) => string, nodes: Shape[]): Route {
  const method = text('a method') as '' | NonNullable<Route['method']>;
  const path = text('a path');
  const flags = reader.u8();
  const node = () => {
    const number = reader.u16();
    return number === NONE ? undefined : at(reader, nodes, number);
  };
  const parameters = PARAMETER_PLACES.flatMap((place) => {
    const { properties = {}, required = [] } = node() ?? {};
    return Object.entries(properties).map(([name, shape]) => ({
      ...shape,
      in: place,
      name,
      required: required.includes(name),
    }));
  });
  const shapes = Object.fromEntries(BODY_FORMS.map((form) => [form, node()]));
  const hasBody = flags !== 0 || Object.values(shapes).some((shape) => shape !== undefined);
  return {
    ...(method !== '' && { method }),
    path,
    parameters,
    ...(hasBody && {
      body: {
        required: (flags & BODY_REQUIRED) !== 0,
        other: flags & BODY_OTHER ? 'allow' : 'deny',
        ...shapes,
      },
    }),
  };
}
