import { type LintWarning, type Policy, type RuntimeRule, toProcessEntry } from '@ringfence/policy/schema';
import { Badge } from '../../ui/badge.tsx';
import { EffectSelect } from '../../ui/effect-select.tsx';
import { effectWords } from './effect-words.ts';
import { RuleList } from './rule-list.tsx';
import { RuntimeDrawer } from './runtime-form/runtime-drawer.tsx';

type Props = {
  policy: Policy;
  warnings: LintWarning[];
  editable: boolean;
  onChange: (edit: (policy: Policy) => Policy) => void;
};

const empty = {
  title: 'No rules: no function is guarded',
  words:
    'A new rule applies to all functions and lets only their main process run. Begin with the effect Alert to see what would be stopped, then change it to Prevent.',
};

function describeAllowed({ process }: RuntimeRule): string {
  if (process.effect === 'disable') return 'Processes are not watched';
  const paths = process.allow.map((entry) => toProcessEntry(entry).path);
  if (paths.length === 0) return 'Only the main process';
  const more = paths.length > 2 ? ` and ${paths.length - 2} more` : '';
  return `Main process, ${paths.slice(0, 2).join(', ')}${more}`;
}

/** The sections beside the processes that are watched. */
const otherSections = ({ network, files }: RuntimeRule) =>
  [
    { name: 'Network', effect: network?.effect ?? 'disable' },
    { name: 'Files', effect: files?.effect ?? 'disable' },
  ].filter(({ effect }) => effect !== 'disable');

function Summary({ rule }: { rule: RuntimeRule }) {
  return (
    <>
      <span
        className="line-clamp-2 basis-full [overflow-wrap:anywhere]"
        title={rule.process.allow.map((entry) => toProcessEntry(entry).path).join('\n')}
      >
        {describeAllowed(rule)}
      </span>
      {otherSections(rule).map(({ name, effect }) => (
        <Badge key={name} tone={effectWords[effect].tone}>
          {name}: {effectWords[effect].label}
        </Badge>
      ))}
      {rule.secrets.length > 0 && (
        <span>{rule.secrets.length === 1 ? 'one secret' : `${rule.secrets.length} secrets`}</span>
      )}
      {rule.onError === 'open' && <span>starts unguarded if it must</span>}
    </>
  );
}

/** What functions may do while they run. */
export function RuntimeRulesTab({ policy, warnings, editable, onChange }: Props) {
  return (
    <RuleList
      rules={policy.runtime.rules}
      warnings={warnings}
      editable={editable}
      setRules={(edit) =>
        onChange((before) => ({
          ...before,
          runtime: { ...before.runtime, rules: edit(before.runtime.rules) },
        }))
      }
      empty={empty}
      renderEffect={(rule, onRule) => (
        <EffectSelect
          value={rule.process.effect}
          words={effectWords}
          label={`Effect of rule ${rule.name}`}
          disabled={!editable}
          onChange={(effect) => onRule({ ...rule, process: { ...rule.process, effect } })}
        />
      )}
      renderSummary={(rule) => <Summary rule={rule} />}
      renderForm={(editing) => <RuntimeDrawer policy={policy} editable={editable} {...editing} />}
    />
  );
}
