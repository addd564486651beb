import { makeFinding, makeReport, scannedFunction } from '@ringfence/console/testing/make-report';
import type { Finding } from '@ringfence/findings';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openConsole } from '../test-support/open-console.ts';

let console: Awaited<ReturnType<typeof openConsole>>;
let page: Page;

beforeAll(async () => {
  console = await openConsole();
  page = console.page;
  // Chromium tells here what the content security policy refuses.
  page.on('console', (message) => message.type() === 'error' && console.pageErrors.push(message.text()));
});

afterAll(() => console?.close());

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const drawer = () => page.getByRole('dialog').first();
const list = (name: string) => page.getByRole('list', { name }).getByRole('listitem');
const tab = (name: string | RegExp) => page.getByRole('tab', { name });

const shell = makeFinding({
  id: 'c0',
  kind: 'code',
  rule: 'code/command-injection',
  aliases: [],
  severity: 'critical',
  title: 'Event data reaches a shell',
  message: 'event.name reaches exec.',
  advice: 'Start the program without a shell.',
  locations: [
    { path: 'index.js', line: 3, column: 9, note: 'source' },
    { path: 'index.js', line: 7, column: 3, note: 'sink' },
  ],
  references: ['CWE-78', 'https://example.com/advice', 'javascript:alert(1)'],
});
const { package: _package, cvss: _cvss, ...shellFinding } = shell;
const lodash = makeFinding();
lodash.package?.paths.splice(0, 1, ['express@4.0.0', 'lodash@4.17.20']);

async function publish(name: string, minute: number, findings: Finding[]): Promise<void> {
  const answer = await page.request.post(`${console.url}/api/reports`, {
    data: { function: scannedFunction(name), report: makeReport(minute, findings) },
    headers: { origin: console.url },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

it('teaches the command while no scan has been published', async () => {
  await page.getByRole('heading', { level: 1 }).press('g');
  await page.keyboard.press('f');
  await page.getByRole('heading', { name: 'No scan has been published yet' }).waitFor();
  expect(await page.getByLabel('Scan a package and publish what is found').textContent()).toContain(
    `ringfence scan function.zip --publish --function my-function --region eu-west-1 --account 123456789012 --console ${console.url}`,
  );
});

it('lists functions, the worst first, with how many findings they have', async () => {
  await publish('quiet', 0, []);
  await publish('convert', 0, [lodash, shellFinding]);
  await publish('resize', 0, [lodash]);
  await page.reload();
  const rows = list('Functions, the worst first');
  await rows.nth(2).waitFor();
  expect((await rows.allTextContents()).map((text) => /^\w+?(?=eu-west-1)/.exec(text)?.[0])).toEqual([
    'convert',
    'resize',
    'quiet',
  ]);
  expect(await rows.nth(0).textContent()).toContain('1 critical1 high');
  expect(await rows.nth(2).textContent()).toContain('none');
  await page.getByText('3 open, 3 of them new').waitFor();
});

it('shows by keyboard what is wrong, where, through what it comes in, and the fix', async () => {
  await list('Functions, the worst first').nth(0).getByRole('button').press('Enter');
  const rows = list('Findings, the worst first');
  await rows.nth(1).waitFor();
  expect(await rows.nth(0).textContent()).toContain('Event data reaches a shell');
  await rows.nth(0).getByRole('button').press('Enter');
  const evidence = drawer().getByRole('region', { name: 'Evidence' });
  await evidence.waitFor();
  expect(await evidence.getByRole('listitem').allTextContents()).toEqual([
    'index.js:3:9source',
    'index.js:7:3sink',
  ]);
  const links = drawer().getByRole('region', { name: 'References' }).getByRole('link');
  expect(await links.allTextContents()).toEqual(['https://example.com/advice']);
  await page.keyboard.press('Escape');

  await rows.nth(1).getByRole('button').press('Enter');
  await drawer().getByText('Upgrade to lodash 4.17.21.').waitFor();
  await drawer().getByText('express@4.0.0 → lodash@4.17.20').waitFor();
  await drawer().getByText('index.js → node_modules/lodash/lodash.js').waitFor();
  expect(page.url()).toContain('finding=');
});

it('suppresses with reason and expiry, and says who did', async () => {
  await button('Suppress').click();
  const dialog = page.getByRole('dialog', { name: /^Suppress GHSA/ });
  await dialog.getByLabel('Reason').fill('template is never called');
  await dialog.getByLabel('Until').fill('2999-12-31');
  await dialog.getByLabel('Reason').press('Enter');
  await drawer()
    .getByText('Suppressed by ada@example.com until 2999-12-31: template is never called')
    .waitFor();
  const history = drawer().getByRole('region', { name: 'History' }).getByRole('listitem');
  expect(await history.nth(0).textContent()).toContain('suppressed by ada@example.com');
  await page.keyboard.press('Escape');
  await tab(/^Suppressed 1$/).click();
  await list('Findings, the worst first').getByText('Command injection in lodash').waitFor();
});

it('takes a suppression back after asking', async () => {
  await list('Findings, the worst first').getByRole('button').press('Enter');
  await button('No longer suppress').click();
  await page
    .getByRole('dialog', { name: 'No longer suppress this finding?' })
    .getByRole('button', { name: 'No longer suppress' })
    .click();
  await page.getByRole('dialog', { name: 'No longer suppress this finding?' }).waitFor({ state: 'detached' });
  await drawer().getByText('New', { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page
    .getByRole('heading', { name: 'Nothing under “Suppressed”' })
    .or(page.getByText('No finding matches'))
    .waitFor();
});

it('shows what was fixed since, and groups by advisory', async () => {
  await publish('convert', 1, [lodash]);
  await page.goto(`${console.url}/findings?by=advisory`);
  const rows = list('Advisories, the worst first');
  await rows.nth(0).waitFor();
  expect(await rows.count()).toBe(1);
  expect(await rows.nth(0).textContent()).toContain('2 functions: convert, resize');
  await tab(/^New 1$/).waitFor();
  await tab(/^Fixed since 1$/).click();
  await rows.getByText('Event data reaches a shell').waitFor();
  await rows.nth(0).getByRole('button').press('Enter');
  await list('Findings, the worst first').getByText('Fixed', { exact: true }).waitFor();
});

it('narrows to what is searched for, and clears', async () => {
  await page.goto(`${console.url}/findings`);
  await list('Functions, the worst first').nth(2).waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('CVE-2021-23337');
  await page.keyboard.press('Enter');
  await expect.poll(() => list('Functions, the worst first').count()).toBe(2);
  await page.getByLabel('Search findings').fill('nothing like it');
  await page.getByRole('heading', { name: 'No finding matches' }).waitFor();
  await button('Clear filters').first().click();
  await list('Functions, the worst first').nth(2).waitFor();
});

it.each(['light', 'dark'])('fits a narrow screen and can be read, %s', async (theme) => {
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);
  await page.setViewportSize({ width: 360, height: 720 });
  await list('Functions, the worst first').nth(0).waitFor();
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(overflow)).toBe(0);
  await list('Functions, the worst first').nth(0).getByRole('button').click();
  await list('Findings, the worst first').nth(0).getByRole('button').click();
  await drawer().getByRole('region', { name: 'Evidence' }).waitFor();
  expect(await page.evaluate(overflow)).toBe(0);
  await page.keyboard.press('Escape');
  await button('All functions').click();
  await page.setViewportSize({ width: 1280, height: 800 });
});

it('went without an error in the page', () => {
  expect(console.pageErrors).toEqual([]);
});
