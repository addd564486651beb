import { makeFinding, makeReport } from '@ringfence/console/testing/make-report';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { convertFunction, registerDefender } from '../test-support/fake-defender.ts';
import { openConsole } from '../test-support/open-console.ts';

let console: Awaited<ReturnType<typeof openConsole>>;
let page: Page;

beforeAll(async () => {
  console = await openConsole();
  page = console.page;
  page.on('console', (message) => message.type() === 'error' && console.pageErrors.push(message.text()));
  await registerDefender(console, convertFunction, { cookie: console.cookie });
});

afterAll(() => console?.close());

const drawer = () => page.getByRole('dialog').first();

/** The account's posture, as `ringfence posture --account --publish` sends it. */
async function publish(): Promise<void> {
  const { account, region, name } = convertFunction;
  const label = `${region}/function/${name}`;
  const {
    package: _,
    cvss: __,
    ...finding
  } = makeFinding({
    id: 'aa',
    kind: 'posture',
    rule: 'posture/function-url-open',
    title: 'Anyone can call the function by its URL',
    severity: 'high',
    subject: label,
  });
  const graph = {
    nodes: [
      {
        id: label,
        kind: 'function' as const,
        type: 'AWS::Lambda::Function',
        label,
        findings: 1,
        deployed: { name, region },
      },
    ],
    edges: [],
  };
  const answer = await page.request.post(`${console.url}/api/reports`, {
    data: {
      function: { cloud: 'aws', account, region: 'all', name: account },
      report: makeReport(0, [finding], { tool: 'posture', graph }),
    },
    headers: { origin: console.url },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

it('says of a function that posture knows nothing wrong with it', async () => {
  await page.goto(`${console.url}/defenders`);
  await page.getByRole('button', { name: convertFunction.name }).first().press('Enter');
  await drawer().getByText('Nothing is known to be wrong with its settings').waitFor();
  expect(page.url()).toContain('open=');
  await page.keyboard.press('Escape');
});

it('leads by keyboard from a function to what posture finds, and from there back to the function', async () => {
  await publish();
  await page.goto(`${console.url}/defenders`);
  await page.getByRole('button', { name: convertFunction.name }).first().press('Enter');
  const posture = drawer().getByRole('region', { name: 'Posture' });
  await posture.getByRole('link', { name: 'Anyone can call the function by its URL' }).press('Enter');
  await drawer().getByText('Deployed as').waitFor();
  expect(page.url()).toContain('/findings?finding=');
  await drawer().getByRole('link', { name: convertFunction.name }).press('Enter');
  await drawer().getByRole('heading', { name: convertFunction.name }).waitFor();
  expect(page.url()).toContain('/defenders?open=');
});

it('went without an error in the page', () => {
  expect(console.pageErrors).toEqual([]);
});
