import { z } from 'zod';
import { PARAMETER_PLACES, SHAPE_FORMATS, SHAPE_TYPES } from '../../compiled/waas-shapes.ts';
import { findRouteProblems } from './find-route-problems.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE'] as const;

const MOST = 1_000_000_000;

const MemberName = z.string().min(1, 'must not be empty').max(256, 'must be at most 256 characters long');
const count = () => z.int().min(0, 'must not be negative').max(MOST, `must be at most ${MOST}`).optional();

const typeName = z.enum(SHAPE_TYPES);
const values = {
  type: z
    .union([typeName, z.array(typeName).min(1, 'must name at least one type')])
    .optional()
    .describe('The type, or several of which one is enough. Left out: any.'),
  enum: z
    .array(z.union([z.string().max(512, 'must be at most 512 characters long'), z.number()]))
    .min(1, 'must hold at least one value')
    .max(1000, 'must hold at most 1000 values')
    .optional()
    .describe('The only texts and numbers that there may be.'),
  minLength: count().describe('The least number of characters of a string.'),
  maxLength: count().describe('The greatest number of characters of a string.'),
  format: z.enum(SHAPE_FORMATS).optional().describe('The form of a string.'),
  minimum: z.number().optional().describe('The least number.'),
  maximum: z.number().optional().describe('The greatest number.'),
  minItems: count().describe('The least number of elements of an array.'),
  maxItems: count().describe('The greatest number of elements of an array.'),
};

type Values = z.infer<z.ZodObject<typeof values>>;

/** TypeScript needs the type of what holds itself. */
export interface Shape extends Values {
  items?: Shape | undefined;
  properties?: Record<string, Shape> | undefined;
  required?: string[] | undefined;
  additional?: 'allow' | 'deny' | Shape | undefined;
}

export const Shape: z.ZodType<Shape> = z
  .strictObject({
    ...values,
    items: z
      .lazy(() => Shape)
      .optional()
      .describe('The shape of each element of an array.'),
    properties: z
      .record(
        MemberName,
        z.lazy(() => Shape),
      )
      .optional()
      .describe('The members of an object, by name, and their shapes.'),
    required: z.array(MemberName).optional().describe('The members that an object must have.'),
    additional: z
      .union([z.enum(['allow', 'deny']), z.lazy(() => Shape)])
      .optional()
      .describe('Whether an object may have other members (left out: allow), or the shape of those.'),
  })
  .describe('What a value must be like; a constraint does not concern values of other types.')
  // Named, so that what is made of the schema refers to it instead of unfolding it without end.
  .meta({ id: 'Shape' });

const Parameter = z
  .strictObject({
    in: z.enum(PARAMETER_PLACES).describe('Where the request has it.'),
    name: MemberName.describe('Its name; of a header in either case.'),
    required: z.boolean().default(false).describe('Whether it must be there.'),
    ...values,
    items: Shape.optional().describe('The shape of each value, where the parameter may come several times.'),
  })
  .describe('A parameter: its place, its name and its shape.');

const Body = z
  .strictObject({
    required: z.boolean().default(false).describe('Whether there must be a body.'),
    json: Shape.optional().describe('The shape of a body that is JSON.'),
    form: Shape.optional().describe('The shape of a body that is a form: names and texts.'),
    multipart: Shape.optional().describe('The shape of a body that is multipart/form-data.'),
    other: z
      .enum(['allow', 'deny'])
      .default('deny')
      .describe('Whether the body may be something else, which is not checked then.'),
  })
  .describe('What the body must be like: one of these.');

export const Route = z
  .strictObject({
    method: z.enum(METHODS).optional().describe('The method; GET is also for HEAD. Left out: any.'),
    path: z
      .string()
      .max(512, 'must be at most 512 characters long')
      .describe('The path, such as /orders/{id} or /files/{path+}.'),
    parameters: z
      .array(Parameter)
      .max(200, 'must hold at most 200 parameters')
      .default([])
      .describe('What stands in the path, the query, headers and cookies. Others may be there, too.'),
    body: Body.optional(),
  })
  .superRefine((route, context) => {
    for (const problem of findRouteProblems(route)) context.addIssue({ code: 'custom', ...problem });
  })
  .describe('What requests of one method to one path must be like.');
export type Route = z.infer<typeof Route>;

export const Shapes = z
  .array(Route)
  .max(1000, 'must hold at most 1000 routes')
  .default([])
  .describe(
    'What requests must be like, by route; the first that fits the method and the path decides. Made from an OpenAPI document by ringfence policy shapes.',
  );
