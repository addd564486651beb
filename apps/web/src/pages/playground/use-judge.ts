import { useEffect, useRef, useState } from 'react';
import type { Job } from './judge.ts';
import type { Outcome } from './judge-worker.ts';

type Answer = Outcome & { job: Job };

/** A worker that judges the newest job; those that came while it was busy with another are left out. */
function startJudge(onAnswer: (answer: Answer) => void) {
  const worker = new Worker(new URL('./judge-worker.ts', import.meta.url), { type: 'module' });
  let running: Job | undefined;
  let waiting: Job | undefined;
  const answer = (outcome: Outcome) => {
    const job = running;
    running = waiting;
    waiting = undefined;
    if (running) worker.postMessage(running);
    if (job) onAnswer({ ...outcome, job });
  };
  worker.onmessage = ({ data }: MessageEvent<Outcome>) => answer(data);
  worker.onerror = () => answer({ problem: 'The engine could not be loaded. Reload the page.' });
  return {
    ask(job: Job) {
      if (running) waiting = job;
      else {
        running = job;
        worker.postMessage(job);
      }
    },
    stop: () => worker.terminate(),
  };
}

/** What the engine says of the job: of the one before until it is done, which `isBusy` tells. Judges off the main thread. */
export function useJudge(job: Job): { outcome: Outcome | undefined; isBusy: boolean } {
  const [answer, setAnswer] = useState<Answer>();
  const judge = useRef<ReturnType<typeof startJudge>>(undefined);
  useEffect(() => {
    judge.current = startJudge(setAnswer);
    return judge.current.stop;
  }, []);
  useEffect(() => {
    judge.current?.ask(job);
  }, [job]);
  return { outcome: answer, isBusy: answer?.job !== job };
}
