import { z } from 'zod';

/** The built-in collection that holds every function. */
export const ALL_COLLECTION = 'All';

export const Name = z
  .string()
  .min(1, 'must not be empty')
  .max(128, 'must be at most 128 characters long')
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'must not contain control characters')
  .refine((name) => name === name.trim(), 'must not begin or end with a space');

/** What each rule has, whatever it is about: its name, and whom it applies to. */
export const ruleScope = {
  name: Name.describe('The name of the rule. Unique.'),
  collections: z
    .array(Name)
    .min(1, 'must name at least one collection; leave the key out for All')
    .max(256, 'must name at most 256 collections')
    .default([ALL_COLLECTION])
    .describe('The collections that the rule applies to; one that holds the function is enough.'),
};
