/** The part of the package that also runs in a browser: schema, check, match, explain and lint. */
export * from './check-policy.ts';
export * from './explain-policy.ts';
export * from './function-identity.ts';
export * from './lint-policy.ts';
export * from './match-glob.ts';
export * from './match-policy.ts';
export * from './policy-schema.ts';
export * from './sections/effect.ts';
export * from './sections/files.ts';
export * from './sections/learn.ts';
export * from './sections/network.ts';
export * from './sections/outbound.ts';
export * from './sections/path-pattern.ts';
export * from './sections/port-range.ts';
export * from './sections/process.ts';
export * from './sections/secrets.ts';
