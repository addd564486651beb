export * from './add-suggestion.ts';
export * from './describe-evidence.ts';
export * from './format-suggestion.ts';
export * from './model.ts';
export * from './suggest-rule.ts';
