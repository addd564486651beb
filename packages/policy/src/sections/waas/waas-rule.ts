import { z } from 'zod';
import { ruleScope } from '../../rule-scope.ts';
import { WaasException } from './exceptions.ts';
import { WaasPattern } from './patterns.ts';
import { ProtectionEffect, Protections } from './protections.ts';
import { WaasResponse } from './response.ts';
import { Shapes } from './shapes.ts';
import { Sources } from './sources.ts';

export const WaasRule = z
  .strictObject({
    ...ruleScope,
    onError: z
      .enum(['open', 'closed'])
      .default('open')
      .describe(
        'What happens with an event that could not be judged fully: open gives it to the function, closed refuses it.',
      ),
    effect: ProtectionEffect.default('alert').describe(
      'What each protection does that says nothing else: disable (it does not look), alert (the function gets the event, and an audit tells), prevent (the event is refused, and an audit tells) or ban (that, and its source is refused for a while).',
    ),
    protections: Protections.prefault({}),
    confidence: z
      .int()
      .min(0, 'must be at least 0')
      .max(100, 'must be at most 100 per cent')
      .default(60)
      .describe('Per cent. Verdicts below are only told, whatever the effect.'),
    exceptions: z
      .array(WaasException)
      .max(256, 'must hold at most 256 exceptions')
      .default([])
      .describe('What is known to be harmless.'),
    patterns: z
      .array(WaasPattern)
      .max(256, 'must hold at most 256 patterns')
      .default([])
      .describe('Patterns of your own, for the class custom.'),
    shapes: Shapes,
    sources: Sources.prefault({}),
    response: WaasResponse.prefault({}),
    records: z
      .enum(['retry', 'drop'])
      .default('retry')
      .describe(
        'What happens with refused records of queues and streams: retry leaves them to fail and come again or go to the dead-letter queue, drop takes them out.',
      ),
    banMinutes: z
      .int()
      .min(1, 'must be at least 1 minute')
      .max(10_080, 'must be at most 10080 minutes (a week)')
      .default(10)
      .describe('How long the effect ban refuses a source, in minutes.'),
  })
  .describe('One WAAS rule: how the events of functions are judged before the functions get them.');
export type WaasRule = z.infer<typeof WaasRule>;
/** A rule as it may be written: what has a default may be left out. */
export type WaasRuleInput = z.input<typeof WaasRule>;
