import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertFunction, registerDefender } from '../test-support/fake-defender.ts';
import { openBrowser } from '../test-support/open-browser.ts';
import { startTestConsole, type TestConsole } from '../test-support/start-test-console.ts';

const account = { email: 'ada@example.com', password: 'correct horse battery' };

let console: TestConsole;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let page: Page;
const pageErrors: string[] = [];

beforeAll(async () => {
  console = await startTestConsole();
  browser = await openBrowser();
  page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  page.on('pageerror', (error) => pageErrors.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith(console.url)) pageErrors.push(`foreign request: ${request.url()}`);
  });
});

afterAll(async () => {
  await browser?.close();
  await console?.close();
});

const openTab = (name: RegExp) => page.getByRole('tab', { name }).click();
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const rules = () => page.getByRole('list', { name: 'Rules in order' }).getByRole('listitem');

async function storedPolicy() {
  const answer = await page.request.get(`${console.url}/api/policy`);
  return (await answer.json()) as { revision: number; policy: { runtime: { rules: { name: string }[] } } };
}

/** The session's cookie, for what the test asks of the API beside the page. */
async function credentials() {
  const cookies = await browser.context.cookies();
  return { cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

async function saveRules(...names: string[]) {
  const answer = await fetch(`${console.url}/api/policy`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json', origin: console.url, ...(await credentials()) },
    body: JSON.stringify({ policy: { version: 1, runtime: { rules: names.map((name) => ({ name })) } } }),
  });
  expect(answer.status).toBe(200);
}

describe('setting up and signing in', () => {
  it('makes the administrator from the one-time link and comes to Audits', async () => {
    await page.goto(console.setupUrl ?? '');
    await page.getByLabel('E-mail').fill(account.email);
    await page.getByLabel('Password').fill('short');
    await button('Make administrator').click();
    await page.getByText('Use at least 12 characters.').waitFor();
    await page.getByLabel('Password').fill(account.password);
    await button('Make administrator').click();
    await page.getByRole('heading', { name: 'No audits yet' }).waitFor();
    expect(await page.getByText('ringfence embed function.zip').textContent()).toContain(console.url);
  });

  it('signs out, refuses a wrong password in words, and signs in back to the page asked for', async () => {
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    await page.goto(`${console.url}/policy?view=yaml`);
    await page.getByLabel('E-mail').fill(account.email);
    await page.getByLabel('Password').fill('wrong wrong wrong');
    await button('Sign in').click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Password').fill(account.password);
    await button('Sign in').click();
    await page.getByRole('tab', { name: 'YAML', selected: true }).waitFor();
    expect(await page.getByLabel('policy.yaml').textContent()).toContain('version: 1');
  });
});

describe('the runtime policy', () => {
  it('creates a rule, with errors beside the lines of its allowlist', async () => {
    await openTab(/^Runtime rules/);
    await button('New rule').click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill('Converters');
    await form.getByLabel(/^Allowed processes/).fill('/usr/bin/gs\ngs');
    await form.getByText('must be an absolute path').first().waitFor();
    expect(await form.getByRole('listitem').filter({ hasText: 'Line 2:' }).count()).toBe(1);
    await form.getByLabel(/^Allowed processes/).fill('/usr/bin/gs');
    await form.getByRole('button', { name: 'Add rule' }).click();
    await form.waitFor({ state: 'detached' });
    expect((await storedPolicy()).revision).toBe(0);
    await button('Save policy').click();
    await page.getByText('Saved as revision 1.').waitFor();
    expect((await storedPolicy()).policy.runtime.rules).toMatchObject([
      { name: 'Converters', process: { effect: 'prevent', allow: ['/usr/bin/gs'] } },
    ]);
  });

  it('duplicates and reorders, by button, by key and by dragging', async () => {
    await button('Duplicate rule Converters').click();
    await button('Move rule Converters copy up').click();
    await page.getByText('“Converters copy” is now rule 1 of 2').waitFor({ state: 'attached' });
    await rules().nth(0).getByRole('button', { name: 'Converters copy', exact: true }).press('Alt+ArrowDown');
    expect(await rules().nth(0).textContent()).not.toContain('copy');
    const grips = page.locator('[draggable=true]');
    await grips.nth(1).dragTo(rules().nth(0));
    await page.getByText('rule "Converters copy" added').waitFor();
    await button('Save policy').click();
    await page.getByText('Saved as revision 2.').waitFor();
    expect((await storedPolicy()).policy.runtime.rules.map(({ name }) => name)).toEqual([
      'Converters copy',
      'Converters',
    ]);
  });

  it('asks before leaving with unsaved changes, and switches an effect in place', async () => {
    await page.getByLabel('Effect of rule Converters', { exact: true }).selectOption('alert');
    await page.getByRole('link', { name: 'Audits' }).first().click();
    await page.getByRole('dialog', { name: 'Leave without saving?' }).waitFor();
    await button('Stay').click();
    await button('Save policy').click();
    await page.getByText('Saved as revision 3.').waitFor();
  });

  it('deletes a rule after asking', async () => {
    await button('Delete rule Converters copy').click();
    await button('Delete rule').click();
    await button('Save policy').click();
    await page.getByText('Saved as revision 4.').waitFor();
    expect(await rules().count()).toBe(1);
  });

  it('shows that somebody else saved first, and reloads theirs or overwrites', async () => {
    await saveRules('Theirs');
    await button('Duplicate rule Converters').click();
    await button('Save policy').click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else changed the policy' });
    await conflict.getByText('Revision 5').waitFor();
    await conflict.getByRole('button', { name: 'Reload theirs' }).click();
    await button('Theirs').waitFor();
    expect(await rules().count()).toBe(1);

    await saveRules('Theirs again');
    await button('Duplicate rule Theirs').click();
    await button('Save policy').click();
    await conflict.getByRole('button', { name: 'Overwrite with mine' }).click();
    await page.getByText('Saved as revision 7.').waitFor();
    expect((await storedPolicy()).policy.runtime.rules.map(({ name }) => name)).toEqual([
      'Theirs',
      'Theirs copy',
    ]);
  });

  it('makes a collection with a preview of the functions that it holds', async () => {
    await registerDefender(console, convertFunction, await credentials());
    await page.reload();
    await openTab(/^Collections/);
    await button('New collection').click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name', { exact: true }).fill('Documents');
    await form.getByText('Holds 1 of 1 known function').waitFor();
    await form.getByLabel('Function names').fill('other-*');
    await form.getByText('Holds 0 of 1 known function').waitFor();
    await form.getByLabel('Function names').fill('convert-*');
    await form.getByText('Holds 1 of 1 known function').waitFor();
    await form.getByRole('button', { name: 'Add collection' }).click();
    await page.getByText('Collection "Documents" is not used').waitFor({ state: 'detached' });
    await button('Save policy').click();
    await page.getByText('Saved as revision 8.').waitFor();
  });
});

describe('audits', () => {
  it('shows an audit live that the Defender posts over TLS, and its details with the raw line', async () => {
    await page.getByRole('link', { name: 'Audits' }).first().click();
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    const post = await registerDefender(console, convertFunction, await credentials());
    await post([{ message: 'python3.12 tried to start /bin/sh <b>now</b>' }]);
    const row = page.getByRole('button', { name: 'python3.12 tried to start /bin/sh <b>now</b>' });
    await row.waitFor();

    await row.click();
    const details = page.getByRole('dialog');
    await details.getByText('no pattern of the rule allows it', { exact: true }).waitFor();
    await details.getByText('"requested":"/bin/sh"').waitFor();
    await details.getByRole('link', { name: 'Which rule applies?' }).click();
    await page.getByRole('heading', { name: 'Rule “Theirs” decides' }).waitFor();
    await page.goBack();
  });

  it('holds new audits back while paused, and shows them when asked', async () => {
    await page.goto(`${console.url}/audits`);
    await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await button('Pause').click();
    const post = await registerDefender(console, convertFunction, await credentials());
    await post([{ message: 'first while paused' }, { message: 'second while paused' }]);
    await button('2 new').waitFor();
    expect(await page.getByText('first while paused').count()).toBe(0);
    await button('2 new').click();
    await page.getByText('first while paused').waitFor();
    await button('Resume').click();
  });

  it('filters by action and by text, and keeps both in the address', async () => {
    const post = await registerDefender(console, convertFunction, await credentials());
    await post([{ action: 'allowed', effect: 'alert', message: 'node started /usr/bin/gs' }]);
    await button(/^Action/).click();
    await page.getByRole('menuitemcheckbox', { name: 'allowed' }).click();
    await page.keyboard.press('Escape');
    await page.getByText('1 audit; there are no older ones').waitFor();
    await page.locator('body').press('/');
    await page.keyboard.type('nothing like it');
    await page.getByRole('heading', { name: 'No audit matches' }).waitFor();
    expect(new URL(page.url()).searchParams.get('action')).toBe('allowed');
    expect(new URL(page.url()).searchParams.get('q')).toBe('nothing like it');
    await page.reload();
    await page.getByRole('heading', { name: 'No audit matches' }).waitFor();
    await button('Clear filters').click();
    await page.getByText('node started /usr/bin/gs').waitFor();
    expect(new URL(page.url()).search).toBe('');
  });

  it('loads older audits page by page', async () => {
    const post = await registerDefender(console, { ...convertFunction, name: 'many' }, await credentials());
    await post(Array.from({ length: 150 }, (_, index) => ({ message: `number ${index}` })));
    await page.goto(`${console.url}/audits?function=many`);
    await page.getByText('number 149', { exact: true }).waitFor();
    expect(
      await page
        .getByRole('list', { name: /^Audits/ })
        .getByRole('listitem')
        .count(),
    ).toBe(100);
    await button('Load older audits').click();
    await page.getByText('150 audits; there are no older ones').waitFor();
    await page.getByText('number 0', { exact: true }).waitFor();
  });
});

describe('Defenders and settings', () => {
  it('says honestly what a Defender cannot guard', async () => {
    const post = await registerDefender(console, { ...convertFunction, name: 'bare' }, await credentials());
    const detail = {
      tier: 'none',
      kernel: '5.10.0',
      filter: false,
      notify: false,
      verify: false,
      landlock: 0,
      policy: 8,
      source: 'package',
      init: '0.1.0',
      sections: { process: 'unguarded' },
      missing: ['a seccomp filter: prctl answers EPERM'],
    };
    await post([{ type: 'coverage', action: 'reported', message: 'Nothing can be guarded here', detail }]);
    await page.getByRole('link', { name: 'Defenders' }).first().click();
    await page
      .getByRole('row', { name: /bare.*Not guarded/ })
      .getByRole('button')
      .click();
    const details = page.getByRole('dialog');
    await details.getByText('Nothing is enforced in this function.').waitFor();
    expect(await details.getByText('a seccomp filter: prctl answers EPERM').count()).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
  });

  it('makes an API token, shows it once, and revokes it', async () => {
    await page.getByRole('link', { name: 'Settings' }).first().click();
    await button('New token').click();
    await page.getByLabel('Name').fill('pipeline');
    await button('Make token').click();
    await page.getByText('It is shown only this once').waitFor();
    const token = (await page.getByRole('dialog').locator('pre').textContent()) ?? '';
    const ask = () => fetch(`${console.url}/api/policy`, { headers: { authorization: `Bearer ${token}` } });
    expect((await ask()).status).toBe(200);
    await button('Done').click();
    await button('Revoke token pipeline').click();
    await button('Revoke token').click();
    await page.getByText('No tokens yet.').waitFor();
    expect((await ask()).status).toBe(401);
  });

  it('rotates the signing key', async () => {
    const keys = page.getByRole('list', { name: 'Signing keys' }).getByRole('listitem');
    await keys.first().waitFor();
    expect(await keys.count()).toBe(1);
    await button('Rotate').click();
    await button('Rotate key').click();
    await keys.nth(1).waitFor();
    expect(await keys.nth(0).textContent()).toContain('Signs now');
  });

  it('hides Defenders and every way to edit from viewers', async () => {
    const answer = await fetch(`${console.url}/api/tokens`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: console.url, ...(await credentials()) },
      body: JSON.stringify({ name: 'viewer', role: 'viewer' }),
    });
    const { token } = (await answer.json()) as { token: string };
    const other = await openBrowser({ extraHTTPHeaders: { authorization: `Bearer ${token}` } });
    try {
      const viewer = await other.newPage();
      viewer.setDefaultTimeout(10_000);
      await viewer.goto(`${console.url}/defenders`);
      await viewer.getByText('number 149', { exact: true }).waitFor();
      expect(viewer.url()).toBe(`${console.url}/audits`);
      expect(await viewer.getByRole('link', { name: 'Defenders' }).count()).toBe(0);
      await viewer.goto(`${console.url}/policy`);
      await viewer.getByRole('button', { name: 'Theirs', exact: true }).waitFor();
      expect(await viewer.getByRole('button', { name: /New rule|Delete|Move/ }).count()).toBe(0);
    } finally {
      await other.close();
    }
  });
});

it('opens pages by key, shows the help, and never threw or asked another host', async () => {
  await page.locator('body').press('g');
  await page.locator('body').press('a');
  await page.getByRole('heading', { name: 'Audits', exact: true }).waitFor();
  await page.locator('body').press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  expect(pageErrors).toEqual([]);
});

it('leads to signing in when the session ends, and back', async () => {
  await page.goto(`${console.url}/settings`);
  await page.getByRole('heading', { name: 'Account' }).waitFor();
  await browser.context.clearCookies();
  await page.getByRole('link', { name: 'Policy' }).first().click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password').fill(account.password);
  await button('Sign in').click();
  await page.getByRole('heading', { name: 'Policy' }).waitFor();
});
