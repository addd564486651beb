import type { Finding } from '../finding.ts';

/** The numbers of the weaknesses (CWE) that a finding names; 0 is none. */
export const listCwes = ({ references }: Finding): number[] =>
  references.flatMap((reference) => {
    const number = Number(/^CWE-(\d{1,6})$/.exec(reference)?.[1] ?? 0);
    return number > 0 ? [number] : [];
  });

/** The addresses that a finding names, as RFC 3986 has them: advisories are not as strict. */
export const listAddresses = ({ references }: Finding): string[] =>
  references
    .filter((reference) => URL.canParse(reference))
    .map((reference) => new URL(reference).href.replace(/[|^`{}[\]\\]/g, encodeURIComponent));
