import { type LintWarning, type Policy, WaasException, type WaasRule } from '@ringfence/policy/schema';
import { switchedClasses } from '@ringfence/policy/waas-section';
import { getRouteApi } from '@tanstack/react-router';
import { Badge } from '../../ui/badge.tsx';
import { EffectSelect } from '../../ui/effect-select.tsx';
import { nameClass, waasEffectWords } from '../../waas/waas-words.ts';
import { RuleList } from './rule-list.tsx';
import { WaasDrawer } from './waas-form/waas-drawer.tsx';

type Props = {
  policy: Policy;
  warnings: LintWarning[];
  editable: boolean;
  onChange: (edit: (policy: Policy) => Policy) => void;
};

const route = getRouteApi('/signed-in/policy');

const empty = {
  title: 'No WAAS rules: events are not judged',
  words:
    'A WAAS rule has events judged for SQL injection, cross-site scripting and other attacks before functions get them. Begin with the effect Alert, look at the audits of type waas, then change it to Prevent.',
};

/** Single protections that are shown for a rule. */
const SHOWN = 4;

const count = (number: number, one: string, many: string) =>
  number === 1 ? `one ${one}` : `${number} ${many}`;

function Summary({ rule }: { rule: WaasRule }) {
  const { protections, exceptions, patterns, shapes, sources } = rule;
  const single = switchedClasses.flatMap((name) => {
    const effect = protections[name];
    return effect === undefined || effect === rule.effect ? [] : { name, ...waasEffectWords[effect] };
  });
  const denied = sources.deny.length;
  return (
    <>
      {single.slice(0, SHOWN).map(({ name, label, tone }) => (
        <Badge key={name} tone={tone}>
          {nameClass(name)}: {label}
        </Badge>
      ))}
      {single.length > SHOWN && <span>{single.length - SHOWN} more</span>}
      {single.length === 0 && <span>All protections alike</span>}
      {exceptions.length > 0 && <span>{count(exceptions.length, 'exception', 'exceptions')}</span>}
      {patterns.length > 0 && <span>{count(patterns.length, 'pattern', 'patterns')}</span>}
      {shapes.length > 0 && <span>{count(shapes.length, 'route', 'routes')}</span>}
      {denied > 0 && <span>{count(denied, 'refused source', 'refused sources')}</span>}
      {rule.onError === 'closed' && <span>refuses what it cannot judge</span>}
    </>
  );
}

/** How events are judged. The address may name a rule whose form is open, with an exception to add to it. */
export function WaasRulesTab({ policy, warnings, editable, onChange }: Props) {
  const { rule: named, field, classes } = route.useSearch();
  const navigate = route.useNavigate();
  const { rules } = policy.waas;
  const position = rules.findIndex(({ name }) => name === named);
  const exception = WaasException.safeParse({ field, classes: classes?.split(',') }).data;
  const forget = () =>
    navigate({
      search: (before) => ({ ...before, rule: undefined, field: undefined, classes: undefined }),
      replace: true,
      resetScroll: false,
    });
  return (
    <RuleList
      rules={rules}
      warnings={warnings}
      editable={editable}
      setRules={(edit) =>
        onChange((before) => ({ ...before, waas: { ...before.waas, rules: edit(before.waas.rules) } }))
      }
      empty={empty}
      opened={position < 0 ? undefined : position}
      renderEffect={(rule, onRule) => (
        <EffectSelect
          value={rule.effect}
          words={waasEffectWords}
          label={`Effect of rule ${rule.name}`}
          disabled={!editable}
          onChange={(effect) => onRule({ ...rule, effect })}
        />
      )}
      renderSummary={(rule) => <Summary rule={rule} />}
      renderForm={({ index, onSave, onClose }) => (
        <WaasDrawer
          policy={policy}
          editable={editable}
          index={index}
          exception={index === position ? exception : undefined}
          onSave={(rule) => {
            onSave(rule);
            void forget();
          }}
          onClose={() => {
            onClose();
            void forget();
          }}
        />
      )}
    />
  );
}
