import type { LintWarning, ScopedRule } from '@ringfence/policy/schema';
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LintNotice } from './lint-notice.tsx';
import { moveItem, nameCopy } from './list-edits.ts';
import { RuleRow } from './rule-row.tsx';

/** What a form of a rule needs: its place (undefined for a new one), and where to go from it. */
export type Editing<Rule> = {
  index: number | undefined;
  onSave: (rule: Rule) => void;
  onClose: () => void;
};

type Props<Rule extends ScopedRule> = {
  rules: Rule[];
  warnings: LintWarning[];
  editable: boolean;
  setRules: (edit: (rules: Rule[]) => Rule[]) => void;
  /** What is shown while there are no rules. */
  empty: { title: string; words: string };
  /** The rule whose form is open at first. */
  opened?: number | undefined;
  renderEffect: (rule: Rule, onChange: (rule: Rule) => void) => ReactNode;
  renderSummary: (rule: Rule) => ReactNode;
  renderForm: (editing: Editing<Rule>) => ReactNode;
};

/** Ordered rules: see, create, edit, duplicate, reorder, switch, delete. */
export function RuleList<Rule extends ScopedRule>(props: Props<Rule>) {
  const { rules, warnings, editable, setRules, empty } = props;
  const [editing, setEditing] = useState<{ index: number | undefined } | undefined>(
    props.opened === undefined ? undefined : { index: props.opened },
  );
  const [deleting, setDeleting] = useState<number>();
  const [dragged, setDragged] = useState<number>();
  const [told, setTold] = useState('');

  const move = (from: number, to: number) => {
    setRules((before) => moveItem(before, from, to));
    if (to >= 0 && to < rules.length)
      setTold(`“${rules[from]?.name}” is now rule ${to + 1} of ${rules.length}`);
  };
  const duplicate = (index: number) =>
    setRules((before) => {
      const rule = before[index];
      if (!rule) return before;
      const taken = before.map(({ name }) => name);
      return before.toSpliced(index + 1, 0, { ...structuredClone(rule), name: nameCopy(rule.name, taken) });
    });
  const save = (index: number | undefined, rule: Rule) => {
    setRules((before) => (index === undefined ? [rule, ...before] : before.with(index, rule)));
    setEditing(undefined);
  };
  const newButton = editable && (
    <Button look="primary" icon="plus" onClick={() => setEditing({ index: undefined })}>
      New rule
    </Button>
  );

  return (
    <div className="flex flex-col gap-3">
      <LintNotice warnings={warnings} />
      {rules.length === 0 ? (
        <EmptyState icon="policy" title={empty.title}>
          <p>{empty.words}</p>
          {newButton}
        </EmptyState>
      ) : (
        <>
          {editable && (
            <div className="flex items-center justify-between gap-3">
              <p className="hidden text-[13px] text-muted sm:block">
                Drag a rule, or press Alt with the up or down key on it.
              </p>
              {newButton}
            </div>
          )}
          <ol
            aria-label="Rules in order"
            className="overflow-hidden rounded-lg border border-line bg-surface"
          >
            {rules.map((rule, index) => (
              <RuleRow
                key={rule.name}
                rule={rule}
                index={index}
                total={rules.length}
                editable={editable}
                warnings={warnings.filter((warning) => warning.rule === rule.name)}
                dragged={dragged}
                effect={props.renderEffect(rule, (changed) => save(index, changed))}
                onDrag={setDragged}
                onMove={move}
                onEdit={() => setEditing({ index })}
                onDuplicate={() => duplicate(index)}
                onDelete={() => setDeleting(index)}
              >
                {props.renderSummary(rule)}
              </RuleRow>
            ))}
          </ol>
        </>
      )}
      <p aria-live="assertive" className="sr-only">
        {told}
      </p>
      {editing &&
        props.renderForm({
          index: editing.index,
          onSave: (rule) => save(editing.index, rule),
          onClose: () => setEditing(undefined),
        })}
      {deleting !== undefined && (
        <Confirm
          title={`Delete rule “${rules[deleting]?.name}”?`}
          action="Delete rule"
          onClose={() => setDeleting(undefined)}
          onConfirm={() => setRules((before) => before.toSpliced(deleting, 1))}
        >
          Functions that it applies to are then decided by the rules after it. It takes effect when you save
          the policy.
        </Confirm>
      )}
    </div>
  );
}
