import { makeFinding, makeReport, scannedFunction } from '@ringfence/console/testing/make-report';
import type { PostureGraph } from '@ringfence/findings';
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

const drawer = () => page.getByRole('dialog').first();
const map = () => page.getByRole('region', { name: 'Map' });

const node = (id: string, kind: PostureGraph['nodes'][number]['kind'], type: string) => ({
  id,
  kind,
  type,
  label: id,
  findings: 0,
});

const shop: PostureGraph = {
  nodes: [
    node('ShopApi', 'source', 'AWS::ApiGateway::RestApi'),
    node('Search', 'function', 'AWS::Lambda::Function'),
    node('SearchRole', 'role', 'AWS::IAM::Role'),
    node('Quiet', 'function', 'AWS::Lambda::Function'),
    node('Orders', 'service', 'AWS::DynamoDB::Table'),
  ],
  edges: [
    { from: 'ShopApi', to: 'Search', kind: 'starts', label: 'GET /search', isOpen: true },
    { from: 'Search', to: 'SearchRole', kind: 'assumes' },
    { from: 'Search', to: 'Orders', kind: 'reads', label: 'dynamodb:*' },
  ],
};
const wildcard = makeFinding({
  id: 'aa',
  kind: 'posture',
  rule: 'posture/wildcard-action',
  title: 'A role may do everything with a service',
  severity: 'high',
  subject: 'SearchRole',
});

/** A project of so many functions, each with an API and a table. */
function large(count: number): PostureGraph {
  const ids = Array.from({ length: count }, (_, index) => index);
  return {
    nodes: ids.flatMap((index) => [
      node(`Api${index}`, 'source', 'AWS::ApiGateway::RestApi'),
      node(`Fn${index}`, 'function', 'AWS::Lambda::Function'),
      node(`Table${index}`, 'service', 'AWS::DynamoDB::Table'),
    ]),
    edges: ids.flatMap((index) => [
      { from: `Api${index}`, to: `Fn${index}`, kind: 'starts' as const },
      { from: `Fn${index}`, to: `Table${index}`, kind: 'writes' as const },
      { from: `Fn${index}`, to: `Table${(index * 7) % count}`, kind: 'reads' as const },
    ]),
  };
}

async function publish(name: string, graph: PostureGraph, findings = [wildcard]): Promise<void> {
  const { package: _, ...finding } = findings[0] ?? wildcard;
  const report = makeReport(0, findings.length > 0 ? [finding] : [], { tool: 'posture', graph });
  const answer = await page.request.post(`${console.url}/api/reports`, {
    data: { function: scannedFunction(name), report },
    headers: { origin: console.url },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

it('teaches the command while nothing has been looked at', async () => {
  await page.getByRole('heading', { level: 1 }).press('g');
  await page.keyboard.press('r');
  await page.getByRole('heading', { name: 'No project has been looked at yet' }).waitFor();
  expect(await page.getByLabel('Look at a project and publish what is found').textContent()).toContain(
    `ringfence check . --publish --console ${console.url}`,
  );
});

it('shows triggers, functions and services, with what is wrong', async () => {
  await publish('shop', shop);
  await page.reload();
  await map().getByRole('button', { name: 'Search function · 1 high' }).waitFor();
  await map().getByRole('button', { name: 'ShopApi trigger' }).waitFor();
  await map().getByRole('button', { name: 'Orders service' }).waitFor();
  expect(
    await map()
      .getByRole('button', { name: /SearchRole/ })
      .count(),
  ).toBe(0);
  await page.getByText('2 functions in 1 project: what starts them, and what they reach').waitFor();
});

it('tells by keyboard what leads to a function and what it leads to, and goes on from there', async () => {
  await map()
    .getByRole('button', { name: /^Search/ })
    .press('Enter');
  const before = drawer().getByRole('region', { name: 'Leads to it' });
  await before.waitFor();
  expect(await before.getByRole('listitem').allTextContents()).toEqual([
    'is started byShopApianyoneGET /search',
  ]);
  const after = drawer().getByRole('region', { name: 'It leads to' });
  expect(await after.getByRole('listitem').allTextContents()).toEqual([
    'has the roleSearchRole',
    'readsOrdersdynamodb:*',
  ]);
  await after.getByRole('button', { name: 'SearchRole' }).press('Enter');
  await drawer().getByRole('link', { name: '1 about it' }).press('Enter');
  await page
    .getByRole('list', { name: 'Findings, the worst first' })
    .getByText('A role may do everything with a service')
    .waitFor();
});

it('shows the same as a list, narrowed by a search', async () => {
  await page.goto(`${console.url}/radar?view=list`);
  const rows = page.getByRole('list', { name: 'Functions, the worst first' }).getByRole('listitem');
  await rows.nth(1).waitFor();
  expect(await rows.allTextContents()).toEqual([
    'highopenSearch1 trigger, reaches 1 service, 1 finding',
    'Quiet0 triggers, reaches 0 services, 0 findings',
  ]);
  await page.keyboard.press('/');
  await page.keyboard.type('orders');
  await page.keyboard.press('Enter');
  await expect.poll(() => rows.count()).toBe(1);
});

it('holds 500 functions, of which what is found stays bright', async () => {
  await publish('estate', large(500), []);
  await page.goto(`${console.url}/radar?q=Fn499`);
  await page.getByLabel('Project').selectOption({ label: 'estate in eu-west-1' });
  await page.getByText(/^500 functions in 1 project/).waitFor();
  const found = map().getByRole('button', { name: 'Fn499 function' });
  await found.waitFor();
  expect(await found.getAttribute('class')).not.toContain('opacity-25');
  expect(await map().getByRole('button', { name: 'Fn1 function' }).getAttribute('class')).toContain(
    'opacity-25',
  );
});

it.each(['light', 'dark'])('fits a narrow screen, %s', async (theme) => {
  await page.goto(`${console.url}/radar?view=list`);
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);
  await page.setViewportSize({ width: 360, height: 720 });
  await page.getByRole('list', { name: 'Functions, the worst first' }).waitFor();
  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  expect(await page.evaluate(overflow)).toBe(0);
  await page.getByText('Map', { exact: true }).click();
  await map().getByRole('button').first().waitFor();
  expect(await page.evaluate(overflow)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 800 });
});

it('went without an error in the page', () => {
  expect(console.pageErrors).toEqual([]);
});
