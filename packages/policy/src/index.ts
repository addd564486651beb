export * from './compile-policy.ts';
export * from './compiled-policy.ts';
export * from './defender-configuration.ts';
export * from './format-error.ts';
export * from './function-id.ts';
export * from './schema.ts';
export * from './signed-policy.ts';
export * from './signing-key.ts';
