import { WaasRule } from '@ringfence/policy/schema';
import { z } from 'zod';

/** The JSON Schema of the options: a policy's WAAS rule without what says which functions it is for. */
export function makeOptionsSchema(): unknown {
  const { $schema, ...schema } = z.toJSONSchema(WaasRule.omit({ name: true, collections: true }), {
    io: 'input',
  });
  return JSON.parse(JSON.stringify(schema, (key, value) => (key === 'description' ? undefined : value)));
}
