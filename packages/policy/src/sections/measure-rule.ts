import { encodeShapes } from '../compiled/waas-shapes.ts';
import type { RuntimeRule } from '../policy-schema.ts';
import { FILE_LISTS } from './files.ts';
import { toProcessEntry } from './process.ts';
import type { WaasRule } from './waas/waas-rule.ts';

/** A Defender takes 64 KiB: this, and what signs it after many rotations. */
export const RULE_BYTES = 56_000;

const encoder = new TextEncoder();
/** Enough for what stands before each text, and for an address that is shorter as text. */
const OVERHEAD = 24;

const measureTexts = (texts: string[]) =>
  texts.reduce((sum, text) => sum + encoder.encode(text).length + OVERHEAD, 256);

/** How many bytes the rule takes at most when it is compiled. */
export function measureRule({
  process,
  network,
  files,
  secrets,
}: Pick<RuntimeRule, 'process' | 'network' | 'files' | 'secrets'>) {
  const texts = [
    ...process.allow.flatMap((entry) => {
      const { path, arguments: patterns = [], parents = [] } = toProcessEntry(entry);
      return [path, ...patterns, ...parents];
    }),
    ...(network ? [...network.listen.map(String), ...network.outbound, ...network.unix] : []),
    ...(files ? FILE_LISTS.flatMap((list) => files[list]) : []),
    ...secrets,
  ];
  return measureTexts(texts);
}

/** The same for a WAAS rule. */
export function measureWaasRule({ exceptions, patterns, shapes, sources, response }: WaasRule) {
  const texts = [
    ...[response.type, response.body, ...sources.allow, ...sources.deny],
    ...exceptions.flatMap(({ field, sources: networks = [] }) => [field, ...networks]),
    ...patterns.flatMap(({ name, match }) => [name, match]),
  ];
  return measureTexts(texts) + encodeShapes(shapes).length;
}
