import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { finds } from './detect/judge-cases.ts';
import { loadEngine } from './node.ts';
import { carriers } from './test-support/carriers.ts';
import { wholeAttacks } from './test-support/whole-attacks.ts';

const engine = await loadEngine();

type Write = (char: string) => string;
const hex = (char: string) => char.charCodeAt(0).toString(16).padStart(2, '0');
const plain: Write = (char) => char;
const percent: Write = (char) => `%${hex(char)}`;
const percentTwice: Write = (char) => `%25${hex(char)}`;
const unicode: Write = (char) => `\\u00${hex(char)}`;
const decimal: Write = (char) => `&#${char.charCodeAt(0)};`;
const hexadecimal: Write = (char) => `&#x${hex(char)};`;

/** Each character written in one of the ways, chosen anew for each. */
const written = (text: string, ways: Write[]) =>
  fc
    .array(fc.constantFrom(...ways), { minLength: text.length, maxLength: text.length })
    .map((chosen) => [...text].map((char, at) => chosen[at]?.(char) ?? char).join(''));

const blanks = fc.oneof(
  fc.stringMatching(/^[ \t\r\n]{0,9}$/),
  fc.tuple(fc.constantFrom(' ', '\n', '\t'), fc.nat(70_000)).map(([blank, count]) => blank.repeat(count)),
);
const prose = fc
  .tuple(fc.array(fc.constantFrom('the', 'order', 'of', 'Anna', 'arrived.\n', '7')), fc.nat(500))
  .map(([words, count]) => `${words.join(' ')} `.repeat(count));
const hay = fc.array(fc.oneof(fc.jsonValue({ maxDepth: 3 }), prose), { maxLength: 5 });

describe.each(wholeAttacks)(
  '$class',
  ({ class: kind, attacks, anyCase = [], inProse = [], beforeProse = [] }) => {
    const attack = fc.constantFrom(...attacks, ...anyCase);
    const isFound = (text: string) => finds(kind, text);

    test('blanks around it do not hide it', () => {
      fc.assert(fc.property(blanks, attack, blanks, (before, text, after) => isFound(before + text + after)));
    });

    test.skipIf(inProse.length === 0)('prose around it does not hide it', () => {
      const one = fc.constantFrom(...inProse);
      fc.assert(
        fc.property(prose, one, prose, (before, text, after) => isFound(`${before}${text} ${after}`)),
      );
    });

    test.skipIf(beforeProse.length === 0)('prose behind it does not hide it', () => {
      fc.assert(
        fc.property(fc.constantFrom(...beforeProse), prose, (text, after) => isFound(`${text} ${after}`)),
      );
    });

    test.skipIf(anyCase.length === 0)('no case hides it', () => {
      const text = fc
        .constantFrom(...anyCase)
        .chain((one) => written(one, [plain, (char) => char.toUpperCase(), (char) => char.toLowerCase()]));
      fc.assert(fc.property(text, isFound));
    });

    test.each([
      ['percent-encoding', [plain, percent]],
      ['percent-encoding twice', [plain, percent, percentTwice]],
      ['character references', [plain, decimal, hexadecimal]],
      ['escapes of JSON', [unicode]],
    ])('%s of any of its characters does not hide it', (_, ways) => {
      fc.assert(
        fc.property(
          attack.chain((text) => written(text, ways)),
          isFound,
        ),
      );
    });

    test.each(carriers)('nothing beside it hides it in %s', (_, carry) => {
      fc.assert(
        fc.property(attack, hay, (text, beside) => {
          const { verdicts } = engine.inspectEvent(carry(text, beside));
          expect(verdicts.map((verdict) => verdict.class)).toContain(kind);
        }),
      );
    });
  },
);
