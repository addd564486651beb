export { readTemplate, type TemplateOptions } from './cloudformation/read-template.ts';
export { graphFormats } from './graph/render-graph.ts';
export { findPosture, type Posture, readPosture } from './posture.ts';
export { PostureError } from './posture-error.ts';
export { type Inventory, placeIn, type Resource } from './resource.ts';
export { formatSuggestions } from './suggest/format-suggestions.ts';
export { type SuggestedPolicy, suggestPolicy } from './suggest/suggest-policy.ts';
export { inWords, type Place, placeOf } from './template/place.ts';
export { fill, holesOf, known, referenceOf } from './template/substitution.ts';
