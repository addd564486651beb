import { EFFECTS, type Effect } from '@ringfence/policy/schema';
import type { ReactNode } from 'react';
import { Choice } from '../choice.tsx';
import { effectWords } from '../effect-words.ts';
import { FormSection } from '../form-section.tsx';

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
  return (
    <FormSection title={title}>
      <Choice label={when} value={effect} options={options} onChange={onEffect} />
      {effect !== 'disable' && children}
    </FormSection>
  );
}
