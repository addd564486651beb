import { z } from 'zod';

const Values = z.record(z.string(), z.unknown());

export const PlanResource = z.object({
  address: z.string(),
  mode: z.enum(['managed', 'data']),
  type: z.string(),
  values: Values.nullish(),
});
export type PlanResource = z.infer<typeof PlanResource>;

export const PlanModule = z.object({
  resources: z.array(PlanResource).optional(),
  get child_modules() {
    return z.array(PlanModule).optional();
  },
});
export type PlanModule = z.infer<typeof PlanModule>;

/** What is written of a resource: `expressions` of its arguments by name, of its blocks as lists. */
export const Written = z.object({
  address: z.string(),
  expressions: Values.optional(),
  depends_on: z.array(z.string()).optional(),
});
export type Written = z.infer<typeof Written>;

export const WrittenModule = z.object({
  resources: z.array(Written).optional(),
  outputs: z.record(z.string(), z.object({ expression: Values.optional() })).optional(),
  get module_calls() {
    return z
      .record(z.string(), z.object({ expressions: Values.optional(), module: WrittenModule.optional() }))
      .optional();
  },
});
export type WrittenModule = z.infer<typeof WrittenModule>;

const State = z.object({ root_module: PlanModule.optional() });

/** What `terraform show -json` writes of a plan, or of a state (`values`). */
export const Plan = z.object({
  format_version: z.string(),
  planned_values: State.optional(),
  values: State.optional(),
  prior_state: z.object({ values: State.optional() }).optional(),
  configuration: z.object({ root_module: WrittenModule.optional() }).optional(),
});
