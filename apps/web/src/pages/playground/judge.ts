import type { EngineSettings } from '@ringfence/policy/waas-section';
import { Engine, type Inspection } from '@ringfence/waas/engine';
import type { ShownVerdict } from '../../waas/shown-verdict.ts';

/** What is to be judged, and by which settings: a whole event, or one text as a function would receive it. */
export type Job = { text: string; kind: 'event' | 'text'; settings: EngineSettings };

/** A verdict, and where in the text the value begins that held it. */
type PlacedVerdict = ShownVerdict & { place?: number };

export type Judgement = {
  verdicts: PlacedVerdict[];
  /** Of an event: what else the engine says, and what a queue gets where the function gets a part of the records. */
  event: (Omit<Inspection, 'verdicts'> & { merged?: string }) | undefined;
  isJson: boolean;
  /** Of judging alone. */
  milliseconds: number;
  bytes: number;
};

/** For how long verdicts are judged again to find their surroundings; of a long event the last ones may have none. */
const SURROUNDINGS_MILLISECONDS = 300;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const inspect = (engine: Engine, { kind, text }: Job) =>
  kind === 'event' ? engine.inspectEvent(text) : { verdicts: engine.inspectText(text) };

/** Judges in engines that nothing was judged in before: what one bans would be refused in the next round. */
export async function judge(module: WebAssembly.Module, job: Job): Promise<Judgement> {
  const engine = await Engine.load(module, job.settings);
  const begun = performance.now();
  const { verdicts, ...event } = inspect(engine, job);
  const milliseconds = performance.now() - begun;
  const bytes = new TextEncoder().encode(job.text);

  const placed: PlacedVerdict[] = [];
  const until = performance.now() + SURROUNDINGS_MILLISECONDS;
  for (const [index, verdict] of verdicts.entries()) {
    if (performance.now() > until) {
      placed.push(verdict);
      continue;
    }
    const watching = await Engine.load(module, job.settings);
    watching.watch(index);
    inspect(watching, job);
    const surroundings = watching.surroundings();
    placed.push({
      ...verdict,
      surroundings,
      ...(surroundings && { place: new TextDecoder().decode(bytes.subarray(0, surroundings.place)).length }),
    });
  }
  return {
    verdicts: placed.toSorted((a, b) => b.confidence - a.confidence),
    event: 'trigger' in event ? { ...event, ...mergeNothing(engine, event.decision) } : undefined,
    isJson: isJson(job.text),
    milliseconds,
    bytes: bytes.length,
  };
}

/** What the queue is told when the function itself answers nothing. */
const mergeNothing = (engine: Engine, decision: Inspection['decision']) =>
  decision.kind === 'replace' &&
  decision.failures !== '' && { merged: engine.mergeResponse('null', decision.failures) };
