import type { LintWarning, Policy, RuntimeRule } from '@ringfence/policy/schema';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { LintNotice } from './lint-notice.tsx';
import { moveItem, nameCopy } from './list-edits.ts';
import { RuleDrawer } from './rule-form/rule-drawer.tsx';
import { RuleRow } from './rule-row.tsx';

type Props = {
  policy: Policy;
  warnings: LintWarning[];
  editable: boolean;
  onChange: (edit: (policy: Policy) => Policy) => void;
};

/** The ordered rules: see, create, edit, duplicate, reorder, switch, delete. */
export function RulesTab({ policy, warnings, editable, onChange }: Props) {
  const { rules } = policy.runtime;
  const [editing, setEditing] = useState<{ index: number } | 'new'>();
  const [deleting, setDeleting] = useState<number>();
  const [dragged, setDragged] = useState<number>();
  const [told, setTold] = useState('');

  const setRules = (edit: (rules: RuntimeRule[]) => RuntimeRule[]) =>
    onChange((before) => ({ ...before, runtime: { ...before.runtime, rules: edit(before.runtime.rules) } }));
  const move = (from: number, to: number) => {
    setRules((before) => moveItem(before, from, to));
    if (to >= 0 && to < rules.length)
      setTold(`“${rules[from]?.name}” is now rule ${to + 1} of ${rules.length}`);
  };
  const duplicate = (index: number) =>
    setRules((before) => {
      const rule = before[index];
      if (!rule) return before;
      const copy = {
        ...structuredClone(rule),
        name: nameCopy(
          rule.name,
          before.map(({ name }) => name),
        ),
      };
      return before.toSpliced(index + 1, 0, copy);
    });
  const replace = (index: number, rule: RuntimeRule) => setRules((before) => before.with(index, rule));
  const save = (rule: RuntimeRule) => {
    if (editing === 'new') setRules((before) => [rule, ...before]);
    else if (editing) replace(editing.index, rule);
    setEditing(undefined);
  };

  return (
    <div className="flex flex-col gap-3">
      <LintNotice warnings={warnings} />
      {editable && rules.length > 0 && (
        <div className="flex items-center justify-between gap-3">
          <p className="hidden text-[13px] text-muted sm:block">
            Drag a rule, or press Alt with the up or down key on it.
          </p>
          <Button look="primary" icon="plus" onClick={() => setEditing('new')}>
            New rule
          </Button>
        </div>
      )}
      {rules.length === 0 ? (
        <EmptyState icon="policy" title="No rules: no function is guarded">
          <p>
            A new rule applies to all functions and lets only their main process run. Begin with the effect
            Alert to see what would be stopped, then change it to Prevent.
          </p>
          {editable && (
            <Button look="primary" icon="plus" onClick={() => setEditing('new')}>
              New rule
            </Button>
          )}
        </EmptyState>
      ) : (
        <ol aria-label="Rules in order" className="overflow-hidden rounded-lg border border-line bg-surface">
          {rules.map((rule, index) => (
            <RuleRow
              key={rule.name}
              rule={rule}
              index={index}
              total={rules.length}
              editable={editable}
              warnings={warnings.filter((warning) => warning.rule === rule.name)}
              dragged={dragged}
              onDrag={setDragged}
              onMove={move}
              onEffect={(effect) => replace(index, { ...rule, process: { ...rule.process, effect } })}
              onEdit={() => setEditing({ index })}
              onDuplicate={() => duplicate(index)}
              onDelete={() => setDeleting(index)}
            />
          ))}
        </ol>
      )}
      <p aria-live="assertive" className="sr-only">
        {told}
      </p>
      {editing && (
        <RuleDrawer
          policy={policy}
          index={editing === 'new' ? undefined : editing.index}
          editable={editable}
          onSave={save}
          onClose={() => setEditing(undefined)}
        />
      )}
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
