import { AUDIT_LINE_BYTES, Audit } from './audit-schema.ts';

export type AuditLineResult = { ok: true; audit: Audit } | { ok: false; error: string };

const encoder = new TextEncoder();
const refuse = (error: string): AuditLineResult => ({ ok: false, error });

/** Reads one line (with or without its newline) as an audit. Never throws; errors are in words and name the field. */
export function parseAuditLine(line: string): AuditLineResult {
  const text = line.endsWith('\n') ? line.slice(0, -1) : line;
  // A character takes at least one byte, so a huge line is refused before it is encoded.
  const length = text.length >= AUDIT_LINE_BYTES ? text.length : encoder.encode(text).length;
  if (length >= AUDIT_LINE_BYTES)
    return refuse(`the line is longer than ${AUDIT_LINE_BYTES} bytes with its newline`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refuse('the line is not JSON');
  }
  const parsed = Audit.safeParse(value);
  if (parsed.success) return { ok: true, audit: parsed.data };
  const words = parsed.error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join('.') || 'the line'}: ${message}`);
  return refuse(words.join('; '));
}
