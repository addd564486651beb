import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { convertFunction, registerDefender } from '../test-support/fake-defender.ts';
import { openConsole } from '../test-support/open-console.ts';

let console: Awaited<ReturnType<typeof openConsole>>;
let page: Page;
let tell: Awaited<ReturnType<typeof registerDefender>>;

beforeAll(async () => {
  console = await openConsole();
  page = console.page;
  tell = await registerDefender(console, convertFunction, { cookie: console.cookie });
});

afterAll(() => console?.close());

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const drawer = () => page.getByRole('dialog');

async function storedPolicy() {
  const answer = await page.request.get(`${console.url}/api/policy`);
  return ((await answer.json()) as { policy: { runtime: { rules: { name: string; process: object }[] } } })
    .policy;
}

const seen = (kind: string, value: string, more: object = {}) => ({
  kind,
  value,
  count: 3,
  first: Date.now() - 60_000,
  last: Date.now() - 1000,
  ...more,
});
const learned = (...entries: object[]) =>
  tell([
    {
      type: 'model',
      effect: 'learn',
      action: 'reported',
      detail: { entries, invocations: 5, since: Date.now() - 60_000, task: '/var/task' },
    },
  ]);

it('teaches what a model is while there is none', async () => {
  await page.getByRole('heading', { level: 1 }).press('g');
  await page.keyboard.press('m');
  await page.getByRole('heading', { name: 'No function has learned anything yet' }).waitFor();
  expect(await page.getByLabel('A rule that learns').textContent()).toContain('learn: { invocations: 1000');
});

it('shows how far a function is, and by kind what it used', async () => {
  const rule = {
    name: 'learning',
    process: { effect: 'learn' },
    network: { effect: 'learn' },
    files: { effect: 'learn' },
    learn: { invocations: 20 },
  };
  const stored = await page.request.put(`${console.url}/api/policy`, {
    data: { policy: { version: 1, runtime: { rules: [rule] } } },
    headers: { origin: console.url },
  });
  expect(stored.status()).toBe(200);
  await learned(
    seen('process', '/usr/bin/gs', { count: 12 }),
    seen('domain', 'bucket.s3.eu-west-1.amazonaws.com', { port: 443 }),
    seen('read', '/var/task/index.py'),
    seen('write', '/tmp/page-1.png'),
  );
  await page.reload();
  const row = page.getByRole('list', { name: 'Functions that learn' }).getByRole('listitem');
  await row.getByText('Learning', { exact: true }).waitFor();
  expect(await row.getByRole('progressbar').getAttribute('aria-valuetext')).toBe('5 of 20 invocations');
  await row.getByRole('button').press('Enter');
  const programs = drawer().getByRole('table', { name: 'Programs started (1)' });
  expect(await programs.getByRole('row').nth(1).textContent()).toMatch(/^\/usr\/bin\/gs12/);
  await drawer().getByRole('table', { name: 'Files read (1)' }).getByText('${task}/index.py').waitFor();
  await drawer().getByLabel('Filter what was used').fill('bucket');
  await programs.waitFor({ state: 'detached' });
  await drawer().getByText('bucket.s3.eu-west-1.amazonaws.com:443').waitFor();
});

it('proposes a rule, shows it as changes, and puts it above the one that learns', async () => {
  await button('Propose rule').click();
  const changes = drawer().getByLabel('Changes in YAML');
  expect(await changes.textContent()).toMatch(/\+ +- \/usr\/bin\/gs # 12 times, \d{4}-/);
  await drawer().getByText('It goes above “learning”').waitFor();
  expect((await storedPolicy()).runtime.rules).toHaveLength(1);
  await button('Add to policy').click();
  await drawer().getByText('The rule is in force.').waitFor();
  expect((await storedPolicy()).runtime.rules).toMatchObject([
    {
      name: 'convert-documents in eu-west-1: learned',
      process: { effect: 'prevent', allow: ['/usr/bin/gs'] },
    },
    { name: 'learning' },
  ]);
});

it('shows what a newer proposal changes in the earlier one', async () => {
  await page.keyboard.press('Escape');
  await learned(seen('process', '/usr/bin/sort'));
  await page.getByRole('list', { name: 'Functions that learn' }).getByText('Learnt').waitFor();
  await button(/^convert-documents/).click();
  await button('Propose rule').click();
  const lines = drawer().getByLabel('Changes in YAML').locator('pre > span');
  await lines.filter({ hasText: '/usr/bin/sort' }).waitFor();
  const changed = (await lines.allTextContents()).filter((line) => !line.startsWith(' '));
  expect(changed).toHaveLength(1);
  expect(changed[0]).toMatch(/^\+ +- \/usr\/bin\/sort/);
});

it('forgets after asking', async () => {
  await button('Back to the model').click();
  await button('Forget').click();
  await page
    .getByRole('dialog', { name: /^Forget what/ })
    .getByRole('button', { name: 'Forget' })
    .click();
  await page.getByRole('heading', { name: 'No function has learned anything yet' }).waitFor();
  expect(console.pageErrors).toEqual([]);
});
