export { type EmbedRequest, type EmbedResult, embed } from './embed/embed.ts';
export { loadPolicy } from './policy/read-policy.ts';
export { checkPackage, type PackageCheck } from './scan/check-package.ts';
