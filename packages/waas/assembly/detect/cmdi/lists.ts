// A lone word between separators may be an item of a list: `name|id|date`, `salt & date`, `&copy; 2024`.
import { byteAt, find, Is, is } from '../../base/bytes';
import { Shell } from '../../build/shell-words';
import { endOfEntity, entityAt } from '../../decode/entities';
import { commandEnd } from './arguments';
import { Char } from './characters';
import { commandSets, commandTraits } from './command';
import { isLast, isSeparator } from './endings';
import { isBehindSeparator, Place } from './place';
import { contentAt, valueIsWord } from './surroundings';
import { Word } from './word';

const LONGEST_ENTITY: usize = 10;

/** How much less the lone name read last is to be believed, in points; the separator before it is at `from`. */
export function penaltyOfList(place: Place, from: usize, end: usize): i32 {
  if (!isBehindSeparator(place) || !(commandSets & (Shell.WORD | Shell.TOOL | Shell.DEVELOP))) return 0;
  const separator = byteAt(from);
  const after = byteAt(commandEnd);
  const probes = isProbe(place, separator);
  let points =
    separator === Char.AMPERSAND && after === Char.SEMICOLON && !(probes && place === Place.OPENING) ? 50 : 0;
  if (place !== Place.OPENING) {
    if (!probes) points += 20;
    if (isListed(from)) points += 30;
    if (!valueIsWord) points -= 5;
    else if (is(byteAt(from + 1), Is.SPACE) && !isSeparator(byteAt(from - 1))) points += 10;
  }
  const goesOn =
    after === separator && is(byteAt(commandEnd + 1), Is.LETTER | Is.SPACE) && !isLast(commandEnd, end);
  const closed =
    place === Place.OPENING ? separator !== Char.PIPE : byteAt(from - 1) === Char.CLOSE_PARENTHESIS;
  return goesOn && !closed ? points + 40 : points;
}

/** Whether the name is one that attackers try alone, and data hardly has. */
function isProbe(place: Place, separator: i32): bool {
  if (place === Place.CHAIN && separator === Char.PIPE && commandSets & Shell.SHELL) return true;
  return (commandSets & Shell.PROBE) !== 0 || (commandTraits & Word.SLASH) !== 0;
}

/** Whether the `;` at `at` ends an entity of HTML: `&lt;`, `&#39;`. */
export function endsEntity(at: usize, start: usize): bool {
  if (byteAt(at) !== Char.SEMICOLON) return false;
  const end = at + 1;
  const limit = at - min(at - start, LONGEST_ENTITY);
  while (at > limit && (is(byteAt(at - 1), Is.LETTER | Is.DIGIT) || byteAt(at - 1) === Char.HASH)) at--;
  return (
    at > limit && byteAt(at - 1) === Char.AMPERSAND && entityAt(at - 1, end) >= 0 && endOfEntity() === end
  );
}

/** Whether the separator at `at` already stands between words before. */
function isListed(at: usize): bool {
  const before = find(contentAt, at, byteAt(at));
  return before < at && is(byteAt(before + 1), Is.LETTER | Is.SPACE);
}
