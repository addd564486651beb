import { describe, expect, it } from 'vitest';
import { findingSearch, isFiltered, toFindingQuery } from './finding-search.ts';
import { placeText } from './finding-words.ts';

describe('what the address says', () => {
  it('is a query of the API, with open findings where it says nothing', () => {
    expect(toFindingQuery({}).toString()).toBe('state=new%2Copen');
    const search = findingSearch.parse({
      tab: 'fixed',
      severity: 'critical,high',
      q: ' lodash ',
      by: 'advisory',
    });
    expect(Object.fromEntries(toFindingQuery(search))).toEqual({
      state: 'fixed',
      severity: 'critical,high',
      q: 'lodash',
    });
  });

  it('is not believed where it makes no sense', () => {
    const search = findingSearch.parse({ tab: 'all', by: 'colour', q: 'x'.repeat(201) });
    expect(search).toEqual({});
    expect(isFiltered(search)).toBe(false);
    expect(isFiltered({ ...search, rule: 'GHSA-1' })).toBe(true);
  });
});

it('writes places as editors take them', () => {
  expect(placeText({ path: 'a.js', line: 3, column: 7 })).toBe('a.js:3:7');
  expect(placeText({ path: 'a.js', line: 3 })).toBe('a.js:3');
  expect(placeText({ path: 'a.jar!/b.jar' })).toBe('a.jar!/b.jar');
});
