import { explainPolicy, FunctionIdentity, type Policy, type RuleExplanation } from '@ringfence/policy/schema';
import { getRouteApi } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EffectBadge } from './effect-badge.tsx';
import { sectionNames } from './section-names.ts';
import { useKnownFunctions } from './use-known-functions.ts';

const route = getRouteApi('/signed-in/policy');

const fields = [
  { key: 'function', field: 'name', label: 'Function', start: '' },
  { key: 'region', field: 'region', label: 'Region', start: 'eu-west-1' },
  { key: 'account', field: 'account', label: 'Account', start: '123456789012' },
  { key: 'runtime', field: 'runtime', label: 'Runtime', start: 'nodejs20.x' },
  { key: 'cloud', field: 'cloud', label: 'Cloud', start: 'aws' },
  { key: 'arch', field: 'arch', label: 'Architecture', start: 'x86_64' },
] as const;

/** Which rules decide for a function, and why those before them do not. The function lies in the address. */
export function ExplainTab({ policy, changed }: { policy: Policy; changed: boolean }) {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const known = useKnownFunctions();
  const input = Object.fromEntries(fields.map(({ key, field, start }) => [field, search[key] ?? start]));
  const identity = FunctionIdentity.safeParse(input);
  const set = (part: Record<string, string>) =>
    navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  const errorOf = (field: string) => identity.error?.issues.find((issue) => issue.path[0] === field)?.message;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[22rem_minmax(0,1fr)]">
      <Panel title="Explain for function">
        <div className="grid grid-cols-2 gap-3 *:first:col-span-2 *:nth-2:col-span-2">
          {known.length > 0 && (
            <Field label="A known function">
              {(control) => (
                <select
                  {...control}
                  value=""
                  onChange={(event) => {
                    const chosen = known[Number(event.target.value)];
                    if (chosen) set(Object.fromEntries(fields.map(({ key, field }) => [key, chosen[field]])));
                  }}
                  className="control"
                >
                  <option value="">Choose…</option>
                  {known.map((each, position) => (
                    <option key={`${each.account}${each.region}${each.name}`} value={position}>
                      {each.name} ({each.region})
                    </option>
                  ))}
                </select>
              )}
            </Field>
          )}
          {fields.map(({ key, field, label }) => (
            <Field key={key} label={label} error={input[field] === '' ? undefined : errorOf(field)}>
              {(control) => (
                <input
                  {...control}
                  value={String(input[field] ?? '')}
                  onChange={(event) => set({ [key]: event.target.value })}
                  spellCheck={false}
                  autoComplete="off"
                  className="control"
                />
              )}
            </Field>
          ))}
        </div>
      </Panel>
      {identity.success ? (
        <Verdict policy={policy} identity={identity.data} changed={changed} />
      ) : (
        <p className="p-4 text-muted">
          Give a function to see which rule decides for it, and why the others do not.
        </p>
      )}
    </div>
  );
}

function Verdict({
  policy,
  identity,
  changed,
}: {
  policy: Policy;
  identity: FunctionIdentity;
  changed: boolean;
}) {
  const { sections, waas, ...runtime } = explainPolicy(policy, identity);
  const lead = changed ? 'With your unsaved changes.' : undefined;
  return (
    <div className="flex flex-col gap-4">
      <Decision
        title={runtime.rule ? `Rule “${runtime.rule.name}” decides` : 'No rule decides'}
        lead={lead}
        {...runtime}
      >
        {sections.length > 0 && (
          <dl className="mt-4 grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2.5 border-t border-line pt-4">
            {sections.map((section) => (
              <div key={section.section} className="contents">
                <dt>
                  <span className="block font-medium">{sectionNames[section.section]}</span>
                  {section.effect && <EffectBadge effect={section.effect} />}
                </dt>
                <dd className="[overflow-wrap:anywhere]">{section.words}</dd>
              </div>
            ))}
          </dl>
        )}
      </Decision>
      <Decision
        title={waas.rule ? `WAAS rule “${waas.rule.name}” decides` : 'No WAAS rule decides'}
        lead={lead}
        {...waas}
      >
        {waas.sentences.length > 0 && (
          <ul className="mt-4 flex flex-col gap-1 border-t border-line pt-4 [overflow-wrap:anywhere]">
            {waas.sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
      </Decision>
    </div>
  );
}

type DecisionProps = {
  title: string;
  lead: string | undefined;
  words: string;
  steps: RuleExplanation[];
  children: ReactNode;
};

/** Which of the rules of one kind decides, and why those before it do not. */
function Decision({ title, lead, words, steps, children }: DecisionProps) {
  return (
    <Panel title={title} lead={lead}>
      <p aria-live="polite" className="mb-4">
        {words}
      </p>
      <ol className="flex flex-col gap-2">
        {steps.map((step) => (
          <li key={step.index} className="flex gap-3">
            <span className={step.matched ? 'mt-0.5 text-good' : 'mt-0.5 text-muted'}>
              <Icon name={step.matched ? 'check' : 'close'} />
            </span>
            <span className={step.matched ? '' : 'text-muted'}>{step.words}</span>
          </li>
        ))}
      </ol>
      {children}
    </Panel>
  );
}
