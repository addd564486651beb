import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertFunction, registerDefender } from '../test-support/fake-defender.ts';
import { openConsole } from '../test-support/open-console.ts';

let console: Awaited<ReturnType<typeof openConsole>>;
let page: Page;

beforeAll(async () => {
  console = await openConsole();
  page = console.page;
});

afterAll(() => console?.close());

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });

async function storedRules() {
  const answer = await page.request.get(`${console.url}/api/policy`);
  const { policy } = (await answer.json()) as { policy: { runtime: { rules: Record<string, unknown>[] } } };
  return policy.runtime.rules;
}

describe('the form of a rule', () => {
  const form = () => page.getByRole('dialog');
  const section = (name: string) => form().getByRole('region', { name, exact: true });

  it('makes a rule with every section, and shows errors beside their lines', async () => {
    await page.goto(`${console.url}/policy`);
    await page.getByRole('button', { name: 'New rule' }).click();
    await form().getByLabel('Name', { exact: true }).fill('Converters');

    await form().getByRole('button', { name: 'Allow with conditions' }).click();
    await form().getByLabel('Binary or script').fill('/usr/bin/gs');
    await form().getByLabel('Arguments, one on each line').fill('**\n-q');
    await form().getByText('must come last').first().waitFor();
    await form().getByLabel('Arguments, one on each line').fill('-q\n**');
    await form().getByLabel('Only when started by, one on each line').fill('/var/lang/bin/node');

    await section('Network')
      .getByRole('radio', { name: /^Prevent/ })
      .click();
    await section('Network')
      .getByLabel(/^May connect to/)
      .fill('db.internal:5432\n10.0.0.1/8:443');
    await form().getByText('bits behind the first 8').first().waitFor();
    await button('Add rule').click();
    await form().getByText('Something above is not right yet.').waitFor();
    await section('Network')
      .getByLabel(/^May connect to/)
      .fill('db.internal:5432\n*:443');
    await section('Network')
      .getByLabel(/^May listen on/)
      .fill('8080\n3000-3010');
    await form().getByText('stands for every host').waitFor();

    await section('Files')
      .getByRole('radio', { name: /^Learn/ })
      .click();
    await section('Files').getByLabel('Sealed from the first event on').fill('${task}/**');
    await section('Learning').getByLabel('Invocations').fill('500');
    await section('Secrets')
      .getByLabel(/^Hidden variables/)
      .fill('DB_PASSWORD\n*_TOKEN');
    await button('Add rule').click();
    await form().waitFor({ state: 'detached' });
    await button('Save policy').click();
    await page.getByText('Saved as revision 1.').waitFor();

    expect(await storedRules()).toEqual([
      {
        name: 'Converters',
        collections: ['All'],
        onError: 'closed',
        process: {
          effect: 'prevent',
          allow: [{ path: '/usr/bin/gs', arguments: ['-q', '**'], parents: ['/var/lang/bin/node'] }],
          miners: 'prevent',
        },
        network: {
          effect: 'prevent',
          listen: [8080, '3000-3010'],
          outbound: ['db.internal:5432', '*:443'],
          unix: [],
          metadata: 'deny',
        },
        files: {
          effect: 'learn',
          read: ['/**'],
          write: ['${tmp}/**'],
          execute: ['/**'],
          denyRead: [],
          denyWrite: [],
          denyExecute: ['${tmp}/**', '/dev/shm/**'],
          sealed: ['${task}/**'],
        },
        secrets: ['DB_PASSWORD', '*_TOKEN'],
        learn: { invocations: 500 },
      },
    ]);
    const row = page.getByRole('list', { name: 'Rules in order' }).getByRole('listitem');
    expect(await row.textContent()).toMatch(/Network: Prevent.*Files: Learn.*2 secrets/);
  });

  it('opens the rule as it was stored, and leaves a section out that is disabled again', async () => {
    await button('Edit rule Converters').click();
    expect(await form().getByLabel('Arguments, one on each line').inputValue()).toBe('-q\n**');
    expect(
      await section('Network')
        .getByLabel(/^May listen on/)
        .inputValue(),
    ).toBe('8080\n3000-3010');
    await form().getByRole('button', { name: 'Remove process with conditions 1' }).click();
    await section('Network')
      .getByLabel(/^May connect to/)
      .fill('');
    await section('Network')
      .getByLabel(/^May listen on/)
      .fill('');
    await section('Network')
      .getByRole('radio', { name: /^Disable/ })
      .click();
    await section('Files')
      .getByRole('radio', { name: /^Prevent/ })
      .click();
    await section('Learning').getByLabel('Invocations').fill('');
    await button('Apply').click();
    await button('Save policy').click();
    await page.getByText('Saved as revision 2.').waitFor();
    const [rule] = await storedRules();
    expect(rule).not.toHaveProperty('network');
    expect(rule).not.toHaveProperty('learn');
    expect(rule).toMatchObject({ process: { allow: [] }, files: { effect: 'prevent' } });
  });

  it('explains what the rule says, section by section', async () => {
    await page.getByRole('tab', { name: 'Explain' }).click();
    await page.getByLabel('Function', { exact: true }).fill('any');
    await page.getByText('From its first event on it may not read ${task}/**.').waitFor();
    await page.getByText('The network is not watched.').waitFor();
  });
});

