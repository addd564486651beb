import type { Policy, ScopedRule } from '@ringfence/policy/schema';
import type { ReactNode } from 'react';
import { Notice } from '../../ui/notice.tsx';
import type { RuleCheck } from './check-rule.ts';
import { CollectionPicker } from './collection-picker.tsx';
import { DraftDrawer } from './draft-drawer.tsx';
import { LintNotice } from './lint-notice.tsx';
import type { Editing } from './rule-list.tsx';

type Props<Rule extends ScopedRule> = Omit<Editing<Rule>, 'index'> & {
  policy: Policy;
  /** As it stands in the draft; undefined for a new one. */
  original: ScopedRule | undefined;
  editable: boolean;
  namePlaceholder: string;
  form: ScopedRule;
  check: RuleCheck<Rule>;
  onForm: (part: Partial<ScopedRule>) => void;
  children: ReactNode;
};

/** The form of one rule of any kind: its name, whom it applies to, what is wrong with it, and what else it says. */
export function RuleDrawer<Rule extends ScopedRule>(props: Props<Rule>) {
  const { policy, form, check, onForm } = props;
  const whole = check.error();
  return (
    <DraftDrawer
      what="Rule"
      original={props.original}
      editable={props.editable}
      name={form.name}
      namePlaceholder={props.namePlaceholder}
      nameError={check.error('name')}
      onName={(name) => onForm({ name })}
      isValid={check.ok}
      onApply={() => props.onSave(check.rule)}
      onClose={props.onClose}
    >
      <CollectionPicker
        policy={policy}
        chosen={form.collections}
        onChange={(collections) => onForm({ collections })}
        error={check.error('collections')}
      />
      <LintNotice warnings={check.warnings} />
      {whole && <Notice tone="danger">The rule {whole}.</Notice>}
      {props.children}
    </DraftDrawer>
  );
}
