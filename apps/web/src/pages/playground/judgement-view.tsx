import type { WaasException } from '@ringfence/policy/schema';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatBytes } from '../../ui/format-bytes.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { AddToRule } from '../../waas/add-to-rule.tsx';
import { makeException } from '../../waas/make-exception.ts';
import { SilenceView } from '../../waas/silence-view.tsx';
import { VerdictCard } from '../../waas/verdict-card.tsx';
import { AnswerView } from './answer-view.tsx';
import type { Judgement } from './judge.ts';

type Props = {
  judgement: Judgement;
  /** Names of the rules of the policy that an exception may go into. */
  rules: string[];
  onExcept: (exception: WaasException) => void;
  /** Shows a value in the text box; undefined where the text is too long for one. */
  onShow: ((place: number) => void) | undefined;
};

/** What the engine says: what becomes of the event, and each verdict. */
export function JudgementView({ judgement, rules, onExcept, onShow }: Props) {
  const { verdicts, event, milliseconds, bytes } = judgement;
  const leftOut = event?.leftOut ?? 0;
  return (
    <div className="flex flex-col gap-4">
      {event && (
        <Panel title="What becomes of it">
          <AnswerView event={event} />
        </Panel>
      )}
      {event && !judgement.isJson && (
        <Notice tone="info">
          This is no JSON: what can be read of it is judged, and the whole as one text.
        </Notice>
      )}
      {event?.incomplete && (
        <Notice tone="warn">
          Not all of it was judged: decoding it would take too long. The rule’s onError decides on such an
          event.
        </Notice>
      )}
      <Panel
        flush
        title={verdicts.length === 1 ? 'One verdict' : `${verdicts.length || 'No'} verdicts`}
        lead={`${formatBytes(bytes)} judged in ${formatMilliseconds(milliseconds)}`}
      >
        {verdicts.length === 0 && (
          <EmptyState icon="check" title="Nothing attacks here">
            <p>Every value was judged, in each of its encodings.</p>
          </EmptyState>
        )}
        <ol aria-label="Verdicts" className="divide-y divide-line">
          {verdicts.map((verdict, index) => {
            const exception = makeException(verdict);
            const { place } = verdict;
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: two verdicts may be alike
              <li key={index}>
                <VerdictCard verdict={verdict}>
                  {onShow && place !== undefined && (
                    <div>
                      <Button small onClick={() => onShow(place)}>
                        Show in the text
                      </Button>
                    </div>
                  )}
                  {exception && (
                    <SilenceView exception={exception}>
                      <Button small onClick={() => onExcept(exception)}>
                        Try it here
                      </Button>
                      <AddToRule rules={rules} exception={exception} />
                    </SilenceView>
                  )}
                </VerdictCard>
              </li>
            );
          })}
        </ol>
        {leftOut > 0 && (
          <p className="border-t border-line px-4 py-2 text-[13px] text-muted">
            And {leftOut} more, for which there is no room.
          </p>
        )}
      </Panel>
    </div>
  );
}

const formatMilliseconds = (milliseconds: number) =>
  milliseconds < 1 ? 'less than a millisecond' : `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