describe('audits of the new types', () => {
  const called = {
    caller: '/var/lang/bin/node',
    call: 'connect',
    abi: 'x86_64',
    reason: 'no entry allows it',
  };
  const audits = [
    {
      type: 'network',
      message: 'node tried to connect to 203.0.113.9 port 443, which the policy does not allow',
      detail: {
        ...called,
        direction: 'outbound',
        protocol: 'tcp',
        address: '203.0.113.9',
        port: 443,
        domain: 'evil.example',
      },
    },
    {
      type: 'network',
      message: 'the function looked up x.evil.example, which the policy does not allow',
      detail: {
        direction: 'lookup',
        protocol: 'udp',
        domain: 'x.evil.example',
        reason: 'no entry holds the name',
      },
    },
    {
      type: 'file',
      message: 'node tried to read /etc/shadow, which the policy does not allow',
      detail: {
        ...called,
        call: 'openat',
        path: '/etc/shadow',
        requested: '../../etc/shadow',
        access: 'read',
      },
    },
    {
      type: 'tamper',
      message: 'policy hijacked: node called ptrace on the init',
      detail: { ...called, call: 'ptrace', target: 7 },
    },
  ];

  it('shows each with its own details, and finds it by type and text', async () => {
    const post = await registerDefender(console, convertFunction, { cookie: console.cookie });
    await post(audits.map((audit, index) => ({ ...audit, id: `${index}`.padStart(32, '0') })));
    await page.goto(`${console.url}/audits`);
    await button(/^Type/).click();
    await page.getByRole('menuitemcheckbox', { name: 'network' }).click();
    await page.keyboard.press('Escape');
    await page.getByText('2 audits; there are no older ones').waitFor();
    await page.getByRole('searchbox', { name: 'Search audits' }).fill('203.0.113.9');
    await page.getByText('1 audit; there are no older ones').waitFor();
    await page.getByRole('button', { name: /^node tried to connect/ }).click();
    const details = page.getByRole('dialog');
    for (const text of ['a connection', 'evil.example', '203.0.113.9', '443', '/var/lang/bin/node'])
      await details.locator('dd').getByText(text, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await button('Clear').click();
    await page.getByRole('button', { name: /^node tried to read/ }).click();
    for (const text of ['to read', '/etc/shadow', '../../etc/shadow'])
      await details.locator('dd').getByText(text, { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^policy hijacked/ }).click();
    await details.locator('dd').getByText('ptrace', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('says of each section what becomes of it, and at which tier', async () => {
    const post = await registerDefender(
      console,
      { ...convertFunction, name: 'classic' },
      { cookie: console.cookie },
    );
    const detail = {
      tier: 'T2',
      kernel: '5.10.0',
      filter: false,
      notify: false,
      verify: false,
      landlock: 0,
      policy: 2,
      source: 'package',
      init: '0.1.0',
      sections: { process: 'prevent', network: 'alert', files: 'unguarded', secrets: 'prevent' },
      missing: ['prctl answers EPERM'],
    };
    await post([{ type: 'coverage', action: 'reported', message: 'guarded at tier T2', detail }]);
    await page.goto(`${console.url}/defenders`);
    await page
      .getByRole('row', { name: /classic.*T2, partly guarded/ })
      .getByRole('button')
      .click();
    const details = page.getByRole('dialog');
    await details
      .getByText('Stopped: processes, hidden variables. Told: network. Not guarded: files.')
      .waitFor();
    await details.getByText('files: unguarded').waitFor();
  });
});
