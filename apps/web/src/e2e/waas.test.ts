import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertFunction, registerDefender } from '../test-support/fake-defender.ts';
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
const drawer = () => page.getByRole('dialog');

async function storedRules() {
  const answer = await page.request.get(`${console.url}/api/policy`);
  const { policy } = (await answer.json()) as { policy: { waas: { rules: Record<string, unknown>[] } } };
  return policy.waas.rules;
}

describe('the playground', () => {
  it('teaches what it does, and judges an example without sending it', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.getByRole('heading', { name: 'See an event as WAAS sees it' }).waitFor();
    const sent: string[] = [];
    page.on('request', (request) =>
      sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`),
    );
    await button(/^A command in base64/).click();
    const [first] = [page.getByRole('article', { name: 'Command injection' }).first()];
    await first.getByText('92 % sure').waitFor();
    const steps = await first
      .getByRole('list', { name: 'Path through the decoders' })
      .getByRole('listitem')
      .allTextContents();
    expect(steps.slice(0, 3)).toEqual(['body.host', 'base64', 'form']);
    expect(await first.getByLabel('Judged form').textContent()).toContain('example.com');
    expect(await first.locator('mark').textContent()).toMatch(/^;.*passwd$/);
    await page.getByText('The function does not get the event.').waitFor();
    expect(await page.getByLabel("What answers in the function's stead").textContent()).toContain('403');
    expect(sent.filter((each) => !/^GET \S+\/assets\//.test(each))).toEqual([]);
  });

  it('shows the value in the text, and judges what is typed', async () => {
    await button('Clear').click();
    const box = page.getByRole('textbox', { name: 'An event' });
    await box.fill('{"note": "hello", "search": "lamp\' or \'a\'=\'a"}');
    await page.getByRole('article', { name: 'SQL injection' }).waitFor();
    await button('Show in the text').click();
    expect(
      await box.evaluate((area: HTMLTextAreaElement) =>
        area.value.slice(area.selectionStart, area.selectionEnd),
      ),
    ).toBe("\"lamp' or 'a'='a\"");
    await box.fill('{"note": "hello"}');
    await page.getByRole('heading', { name: 'Nothing attacks here' }).waitFor();
    await box.fill('{"note": ');
    await page.getByText('This is no JSON').waitFor();
  });

  it('shows the exception, which silences the verdict when it is tried', async () => {
    await page
      .getByRole('textbox', { name: 'An event' })
      .fill('{"list": [{"search": "lamp\' or \'a\'=\'a"}]}');
    const card = page.getByRole('article', { name: 'SQL injection' });
    await card.getByText('Silence this').click();
    expect(await card.getByLabel('Exception').textContent()).toContain('field: list[*].search');
    await card.getByRole('button', { name: 'Try it here' }).click();
    await page.getByRole('heading', { name: 'Nothing attacks here' }).waitFor();
    await button('Undo changes').click();
    await card.waitFor();
  });

  it('judges by other effects, and one value alone', async () => {
    await page.getByText('Effects', { exact: true }).click();
    await page.getByLabel('Effect on SQL injection').selectOption('alert');
    await page.getByText('The function gets the event as it came.').waitFor();
    await page.getByRole('radio', { name: 'One value' }).click();
    await page.getByRole('textbox', { name: 'One value' }).fill('<img src=x onerror=alert(1)>');
    await page.getByRole('article', { name: 'Cross-site scripting' }).waitFor();
    expect(await page.getByText('What becomes of it').count()).toBe(0);
  });

  it('stays responsive with an event of 6 MB', async () => {
    await page.getByRole('radio', { name: 'An event' }).click();
    const filler = Array.from({ length: 60_000 }, (_, index) => ({
      id: index,
      note: 'a harmless line of text '.repeat(3),
    }));
    const event = JSON.stringify({ filler, search: "lamp' or 'a'='a" });
    await page.getByLabel('File with an event').setInputFiles({
      name: 'event.json',
      mimeType: 'application/json',
      buffer: Buffer.from(event),
    });
    await page.getByText('all of it is judged').waitFor();
    await page.getByRole('article', { name: 'SQL injection' }).waitFor();
    await button('Clear').click();
    await page.getByRole('textbox', { name: 'An event' }).fill('{}');
    await page.getByRole('heading', { name: 'Nothing attacks here' }).waitFor();
  });
});

describe('a WAAS rule', () => {
  it('is made in its form, with errors beside their places', async () => {
    await page.goto(`${console.url}/policy?view=waas`);
    await page.getByRole('heading', { name: 'No WAAS rules: events are not judged' }).waitFor();
    await button('New rule').click();
    await drawer().getByLabel('Name', { exact: true }).fill('Public APIs');
    await drawer()
      .getByRole('radio', { name: /^Prevent/ })
      .click();
    await drawer().getByLabel('Effect on Scanner').selectOption('disable');
    await drawer().getByLabel('Confidence that it takes, per cent').fill('101');
    await button('Add rule').click();
    await drawer().getByText('Something above is not right yet.').waitFor();
    await drawer().getByLabel('Confidence that it takes, per cent').fill('80');
    await button('Add exception').click();
    await drawer().getByLabel('Field', { exact: true }).fill('body.html');
    await drawer().getByRole('checkbox', { name: 'Cross-site scripting' }).check();
    await drawer()
      .getByLabel(/^Only from these addresses/)
      .fill('10.0.0.0/8');
    await button('Add pattern').click();
    await drawer().getByLabel('Name of pattern 1').fill('Old exploit');
    await drawer().getByLabel('Text that it matches').fill('*/cgi-bin/*');
    await drawer()
      .getByLabel(/^Refused, one on each line/)
      .fill('192.0.2.0/24\nnowhere');
    await drawer().getByText('must be an IPv4 or IPv6 address').first().waitFor();
    await drawer()
      .getByLabel(/^Refused, one on each line/)
      .fill('192.0.2.0/24');
    await drawer().getByLabel('HTTP status').fill('404');
    await drawer().getByRole('radio', { name: /^Drop/ }).click();
    await button('Add rule').click();
    await drawer().waitFor({ state: 'detached' });
    await button('Save policy').click();
    await page.getByText('Saved as revision 1.').waitFor();
    expect(await storedRules()).toMatchObject([
      {
        name: 'Public APIs',
        collections: ['All'],
        onError: 'open',
        effect: 'prevent',
        protections: { scanner: 'disable' },
        confidence: 80,
        exceptions: [{ field: 'body.html', classes: ['xss'], sources: ['10.0.0.0/8'] }],
        patterns: [{ name: 'Old exploit', match: '*/cgi-bin/*' }],
        sources: { allow: [], deny: ['192.0.2.0/24'] },
        response: { status: 404 },
        records: 'drop',
        banMinutes: 10,
      },
    ]);
    const row = page.getByRole('list', { name: 'Rules in order' }).getByRole('listitem');
    expect(await row.textContent()).toMatch(/Scanner: Disable.*one exception.*one pattern/);
  });

  it('can be judged by in the playground, and takes the exception from there', async () => {
    await page.goto(`${console.url}/playground`);
    await page.getByLabel('Judge by').selectOption('Public APIs');
    await page.getByRole('textbox', { name: 'An event' }).fill('{"a": "/cgi-bin/x"}');
    const card = page.getByRole('article', { name: 'Own pattern' });
    await card.getByText('Silence this').click();
    await card.getByRole('link', { name: 'Add to rule “Public APIs”' }).click();
    await drawer().getByRole('group', { name: 'Exception 2' }).waitFor();
    expect(await drawer().getByLabel('Field', { exact: true }).nth(1).inputValue()).toBe('a');
    await button('Apply').click();
    await drawer().waitFor({ state: 'detached' });
    await button('Save policy').click();
    await page.getByText('Saved as revision 2.').waitFor();
    expect((await storedRules())[0]?.exceptions).toMatchObject([
      { field: 'body.html' },
      { field: 'a', classes: ['custom'] },
    ]);
    await page.reload();
    await page.getByRole('list', { name: 'Rules in order' }).waitFor();
    expect(await drawer().count()).toBe(0);
  });

  it('takes the shapes of requests from an OpenAPI document, read in the browser', async () => {
    await page.goto(`${console.url}/policy?view=waas`);
    await button('Public APIs').click();
    const choose = (name: string, text: string) =>
      drawer()
        .getByLabel('OpenAPI document', { exact: true })
        .setInputFiles({ name, mimeType: 'application/yaml', buffer: Buffer.from(text) });
    await choose('old.yaml', 'swagger: "2.0"');
    await drawer().getByText('# is Swagger 2.0; convert it to OpenAPI 3 first').waitFor();
    await choose('torn.yaml', 'openapi: 3.1.0\npaths: {');
    await drawer()
      .getByText(/^line \d+, column \d+: /)
      .waitFor();
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url()));
    await choose(
      'users.yaml',
      `openapi: 3.1.0
info: { title: users, version: '1' }
paths:
  /users/{id}:
    get:
      parameters:
        - { name: id, in: path, required: true, schema: { type: string, pattern: '^u', maxLength: 9 } }
      responses: {}
`,
    );
    await drawer().getByText('One place of users.yaml cannot be checked as written').click();
    await drawer().getByText('#/paths/~1users~1{id}/get/parameters/0/schema').waitFor();
    expect(sent).toEqual([]);
    const routes = drawer().getByRole('list', { name: 'Routes' }).getByRole('listitem');
    expect(await routes.allTextContents()).toEqual(['GET /users/{id}']);
    await button('Apply').click();
    await drawer().waitFor({ state: 'detached' });
    await button('Save policy').click();
    await page.getByText('Saved as revision 3.').waitFor();
    expect((await storedRules())[0]?.shapes).toMatchObject([
      { method: 'GET', path: '/users/{id}', parameters: [{ in: 'path', name: 'id', maxLength: 9 }] },
    ]);
    await button('Public APIs').click();
    await button('Remove all routes').click();
    await button('Apply').click();
    await button('Save policy').click();
    await page.getByText('Saved as revision 4.').waitFor();
    expect((await storedRules())[0]?.shapes).toEqual([]);
  });

  it('is explained for a function beside the runtime rule', async () => {
    await page.getByRole('tab', { name: 'Explain' }).click();
    await page.getByLabel('Function', { exact: true }).fill('any');
    const panel = page.getByRole('region', { name: 'WAAS rule “Public APIs” decides' });
    await panel.getByText('scanner: not looked for.').waitFor();
  });
});

describe('an audit of type waas', () => {
  const detail = {
    requestId: '8b3e0c4e-1f9a-4f83-9d0c-3a1a5c2b7d10',
    decision: 'answer',
    trigger: 'http-api',
    address: '198.51.100.7',
    verdicts: [
      {
        class: 'sqli',
        effect: 'prevent',
        confidence: 95,
        reason: 'goes on with a condition that is always true',
        path: 'body.items[3].search',
        decoding: ['json', 'percent'],
        evidence: { start: 4, end: 16, text: "' or 'a'='a" },
      },
    ],
    leftOut: 2,
    incomplete: false,
  };

  it('reads as what, where and from whom, and shows decoding and evidence', async () => {
    const post = await registerDefender(console, convertFunction, { cookie: console.cookie });
    await post([
      {
        type: 'waas',
        message: 'refused an event (http-api): sqli in body.items[3].search: the text …',
        detail,
      },
    ]);
    await page.goto(`${console.url}/audits`);
    await button('SQL injection in body.items[3].search and 2 more · http-api from 198.51.100.7').click();
    const card = drawer().getByRole('article', { name: 'SQL injection' });
    const steps = card.getByRole('list', { name: 'Path through the decoders' }).getByRole('listitem');
    expect(await steps.allTextContents()).toEqual(['body.items[3].search', 'JSON', 'percent']);
    expect(await card.locator('mark').textContent()).toBe("' or 'a'='a");
    await drawer().getByText('198.51.100.7').first().waitFor();
  });

  it('opens the rule that decided, with the exception filled in', async () => {
    await drawer().getByText('Silence this').click();
    await drawer().getByRole('link', { name: 'Add to rule “Public APIs”' }).click();
    await page.getByRole('dialog', { name: 'Rule “Public APIs”' }).waitFor();
    const field = drawer().getByLabel('Field', { exact: true }).last();
    expect(await field.inputValue()).toBe('body.items[*].search');
    await button('Cancel').click();
  });

  it('opens its evidence in the playground', async () => {
    await page.goBack();
    await page.getByRole('link', { name: 'Open in playground' }).click();
    await page.getByRole('article', { name: 'SQL injection' }).waitFor();
    expect(console.pageErrors).toEqual([]);
  });
});
