import { toEngineSettings } from '@ringfence/policy/compile-waas-rule';
import type { WaasRule, WaasRuleInput } from '@ringfence/policy/schema';
import type { EngineSettings } from '@ringfence/policy/waas-section';
import { optionsSchema } from './options-schema.ts';

/** A WAAS rule in the words of a policy, but for which functions it is for. What is left out has the policy's defaults. */
export type WaasOptions = Omit<WaasRuleInput, 'name' | 'collections'>;

/** What of JSON Schema the schema of a WAAS rule uses. */
export interface Schema {
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
  required?: readonly string[];
  additionalProperties?: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is wrong with a value itself, in words that follow its name. */
function findProblem(schema: Schema, value: unknown): string | undefined {
  const within = (size: number, least = -Infinity, most = Infinity) => size >= least && size <= most;
  const { minLength = 0, maxLength, minItems = 0, maxItems, minimum, maximum } = schema;
  switch (schema.type) {
    case 'string':
      if (typeof value !== 'string') return 'must be a text';
      if (schema.enum && !schema.enum.includes(value)) return `must be one of ${schema.enum.join(', ')}`;
      if (!within(value.length, minLength, maxLength))
        return `must have ${minLength} to ${maxLength} characters`;
      return schema.pattern && !new RegExp(schema.pattern, 'u').test(value)
        ? 'is not written as it must be'
        : undefined;
    case 'integer':
      return Number.isInteger(value) && within(value as number, minimum, maximum)
        ? undefined
        : `must be a whole number from ${minimum} to ${maximum}`;
    case 'array':
      return Array.isArray(value) && within(value.length, minItems, maxItems)
        ? undefined
        : `must be a list of ${minItems} to ${maxItems}`;
    case 'object': {
      if (!isObject(value)) return 'must be an object';
      const { properties = {}, required = [] } = schema;
      const unknown = Object.keys(value).find((key) => !(key in properties));
      if (unknown !== undefined)
        return `has no ${unknown}; it may have ${Object.keys(properties).join(', ')}`;
      const missing = required.find((key) => value[key] === undefined);
      return missing && `must have ${missing}`;
    }
  }
}

function read(schema: Schema, given: unknown, place: string): unknown {
  const value = given === undefined ? schema.default : given;
  if (value === undefined) return;
  const problem = findProblem(schema, value);
  if (problem) throw new TypeError(`${place} ${problem}`);
  const { items, properties } = schema;
  if (items) return (value as unknown[]).map((item, index) => read(items, item, `${place}[${index}]`));
  if (!properties) return value;
  const members = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries(properties).map(([key, schema]) => [key, read(schema, members[key], `${place}.${key}`)]),
  );
}

/**
 * The options as the engine takes them, by the schema of a policy's WAAS rule; what is left out has the rule's defaults. It does
 * without the library that the schema is written with: that takes longer to load than all else. Throws a TypeError
 * that names what is wrong.
 */
export function readOptions(options: WaasOptions = {}): EngineSettings {
  return toEngineSettings(read(optionsSchema, options, 'options') as WaasRule);
}
