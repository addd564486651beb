import { type SwitchedClass, switchedClasses, type WaasEffect } from '../compiled/waas-section.ts';
import type { WaasRule } from '../sections/waas/waas-rule.ts';

const EFFECT_WORDS: Record<WaasEffect, string> = {
  ban: 'refused, and its source for a while',
  prevent: 'refused',
  alert: 'only told',
  disable: 'not looked for',
};

function explainProtections({ effect, protections, confidence }: WaasRule): string[] {
  const byEffect = (wanted: WaasEffect): SwitchedClass[] =>
    switchedClasses.filter((name) => (protections[name] ?? effect) === wanted);
  const refuses = [...byEffect('prevent'), ...byEffect('ban')].length > 0;
  return [
    ...(['ban', 'prevent', 'alert', 'disable'] as const).flatMap((wanted) => {
      const classes = byEffect(wanted);
      return classes.length === 0 ? [] : [`${classes.join(', ')}: ${EFFECT_WORDS[wanted]}.`];
    }),
    ...(refuses ? [`Below a confidence of ${confidence} per cent it is only told.`] : []),
  ];
}

const countRoutes = (count: number) => (count === 1 ? 'one route' : `${count} routes`);

/** What the rule says about the events of a function, sentence by sentence. */
export function explainWaas(rule: WaasRule): string[] {
  const { sources, exceptions, onError, shapes } = rule;
  const exceptionWords = exceptions.map(
    ({ classes, field, sources: networks }) =>
      `${classes?.join(', ') ?? 'everything'} in ${field}${networks ? ` from ${networks.join(', ')}` : ''}`,
  );
  return [
    ...explainProtections(rule),
    ...(shapes.length > 0
      ? [`Requests are checked against the shapes of ${countRoutes(shapes.length)}.`]
      : []),
    ...(exceptionWords.length > 0 ? [`Passed over: ${exceptionWords.join('; ')}.`] : []),
    ...(sources.allow.length > 0 ? [`Not judged: events from ${sources.allow.join(', ')}.`] : []),
    ...(sources.deny.length > 0 ? [`Refused: events from ${sources.deny.join(', ')}.`] : []),
    `An event that could not be judged fully is ${onError === 'open' ? 'given to the function' : 'refused'}.`,
  ];
}
