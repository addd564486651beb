import { type SwitchedClass, switchedClasses } from '../compiled/waas-section.ts';
import type { WaasException } from '../sections/waas/exceptions.ts';
import type { Route } from '../sections/waas/shapes.ts';
import type { WaasRule } from '../sections/waas/waas-rule.ts';
import type { RuleWarning } from './lint-warning.ts';

/** Below this confidence (per cent) honest texts are among what is found. */
const SURE = 60;

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

/** Warns of what only a protection looks at that is disabled. */
function lintIgnored(rule: WaasRule, section: 'patterns' | 'shapes', name: SwitchedClass): RuleWarning[] {
  if (rule[section].length === 0 || (rule.protections[name] ?? rule.effect) !== 'disable') return [];
  return [
    {
      code: 'section-ignored',
      path: [section],
      message: `There are ${section}, but the protection ${name} is disabled, so they are not looked at.`,
      advice: `Set protections.${name} to another effect, or remove the ${section}.`,
    },
  ];
}

/** A path with its parameters' names left out: `/orders/{id}` and `/orders/{order}` are for the same requests. */
const templateOf = (path: string) => path.replace(/\{[^}+]+(\+?)\}/g, '{$1}');

function lintShapes(shapes: Route[]): RuleWarning[] {
  return shapes.flatMap(({ method, path }, index) => {
    const earlier = shapes
      .slice(0, index)
      .find(
        (each) => templateOf(each.path) === templateOf(path) && [undefined, method].includes(each.method),
      );
    if (!earlier) return [];
    return [
      {
        code: 'shape-never-reached' as const,
        path: ['shapes', index],
        message: `An earlier shape is for all requests to ${path} already, so this one is never looked at.`,
        advice: 'Remove one of the two.',
      },
    ];
  });
}

/** What a WAAS rule says of events, their fields and the answer. */
export function lintWaas(rule: WaasRule): RuleWarning[] {
  const { exceptions, patterns, response, confidence } = rule;
  const warnings: RuleWarning[] = [
    ...exceptions.flatMap(lintException),
    ...patterns.flatMap(({ match }, index) => lintPattern(match, index)),
    ...lintIgnored(rule, 'patterns', 'custom'),
    ...lintIgnored(rule, 'shapes', 'shape'),
    ...lintShapes(rule.shapes),
  ];
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
