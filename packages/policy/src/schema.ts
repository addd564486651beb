/** The part of the package that also runs in a browser: schema, match and explain. */
export * from './explain-policy.ts';
export * from './function-identity.ts';
export * from './match-glob.ts';
export * from './match-policy.ts';
export * from './policy-schema.ts';
