import { compilePolicy, decodeCompiledPolicy, Policy } from '@ringfence/policy';
import { expect, test } from 'vitest';
import { loadEngine } from './index.ts';

const identity = {
  cloud: 'aws',
  account: '1',
  region: 'eu-west-1',
  name: 'orders',
  runtime: 'nodejs22.x',
  arch: 'x86_64',
} as const;

/** The engine under a rule, by way of the compiled policy. */
function judgeBy(rule: object) {
  const policy = Policy.parse({ version: 1, waas: { rules: [{ name: 'r', ...rule }] } });
  const compiled = decodeCompiledPolicy(compilePolicy({ policy, identity, revision: 1, issuedAt: 0 }));
  return loadEngine(compiled.waas);
}

const request = (body: object, sourceIp = '192.0.2.1') =>
  JSON.stringify({
    httpMethod: 'POST',
    body: JSON.stringify(body),
    requestContext: { identity: { sourceIp } },
  });
const attack = request({ query: "1' OR '1'='1" });

test('a new rule tells and lets through', async () => {
  const { verdicts, decision } = (await judgeBy({})).inspectEvent(attack);
  expect(verdicts).toMatchObject([{ class: 'sqli', effect: 'alert' }]);
  expect(decision.kind).toBe('pass');
});

test('a protection has its own effect, and the refusal is what the rule says', async () => {
  const engine = await judgeBy({
    protections: { sqli: 'prevent' },
    response: { status: 451, type: 'text/html', body: '<p>no' },
  });
  const { decision } = engine.inspectEvent(attack);
  expect(decision.kind === 'answer' && JSON.parse(decision.response)).toMatchObject({
    statusCode: 451,
    headers: { 'content-type': 'text/html' },
    body: '<p>no',
  });
});

test.each<[string, object, string, string[]]>([
  ['an exception', { exceptions: [{ classes: ['sqli'], field: 'body.q*' }] }, attack, []],
  [
    'an exception for another class',
    { exceptions: [{ classes: ['xss'], field: 'body.q*' }] },
    attack,
    ['sqli'],
  ],
  [
    'an exception for another source',
    { exceptions: [{ field: '*', sources: ['10.0.0.0/8'] }] },
    attack,
    ['sqli'],
  ],
  [
    'an exception for IPv6',
    { exceptions: [{ field: '*', sources: ['2001:db8::/32'] }] },
    request({ q: "1' OR '1'='1" }, '2001:db8::7'),
    [],
  ],
  [
    'a pattern',
    { effect: 'disable', protections: { custom: 'alert' }, patterns: [{ name: 'p', match: '*OLD.pl*' }] },
    request({ q: '/old.PL' }),
    ['custom'],
  ],
  ['a denied source', { sources: { deny: ['192.0.2.0/24'] } }, request({ q: 1 }), ['source']],
  ['an allowed source', { sources: { allow: ['192.0.2.1'] } }, attack, []],
])('%s', async (_, rule, event, classes) => {
  const { verdicts } = (await judgeBy(rule)).inspectEvent(event);
  expect(verdicts.map((verdict) => verdict.class)).toEqual(classes);
});
