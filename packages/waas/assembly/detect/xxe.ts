// XML external entities: declarations that make a parser read files, ask other hosts, or grow without end.
import { find, startsWith } from '../base/bytes';
import { Has } from '../base/facts';
import { Class } from '../classes';
import { report } from '../verdicts';

export function detectXxe(at: usize, end: usize, facts: i32): void {
  if (!(facts & Has.LESS)) return;
  let entities = 0;
  for (at = find(at, end, 0x3c); at < end; at = find(at + 1, end, 0x3c)) {
    if (startsWith(at, end, '<!entity')) {
      entities++;
      const close = find(at, end, 0x3e);
      if (names(at + 8, close, 'system') || names(at + 8, close, 'public'))
        report(Class.XXE, 95, 'declares an entity that is read from elsewhere', at, close);
      else if (entities > 2)
        report(Class.XXE, 80, 'declares many entities, which can grow without end', at, close);
      else if (names(at + 8, close, '%'))
        report(Class.XXE, 80, 'declares an entity for further declarations', at, close);
    } else if (startsWith(at, end, '<!doctype')) {
      const close = min(find(at, end, 0x3e), find(at, end, 0x5b));
      const isExternal = names(at + 9, close, 'system') && !names(at + 9, close, 'about:legacy-compat');
      if (isExternal)
        report(Class.XXE, 85, 'declares a document type that is read from elsewhere', at, close);
    } else if (startsWith(at, end, '<xi:include'))
      report(Class.XXE, 85, 'includes another document', at, find(at, end, 0x3e));
  }
}

function names(at: usize, end: usize, word: string): bool {
  for (; at < end; at++) if (startsWith(at, end, word)) return true;
  return false;
}
