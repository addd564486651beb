import { expect, test } from 'vitest';
import { RuntimeRule } from '../policy-schema.ts';
import { explainSections } from './explain-sections.ts';

const explain = (sections: object) =>
  Object.fromEntries(
    explainSections(RuntimeRule.parse({ name: 'r', ...sections })).map(({ section, words }) => [
      section,
      words,
    ]),
  );

test('a rule of nothing but a name', () => {
  expect(explain({})).toEqual({
    process:
      'Only the main process may run; anything else is stopped, and is told. What looks like a crypto-miner is stopped, and is told.',
    network: 'The network is not watched.',
    files: 'Files are not watched.',
  });
});

test('every section of a full rule', () => {
  const words = explain({
    process: {
      effect: 'alert',
      miners: 'disable',
      allow: [
        '/usr/bin/true',
        { path: '/usr/bin/gs', arguments: ['-q', '-s*', '**'], parents: ['/usr/bin/node', '/bin/*'] },
        { path: '/usr/bin/id', arguments: [] },
      ],
    },
    network: { outbound: ['a.example:443', '10.0.0.0/8'], listen: [80], unix: ['@x'], metadata: 'allow' },
    files: { effect: 'learn', denyRead: ['/etc/shadow'], execute: [], sealed: ['${task}/**'] },
    secrets: ['DB_PASSWORD'],
    learn: { hours: 2, invocations: 50 },
  });
  expect(words).toEqual({
    process:
      'The main process, /usr/bin/true, /usr/bin/gs with "-q" "-s*" any further arguments when /usr/bin/node or /bin/* starts it, /usr/bin/id without arguments may run; anything else happens, and is told.',
    network:
      'It may connect to a.example:443, 10.0.0.0/8; listen on port 80; use the socket @x; reach the endpoints of metadata and credentials; anything else is stopped, and is told.',
    files:
      'It may read /** but not /etc/shadow; write ${tmp}/**; run nothing; anything else happens, and is recorded in the model. From its first event on it may not read ${task}/**.',
    secrets: 'The variables DB_PASSWORD are kept from /proc/*/environ and from child processes.',
    learn: 'Learning ends after 50 invocations or 2 hours, whichever comes first.',
  });
});

test('what is disabled is not watched, and an empty network leads nowhere', () => {
  expect(
    explain({ process: { effect: 'disable' }, network: { effect: 'disable' }, files: { effect: 'disable' } }),
  ).toEqual({
    process: 'Processes are not watched.',
    network: 'The network is not watched.',
    files: 'Files are not watched.',
  });
  expect(explain({ network: {} }).network).toBe(
    'No connection is allowed but to this machine; anything else is stopped, and is told.',
  );
});
