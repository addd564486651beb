import type { ModelEntry } from '@ringfence/audit';
import { RuntimeRule } from '@ringfence/policy';
import { beforeEach, expect, test } from 'vitest';
import { functionIdText } from '../../functions/function-registry.ts';
import { registerFunction } from '../../testing/console-client.ts';
import { makeModelLine, testFunction } from '../../testing/make-audit.ts';
import { useConsole } from '../../testing/test-console.ts';

const shared = useConsole();
const id = functionIdText(testFunction);
const use = (kind: ModelEntry['kind'], value: string, more: Partial<ModelEntry> = {}): ModelEntry => ({
  kind,
  value,
  count: 1,
  first: 1_790_000_000_000,
  last: 1_790_000_060_000,
  ...more,
});
const setRule = (rule: object) =>
  shared.api('PUT', '/api/policy', {
    policy: { version: 1, runtime: { rules: [{ name: 'learning', ...rule }] } },
  });
const learning = { process: { effect: 'learn' }, files: { effect: 'learn' }, learn: { invocations: 5 } };
const readModel = async () => (await shared.api('GET', `/api/models/${id}`)).body;

beforeEach(async () => {
  await shared.api('DELETE', `/api/models/${id}`);
  await setRule(learning);
});

test('models of all instances are added up, whatever is sent twice and in which order', async () => {
  const { defender, api } = shared;
  const one = makeModelLine([
    use('read', '/var/task/index.mjs', { count: 3 }),
    use('process', '/usr/bin/gs', { arguments: ['-q', '**'] }),
  ]);
  const two = makeModelLine(
    [
      use('read', '/opt/task/index.mjs', { count: 4, first: 1_780_000_000_000, last: 1_795_000_000_000 }),
      use('process', '/usr/bin/gs'),
    ],
    { task: '/opt/task', invocations: 2, since: 1_780_000_000_000 },
    'ffeeddccbbaa0011',
  );
  const answers = await Promise.all(
    [[one, two, one], [two], [one, two]].map((lines) => defender.postAudits(lines)),
  );
  const accepted = answers.map(({ text }) => JSON.parse(text));
  expect(accepted.reduce((sum, { accepted: count }) => sum + count, 0)).toBe(2);
  expect(accepted.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(4);

  const { model, entries } = await readModel();
  expect(model).toMatchObject({
    functionId: id,
    function: testFunction,
    state: 'learning',
    sections: ['process', 'files'],
    limits: { invocations: 5, seconds: 0 },
    invocations: 3,
    instances: 2,
    entries: 3,
    since: 1_780_000_000_000,
  });
  expect(entries[0]).toEqual(
    use('read', '${task}/index.mjs', { count: 7, first: 1_780_000_000_000, last: 1_795_000_000_000 }),
  );
  expect(entries.slice(1)).toEqual(
    expect.arrayContaining([
      use('process', '/usr/bin/gs'),
      use('process', '/usr/bin/gs', { arguments: ['-q', '**'] }),
    ]),
  );
  const { body } = await api('GET', '/api/audits?q=learned');
  expect(body.items).toEqual([]);
});

test('a model is waited for, learned, and learnt when its limit is reached or nothing learns any more', async () => {
  const { defender } = shared;
  expect((await readModel()).model).toMatchObject({
    state: 'waiting',
    invocations: 0,
    since: null,
    entries: 0,
  });
  expect(await shared.api('GET', `/api/models/${id}/suggestion`)).toMatchObject({ status: 409 });
  await defender.postAudits([makeModelLine([], { invocations: 4 })]);
  expect((await readModel()).model.state).toBe('learning');
  await defender.postAudits([makeModelLine([], { invocations: 1 })]);
  expect((await readModel()).model.state).toBe('learnt');
  await setRule({ ...learning, learn: { hours: 1 } });
  await defender.postAudits([makeModelLine([], { since: Date.now() - 3_601_000 })]);
  expect((await readModel()).model.state).toBe('learnt');
  await setRule({ process: { effect: 'prevent' } });
  expect((await readModel()).model).toMatchObject({ state: 'learnt', limits: null, sections: [] });
});

test('a function that neither learns nor learned has no model', async () => {
  await setRule({});
  expect((await shared.api('GET', '/api/models')).body.items).toEqual([]);
  for (const path of ['', '/suggestion'])
    expect(await shared.api('GET', `/api/models/${id}${path}`)).toMatchObject({ status: 404 });
  expect(await shared.api('DELETE', `/api/models/${id}`)).toMatchObject({ status: 404 });
  expect(await shared.api('GET', '/api/models/nothing')).toMatchObject({ status: 400 });
});

test('the suggestion is a rule for this function, with evidence, and goes into the policy as it is', async () => {
  const { defender, api } = shared;
  await setRule({ ...learning, secrets: ['DB_PASSWORD'] });
  await defender.postAudits([
    makeModelLine([use('process', '/usr/bin/gs', { count: 12 }), use('write', '/tmp/page-1.png')]),
  ]);
  const { body } = await api('GET', `/api/models/${id}/suggestion`);
  expect(body).toMatchObject({
    collection: { functions: ['convert'], regions: ['eu-west-1'], accounts: ['123456789012'] },
    rule: {
      process: { effect: 'prevent', allow: ['/usr/bin/gs'] },
      files: { write: ['${tmp}/*'] },
      secrets: ['DB_PASSWORD'],
    },
    evidence: expect.arrayContaining([
      { path: ['process', 'allow', 0], count: 12, first: 1_790_000_000_000, last: 1_790_000_060_000 },
    ]),
  });
  expect(RuntimeRule.parse(body.rule)).toEqual(body.rule);
  expect(body.yaml).toContain('- /usr/bin/gs # 12 times, ');
  const policy = {
    version: 1,
    collections: [body.collection],
    runtime: { rules: [body.rule, { name: 'rest' }] },
  };
  expect(await api('PUT', '/api/policy', { policy })).toMatchObject({ status: 200 });
  const { body: explained } = await api('POST', '/api/policy/explain', { function: testFunction });
  expect(explained.rule.name).toBe(body.rule.name);
});

test('what a Defender that was taken over sends is bounded, and does no harm to others', async () => {
  const { defender, api } = shared;
  const strange = makeModelLine([
    use('read', `/\u0000\ud800${'x'.repeat(3000)}`, {
      count: Number.MAX_SAFE_INTEGER,
      last: Number.MAX_SAFE_INTEGER,
    }),
  ]);
  for (let round = 0; round < 3; round++)
    await defender.postAudits([{ ...strange, id: `${round}`.repeat(32) }]);
  for (let batch = 0; batch < 6; batch++)
    await defender.postAudits(
      Array.from({ length: 50 }, (_, line) =>
        makeModelLine(
          Array.from({ length: 20 }, (_, entry) => use('lookup', `a${batch}-${line}-${entry}.b`)),
        ),
      ),
    );
  const { model } = await readModel();
  expect(model.entries).toBeGreaterThanOrEqual(5000);
  expect(model.entries).toBeLessThanOrEqual(6001);
  expect(await api('GET', `/api/models/${id}/suggestion`)).toMatchObject({ status: 200 });
  expect((await api('GET', '/api/models')).body.items).toHaveLength(1);
  const other = { ...testFunction, name: 'resize' };
  await registerFunction(api, other);
  expect((await api('GET', '/api/models')).body.items).toMatchObject([
    {},
    { state: 'waiting', function: other },
  ]);
});
