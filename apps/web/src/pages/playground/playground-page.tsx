import { toEngineSettings, WaasRule } from '@ringfence/policy/schema';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { policyQuery } from '../../api/policy.ts';
import { Loading } from '../../ui/loading.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Segments } from '../../ui/segments.tsx';
import { EventEditor, isEditable } from './event-editor.tsx';
import type { Example } from './examples.ts';
import type { Job } from './judge.ts';
import { JudgementView } from './judgement-view.tsx';
import { NoEvent } from './no-event.tsx';
import { RuleSettings } from './rule-settings.tsx';
import { useJudge } from './use-judge.ts';

const route = getRouteApi('/signed-in/playground');

/** Stands for no rule of the policy. */
const everything = WaasRule.parse({ name: 'Everything is prevented', effect: 'prevent' });

const kinds = { event: 'An event', text: 'One value' };

/** Where the value ends that begins at `place`: behind its closing quote in an event. */
function endOfValue({ kind, text }: Pick<Job, 'text' | 'kind'>, place: number): number {
  const string = /"(?:[^"\\]|\\.)*"/y;
  string.lastIndex = place;
  return kind === 'event' && string.test(text) ? string.lastIndex : text.length;
}

/** Judges what is pasted by the engine itself, in the browser. */
export function PlaygroundPage() {
  const { text: given } = route.useSearch();
  const { data: stored } = useQuery(policyQuery);
  const ofPolicy = stored?.policy.waas.rules ?? [];
  const [rule, setRule] = useState(everything);
  const [input, setInput] = useState<Pick<Job, 'text' | 'kind'>>(
    given === undefined ? { text: '', kind: 'event' } : { text: given, kind: 'text' },
  );
  const job = useMemo(() => ({ ...input, settings: toEngineSettings(rule) }), [input, rule]);
  const { outcome, isBusy } = useJudge(job);
  const area = useRef<HTMLTextAreaElement>(null);
  const choose = ({ text, kind }: Example) => setInput({ text, kind });
  const show = (place: number) => {
    const box = area.current;
    if (!box) return;
    box.focus();
    box.setSelectionRange(place, endOfValue(input, place));
    box.scrollTop = (box.scrollHeight * place) / input.text.length - box.clientHeight / 2;
  };
  return (
    <>
      <PageHeader
        title="WAAS playground"
        lead="The engine runs in this page: nothing that you paste is sent or stored."
      />
      <div className="grid items-start gap-5 xl:grid-cols-2">
        <section aria-label="What is judged" className="flex flex-col gap-4 xl:sticky xl:top-5">
          <RuleSettings rules={[everything, ...ofPolicy]} rule={rule} onChange={setRule} />
          <EventEditor
            label={kinds[input.kind]}
            text={input.text}
            onChange={(text) => setInput({ ...input, text })}
            area={area}
          >
            <Segments
              label="What it is"
              value={input.kind}
              options={kinds}
              onChange={(kind) => setInput({ ...input, kind })}
            />
          </EventEditor>
        </section>
        <section aria-label="Judgement" aria-busy={isBusy} className={isBusy ? 'opacity-70' : undefined}>
          {input.text === '' ? (
            <NoEvent onChoose={choose} />
          ) : !outcome ? (
            <Loading label="Judging" />
          ) : 'problem' in outcome ? (
            <Notice tone="danger">The engine gave up: {outcome.problem}</Notice>
          ) : (
            <JudgementView
              judgement={outcome.judgement}
              rules={rule.name === everything.name ? ofPolicy.map(({ name }) => name) : [rule.name]}
              onExcept={(exception) => setRule({ ...rule, exceptions: [...rule.exceptions, exception] })}
              onShow={isEditable(input.text) ? show : undefined}
            />
          )}
        </section>
      </div>
    </>
  );
}
