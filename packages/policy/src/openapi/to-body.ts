import type { Route, Shape } from '../sections/waas/shapes.ts';
import type { OpenApiDocument } from './document.ts';
import { isRecord, type Place, within } from './place.ts';
import { typesOf } from './shape-types.ts';
import { toText } from './to-parameters.ts';
import { toShape } from './to-shape.ts';
import { unite } from './unite.ts';

type Body = NonNullable<Route['body']>;

/** How the body of this media type is checked; undefined where it is not. */
function formOf(mediaType: string): 'json' | 'form' | 'multipart' | undefined {
  const name = mediaType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (name === 'application/json' || /^application\/[\w.-]+\+json$/.test(name)) return 'json';
  if (name === 'application/x-www-form-urlencoded') return 'form';
  return name === 'multipart/form-data' ? 'multipart' : undefined;
}

/** The body of an operation; undefined where there is nothing to check. */
export function toBody(document: OpenApiDocument, value: unknown, place: Place): Body | undefined {
  if (value === undefined) return undefined;
  return document.follow(value, place, ({ content, required }, at) => {
    const body: Body = { required: required === true, other: 'deny' };
    for (const [mediaType, media] of isRecord(content) ? Object.entries(content) : []) {
      const mediaPlace = within(at, 'content', mediaType);
      const form = formOf(mediaType);
      if (form === undefined) {
        document.note(
          mediaPlace,
          'bodies of this type are not checked; what is neither JSON nor a form passes',
        );
        body.other = 'allow';
        continue;
      }
      const shape = toMediaShape(document, media, mediaPlace, form);
      const before = body[form];
      body[form] = before ? unite(before, shape) : shape;
    }
    return body;
  });
}

function toMediaShape(document: OpenApiDocument, media: unknown, place: Place, form: keyof Body): Shape {
  const schema = isRecord(media) ? media.schema : undefined;
  if (schema === undefined) {
    document.note(place, 'has no schema; it is not checked');
    return {};
  }
  const shape = toShape(document, schema, within(place, 'schema'));
  return form === 'json' ? shape : toFormShape(document, shape, media, within(place, 'schema'));
}

/** The members of a form are texts: what would be JSON in one of them is not checked. */
function toFormShape(document: OpenApiDocument, shape: Shape, media: unknown, place: Place): Shape {
  if (!typesOf(shape).has('object')) {
    document.note(place, 'is no object, as the members of a form are; it is not checked');
    return {};
  }
  const encodings = isRecord(media) && isRecord(media.encoding) ? media.encoding : {};
  const { properties = {}, required, additional } = shape;
  const toMember = (member: Shape, at: Place, repeats: boolean) =>
    toText(document, member, at, repeats) ?? {};
  return {
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, member]) => {
        const encoding = encodings[name];
        const repeats = !isRecord(encoding) || encoding.explode !== false;
        return [name, toMember(member, within(place, 'properties', name), repeats)];
      }),
    ),
    ...(required && { required }),
    ...(additional !== undefined && {
      additional: typeof additional === 'string' ? additional : toMember(additional, place, true),
    }),
  };
}
