export { roleTemplate } from './account/role-template.ts';
export { readTemplate, type TemplateOptions } from './cloudformation/read-template.ts';
export { graphFormats } from './graph/render-graph.ts';
export type { FunctionPolicy } from './least/function-policies.ts';
export { mergePatches } from './patch/merge-patches.ts';
export { policyFormats } from './patch/render-policies.ts';
export {
  findPosture,
  type Posture,
  readAccountPosture,
  readPosture,
  suggestRolePolicies,
} from './posture.ts';
export { PostureError } from './posture-error.ts';
export { type Inventory, placeIn, type Resource } from './resource.ts';
export { formatSuggestions } from './suggest/format-suggestions.ts';
export { type SuggestedPolicy, suggestPolicy } from './suggest/suggest-policy.ts';
export { inWords, type Place, placeOf } from './template/place.ts';
export { fill, holesOf, known, referenceOf } from './template/substitution.ts';
export type { FunctionUse, Uses } from './use/function-use.ts';
export { useOfModel } from './use/model-use.ts';
export { readTrail } from './use/read-trail.ts';
