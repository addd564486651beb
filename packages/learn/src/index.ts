export * from './model.ts';
export * from './render-suggestion.ts';
export * from './suggest-rule.ts';
