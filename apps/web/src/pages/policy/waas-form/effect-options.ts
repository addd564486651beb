import { waasEffects } from '@ringfence/policy/waas-section';
import { waasEffectWords } from '../../../waas/waas-words.ts';

/** The effects as choices, from the strictest. */
export const effectOptions = waasEffects.toReversed().map((value) => ({ value, ...waasEffectWords[value] }));
