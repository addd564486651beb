import { switchedClasses } from '../compiled/waas-section.ts';
import type { WaasException } from '../sections/waas/exceptions.ts';
import type { WaasRule } from '../sections/waas/waas-rule.ts';
import type { RuleWarning } from './lint-warning.ts';

/** Below this confidence (per cent) honest texts are among what is found. */
const SURE = 70;

const isEverything = (glob: string) => /^\*+$/.test(glob);

const effectsOf = ({ effect, protections }: WaasRule) =>
  switchedClasses.map((name) => protections[name] ?? effect);

function lintException({ classes, field, sources }: WaasException, index: number): RuleWarning[] {
  if (!isEverything(field) || sources !== undefined) return [];
  const what = classes === undefined ? 'all that is found' : classes.join(', ');
  return [
    {
      code: 'exception-everywhere',
      path: ['exceptions', index],
      message: `An exception silences ${what} in every field, whoever sent it.`,
      advice:
        classes === undefined
          ? 'Name the field or the sources; for a whole function write a rule with the effect disable.'
          : 'Name the field or the sources, or disable the protections.',
    },
  ];
}

function lintPattern(pattern: string, index: number): RuleWarning[] {
  const path = ['patterns', index, 'match'];
  if (/^[*?]*\*[*?]*$/.test(pattern))
    return [
      {
        code: 'pattern-everything',
        pattern,
        path,
        message: `The pattern ${pattern} stands for every text, so every event is one that attacks.`,
        advice: 'Write what the texts have in common.',
      },
    ];
  if (pattern.includes('*')) return [];
  return [
    {
      code: 'pattern-whole',
      pattern,
      path,
      message: `The pattern ${pattern} stands for a whole text that is this and nothing more.`,
      advice: `Write *${pattern}* for texts that hold it.`,
    },
  ];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What a WAAS rule says of events, their fields and the answer. */
export function lintWaas(rule: WaasRule): RuleWarning[] {
  const { exceptions, patterns, response, confidence, protections } = rule;
  const warnings: RuleWarning[] = [
    ...exceptions.flatMap(lintException),
    ...patterns.flatMap(({ match }, index) => lintPattern(match, index)),
  ];
  if (patterns.length > 0 && (protections.custom ?? rule.effect) === 'disable')
    warnings.push({
      code: 'section-ignored',
      path: ['patterns'],
      message: 'There are patterns, but the protection custom is disabled, so they are not looked for.',
      advice: 'Set protections.custom to another effect, or remove the patterns.',
    });
  if (confidence < SURE && effectsOf(rule).some((effect) => effect === 'prevent' || effect === 'ban'))
    warnings.push({
      code: 'confidence-low',
      path: ['confidence'],
      message: `Events are refused from ${confidence} per cent on; below ${SURE} some are honest.`,
      advice: `Set confidence to ${SURE} or more, or begin with the effect alert.`,
    });
  if (/[/+]json\b/.test(response.type) && !isJson(response.body))
    warnings.push({
      code: 'response-not-json',
      path: ['response'],
      message: `The response has the type ${response.type}, but its body is no JSON.`,
      advice: 'Set response.type to what the body is, such as text/plain; charset=utf-8.',
    });
  return warnings;
}
