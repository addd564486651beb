import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadEngine } from './index.ts';
import { needleSettings } from './test-settings.ts';

/** The pattern's evidence is the whole text, so that it shows what of it is told. */
const engine = await loadEngine(needleSettings({ patterns: [{ name: 'all', match: '*' }] }));

function told(event: object): string[] {
  return engine
    .inspectEvent(JSON.stringify(event))
    .verdicts.filter(({ decoding }) => decoding.length === 0)
    .map(({ evidence }) => evidence.text);
}

test.each<[text: string, told: string]>([
  ['x password=hunter2 y', 'x password=*** y'],
  ['user_Password : hunter2;z', 'user_Password : ***;z'],
  ['"api_key": "k-1", "a": 1 ', '"api_key": "***", "a": 1 '],
  ['x TOKEN=abc,token:def', 'x TOKEN=***,token:***'],
  ['Authorization: Basic eA== and more', 'Authorization: ***'],
  ['Cookie: a=1; b=2\nHost: x', 'Cookie: ***\nHost: x'],
  ['bearer e30.x rest', 'bearer *** rest'],
  ['a secret>abc', 'a secret>abc'],
  ['password', 'password'],
  ['a token of love', 'a token of love'],
  ['pässword=ü pwd=ü', 'pässword=ü pwd=***'],
])('%s', (text, expected) => {
  expect(told({ note: text })).toContain(expected);
});

test('a field that is named for a secret tells nothing', () => {
  expect(told({ login: { userPassword: 'hunter2' } })).toEqual(['***']);
  expect(told({ headers: { cookie: 'hunter2' } })).toEqual(['hunter2']);
});

test('the value behind a name never shows, and the rest stays', () => {
  const word = fc.stringMatching(/^[f-o]{1,30}$/);
  const name = fc.constantFrom('password', 'API-Key', 'sessionid', 'access_key');
  fc.assert(
    fc.property(word, name, fc.stringMatching(/^[0-9x-z]{1,30}$/), word, (before, secret, value, after) => {
      expect(told({ note: `${before} ${secret}=${value} ${after}` })).toContain(
        `${before} ${secret}=*** ${after}`,
      );
    }),
  );
});
