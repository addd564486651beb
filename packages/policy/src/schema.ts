/** The part of the package that also runs in a browser: schema, check, match, explain and lint. */
export * from './check-policy.ts';
export * from './explain-policy.ts';
export * from './function-identity.ts';
export * from './lint-policy.ts';
export * from './match-glob.ts';
export * from './match-policy.ts';
export * from './policy-schema.ts';
