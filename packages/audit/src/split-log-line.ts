const BEGINNING = '{"ringfence":1,';

/** Separates an audit from what the function left unfinished on the same line of the log. */
export function splitLogLine(line: string): { text: string; audit?: string } {
  const at = line.indexOf(BEGINNING);
  return at < 0 ? { text: line } : { text: line.slice(0, at), audit: line.slice(at) };
}
