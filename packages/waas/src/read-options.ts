import { toEngineSettings } from '@ringfence/policy/compile-waas-rule';
import { findRouteProblems } from '@ringfence/policy/find-route-problems';
import type { WaasRule, WaasRuleInput } from '@ringfence/policy/schema';
import type { EngineSettings } from '@ringfence/policy/waas-section';
import { optionsSchema } from './options-schema.ts';

/** A WAAS rule in the words of a policy, but for which functions it is for. What is left out has the policy's defaults. */
export type WaasOptions = Omit<WaasRuleInput, 'name' | 'collections'>;

/** What of JSON Schema the schema of a WAAS rule uses. */
export interface Schema {
  $defs?: Readonly<Record<string, Schema>>;
  $ref?: string;
  anyOf?: readonly Schema[];
  type?: string;
  default?: unknown;
  enum?: readonly string[];
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  minItems?: number;
  maxItems?: number;
  properties?: Readonly<Record<string, Schema>>;
  propertyNames?: Schema;
  required?: readonly string[];
  additionalProperties?: false | Schema;
}

const types: Readonly<Record<string, { words: string; holds: (value: unknown) => boolean }>> = {
  string: { words: 'a text', holds: (value) => typeof value === 'string' },
  boolean: { words: 'true or false', holds: (value) => typeof value === 'boolean' },
  number: { words: 'a number', holds: Number.isFinite },
  integer: { words: 'a whole number', holds: Number.isInteger },
  array: { words: 'a list', holds: Array.isArray },
  object: {
    words: 'an object',
    holds: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  },
};

const isOfType = ({ type = '' }: Schema, value: unknown) => types[type]?.holds(value) ?? true;

/** What is wrong with a value of the right type itself, in words that follow its name. */
function findProblem(schema: Schema, value: unknown): string | undefined {
  const { minLength = 0, maxLength = Infinity, minItems = 0, maxItems = Infinity } = schema;
  const { minimum = -Infinity, maximum = Infinity } = schema;
  if (typeof value === 'string') {
    if (schema.enum && !schema.enum.includes(value)) return `must be one of ${schema.enum.join(', ')}`;
    if (value.length < minLength || value.length > maxLength)
      return `must have ${minLength} to ${maxLength} characters`;
    return schema.pattern && !new RegExp(schema.pattern, 'u').test(value)
      ? 'is not written as it must be'
      : undefined;
  }
  if (typeof value === 'number')
    return value < minimum || value > maximum ? `must be from ${minimum} to ${maximum}` : undefined;
  if (Array.isArray(value))
    return value.length < minItems || value.length > maxItems
      ? `must be a list of ${minItems} to ${maxItems}`
      : undefined;
  const { properties, required = [] } = schema;
  if (!properties) return undefined;
  const members = value as Record<string, unknown>;
  const unknown = Object.keys(members).find((key) => !(key in properties));
  if (unknown !== undefined) return `has no ${unknown}; it may have ${Object.keys(properties).join(', ')}`;
  const missing = required.find((key) => members[key] === undefined);
  return missing && `must have ${missing}`;
}

/** Follows a reference, and takes of several schemas the one for values of this type. */
function resolve(schema: Schema, value: unknown, place: string): Schema {
  if (schema.$ref) return optionsSchema.$defs?.[schema.$ref.slice('#/$defs/'.length)] ?? schema;
  if (!schema.anyOf) return schema;
  const alternatives = schema.anyOf.map((alternative) => resolve(alternative, value, place));
  const fitting = alternatives.find((alternative) => isOfType(alternative, value));
  if (fitting) return fitting;
  const words = alternatives.map(({ type = '' }) => types[type]?.words);
  throw new TypeError(`${place} must be ${words.join(' or ')}`);
}

function read(given: Schema, value: unknown, place: string): unknown {
  if (value === undefined && given.default === undefined) return;
  const schema = resolve(given, value, place);
  return value === undefined ? read(schema, schema.default, place) : readValue(schema, value, place);
}

function readValue(schema: Schema, value: unknown, place: string): unknown {
  const { type = '', items, properties, propertyNames, additionalProperties } = schema;
  if (!isOfType(schema, value)) throw new TypeError(`${place} must be ${types[type]?.words}`);
  const problem = findProblem(schema, value);
  if (problem) throw new TypeError(`${place} ${problem}`);
  if (items) return (value as unknown[]).map((item, index) => read(items, item, `${place}[${index}]`));
  const members = value as Record<string, unknown>;
  if (properties)
    return Object.fromEntries(
      Object.entries(properties).map(([key, schema]) => [key, read(schema, members[key], `${place}.${key}`)]),
    );
  if (!additionalProperties) return value;
  return Object.fromEntries(
    Object.entries(members).map(([key, member]) => {
      if (propertyNames) readValue(propertyNames, key, `a name in ${place}`);
      return [key, read(additionalProperties, member, `${place}.${key}`)];
    }),
  );
}

/**
 * The options as the engine takes them, by the schema of a policy's WAAS rule; what is left out has the rule's defaults. It does
 * without the library that the schema is written with: that takes longer to load than all else. Throws a TypeError
 * that names what is wrong.
 */
export function readOptions(options: WaasOptions = {}): EngineSettings {
  const rule = read(optionsSchema, options, 'options') as WaasRule;
  rule.shapes.forEach((route, index) => {
    for (const { path, message } of findRouteProblems(route))
      throw new TypeError(`options.shapes[${index}].${path.join('.')} ${message}`);
  });
  return toEngineSettings(rule);
}
