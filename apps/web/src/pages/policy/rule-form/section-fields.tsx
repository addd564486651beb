import { EFFECTS, type Effect } from '@ringfence/policy/schema';
import { type ReactNode, useId } from 'react';
import { Choice } from '../choice.tsx';
import { effectWords } from '../effect-words.ts';

const order: Effect[] = ['prevent', 'alert', 'learn', 'disable'];
const options = EFFECTS.toSorted((a, b) => order.indexOf(a) - order.indexOf(b)).map((value) => ({
  value,
  ...effectWords[value],
}));

type Props = {
  title: string;
  /** When something happens that the section does not allow. */
  when: string;
  effect: Effect;
  onEffect: (effect: Effect) => void;
  children: ReactNode;
};

/** A section of a rule: its effect, and its fields while it is watched. */
export function SectionFields({ title, when, effect, onEffect, children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4 border-t border-line pt-4">
      <h3 id={id} className="text-[15px] font-semibold">
        {title}
      </h3>
      <Choice label={when} value={effect} options={options} onChange={onEffect} />
      {effect !== 'disable' && children}
    </section>
  );
}
