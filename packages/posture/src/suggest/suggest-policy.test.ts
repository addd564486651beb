import { fileURLToPath } from 'node:url';
import { parsePolicyYaml } from '@ringfence/policy';
import { expect, test } from 'vitest';
import { readTemplate } from '../cloudformation/read-template.ts';
import { buildGraph } from '../graph/build-graph.ts';
import { formatSuggestions } from './format-suggestions.ts';
import { suggestPolicy } from './suggest-policy.ts';

const shop = fileURLToPath(new URL('../../../../examples/apps/shop', import.meta.url));
const inventory = readTemplate(`${shop}/template.yaml`, {}, shop);
const { suggestions, notes } = await suggestPolicy(buildGraph(inventory), shop);
const of = (id: string) => {
  const found = suggestions.find(({ collection }) => collection.name === id);
  return found ? { ...found, allowed: found.runtime.process.allow } : expect.fail(`no rule for ${id}`);
};

test('there is a rule for each function, under the name that CloudFormation gives it', () => {
  expect(notes).toEqual([]);
  expect(suggestions).toHaveLength(12);
  expect(of('Health').collection.functions).toEqual(['*-Health-*']);
});

test('a function that starts nothing and connects to nothing may do neither', () => {
  expect(of('Health').runtime).toMatchObject({
    process: { effect: 'prevent', allow: [] },
    network: { effect: 'prevent', outbound: [] },
  });
});

test('a function may talk to the services that it calls', () => {
  const hosts = ['*.ddb.*.amazonaws.com:443', 'dynamodb.*.amazonaws.com:443', 'sqs.*.amazonaws.com:443'];
  expect(of('CreateOrder').runtime.network).toMatchObject({ effect: 'prevent', outbound: hosts });
});

test('what the code could be attacked by is refused, all else told', () => {
  const { waas, allowed, runtime } = of('SearchOrders');
  expect(waas).toMatchObject({ effect: 'alert', protections: { cmdi: 'prevent' } });
  expect(allowed).toContain('/usr/bin/grep');
  expect(runtime.process.effect).toBe('prevent');
});

test('a secret is kept from other processes', () => {
  expect(of('SendMail').runtime.secrets).toEqual(['SMTP_PASSWORD']);
});

test('as YAML it is a policy, which says why', () => {
  const yaml = formatSuggestions(suggestions);
  expect(parsePolicyYaml(yaml, 'suggested.yaml')).toMatchObject({
    ok: true,
    policy: { runtime: { rules: suggestions.map(({ runtime }) => runtime) } },
  });
  expect(yaml).toContain('effect: prevent # starts no processes');
  expect(yaml).toMatch(/- smtp\.shop\.example:465 # index\.mjs:\d+/);
});
