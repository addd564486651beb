import { z } from 'zod';
import { switchedClasses } from '../../compiled/waas-section.ts';
import { checkedText, findTextProblem } from '../text-problem.ts';
import { IpNetworkText } from './sources.ts';

/** Longer paths the engine cuts. */
const PATH_BYTES = 256;

function findFieldProblem(field: string): string | undefined {
  if (field === '') return 'must not be empty; write * for every field';
  if (new TextEncoder().encode(field).length > PATH_BYTES) return `must be at most ${PATH_BYTES} bytes long`;
  return findTextProblem(field);
}

export const WaasException = z
  .strictObject({
    classes: z
      .array(z.enum(switchedClasses))
      .min(1, 'must name at least one class; leave the key out for all')
      .max(switchedClasses.length, `must name at most ${switchedClasses.length} classes`)
      .optional()
      .describe('The protections that are silent there. Left out: all.'),
    field: checkedText(findFieldProblem).describe(
      'A glob over paths of fields, as audits write them, such as body.query or Records[*].body; * stands for any characters, ? for one.',
    ),
    sources: z
      .array(IpNetworkText)
      .min(1, 'must hold at least one network; leave the key out for all')
      .max(256, 'must hold at most 256 networks')
      .optional()
      .describe('Addresses and networks that it holds for. Left out: all.'),
  })
  .describe('What is known to be harmless, and is neither told nor stopped.');
export type WaasException = z.infer<typeof WaasException>;
