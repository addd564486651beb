// XML external entities: declarations that make a parser read files, ask other hosts, or grow without end.
import { find, findWord, Is, skip, startsWith } from '../base/bytes';
import { Has } from '../base/facts';
import { Class } from '../classes';
import { report } from '../verdicts';

// Where these stand next. They are only looked for anew once they have been passed, so that many declarations cost no more than one.
let closing: usize = 0;
let bracket: usize = 0;
let percent: usize = 0;
let system: usize = 0;
let publicly: usize = 0;
let legacy: usize = 0;
let namespace: usize = 0;
let start: usize = 0;

export function detectXxe(at: usize, end: usize, facts: i32): void {
  if (!(facts & Has.LESS)) return;
  closing = 0;
  bracket = 0;
  percent = 0;
  system = 0;
  publicly = 0;
  legacy = 0;
  namespace = 0;
  start = at;
  let entities = 0;
  for (at = find(at, end, 0x3c); at < end; at = find(at + 1, end, 0x3c)) {
    if (startsWith(at, end, '<!entity')) judgeEntity(at, end, ++entities);
    else if (startsWith(at, end, '<!doctype')) judgeDocumentType(at, end);
    else if (isInclusion(at, end))
      report(Class.XXE, 85, 'includes another document', at, nextClosing(at, end));
  }
}

/** `<xi:include`, or under whatever prefix the document gives the namespace in an element before it or in this one. */
function isInclusion(at: usize, end: usize): bool {
  const colon = skip(at + 1, end, Is.LETTER | Is.DIGIT | Is.UNDERSCORE);
  if (!startsWith(colon, end, ':include')) return false;
  if (startsWith(at, colon, '<xi')) return true;
  if (namespace === 0) namespace = findWord(start, end, 'www.w3.org/2001/xinclude');
  return namespace < end;
}

function nextClosing(at: usize, end: usize): usize {
  if (closing < at) closing = find(at, end, 0x3e);
  return closing;
}

function nextWord(known: usize, at: usize, end: usize, word: string): usize {
  return known >= at ? known : findWord(at, end, word);
}

function judgeEntity(at: usize, end: usize, entities: i32): void {
  const close = nextClosing(at, end);
  const name = at + 8;
  system = nextWord(system, name, end, 'system');
  publicly = nextWord(publicly, name, end, 'public');
  if (percent < name) percent = find(name, end, 0x25);
  if (system < close || publicly < close)
    report(Class.XXE, 95, 'declares an entity that is read from elsewhere', at, close);
  else if (entities > 2)
    report(Class.XXE, 80, 'declares many entities, which can grow without end', at, close);
  else if (percent < close) report(Class.XXE, 80, 'declares an entity for further declarations', at, close);
}

function judgeDocumentType(at: usize, end: usize): void {
  if (bracket < at) bracket = find(at, end, 0x5b);
  const close = min(nextClosing(at, end), bracket);
  system = nextWord(system, at + 9, end, 'system');
  legacy = nextWord(legacy, at + 9, end, 'about:legacy-compat');
  if (system < close && legacy >= close)
    report(Class.XXE, 85, 'declares a document type that is read from elsewhere', at, close);
}
