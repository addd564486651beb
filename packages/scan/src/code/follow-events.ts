import { type Module, type OutsideCall, type Place, type Taint, taintsOf, type Value } from '@ringfence/code';
import { type CodeRuleName, codeRules } from './code-rules.ts';
import { followProgram } from './follow-program.ts';
import { isSafeFor } from './safety.ts';
import { htmlOf, sinks } from './sinks.ts';
import { isOfPlatform } from './sources.ts';

/** Event data that gets to where it does harm. */
export interface Flow {
  rule: CodeRuleName;
  /** Such as event.body.name. */
  source: string;
  /** What is called with it. */
  sink: string;
  /** From the source to the sink, both included. */
  places: Place[];
}

/** Follows events from the handlers of a program to the calls that do harm with them. */
export function followEvents(modules: Module[], named: string[] = []): { flows: Flow[]; isPartial: boolean } {
  const flows = new Map<string, Flow>();
  const tell = (rule: CodeRuleName, value: Value, sink: string, place: Place | undefined) => {
    const isHarmful = ({ source, safeFor }: Taint) =>
      !isOfPlatform(source) && !isSafeFor(codeRules[rule].safety, safeFor);
    const taint = taintsOf(value).find(isHarmful);
    const last = place ?? taint?.places.at(-1);
    if (!taint || !last) return;
    const key = `${rule} ${last.path}:${last.line}`;
    const isSame = (one: Place | undefined) => one?.line === last.line && one.path === last.path;
    const way = isSame(taint.places.at(-1)) ? taint.places.slice(0, -1) : taint.places;
    if (!flows.has(key)) flows.set(key, { rule, source: taint.source, sink, places: [...way, last] });
  };
  const onCall = (call: OutsideCall) => {
    for (const { rule, of, takes } of sinks)
      if (of.test(call.symbol))
        for (const value of takes ? takes(call) : call.arguments.slice(0, 1))
          if (value) tell(rule, value, call.symbol, call.place);
  };
  const { isPartial } = followProgram(modules, named, {
    onCall,
    onAnswer(answer) {
      const html = htmlOf(answer);
      if (html) tell('code/cross-site-scripting', html, 'the answer', undefined);
    },
  });
  return { flows: [...flows.values()], isPartial };
}
