import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { encodeSettings } from '@ringfence/policy/waas-section';
import { createEngine, type Inspection, type WaasOptions } from '@ringfence/waas';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openBrowser } from '../../apps/web/src/test-support/open-browser.ts';
import { buildWaasHost, NOW } from '../../defender/init/test/waas-host.ts';
import { readOptions } from '../../packages/waas/src/read-options.ts';

/** An event, or a text that is none, and what must be said of it. */
interface Case {
  name: string;
  event?: unknown;
  text?: string;
  trigger: string;
  /** `class path <- decodings`. */
  verdicts: string[];
  decision: Inspection['decision']['kind'];
}

const packageFolder = new URL('../../packages/waas/', import.meta.url);
const casesFolder = new URL('testdata/cases/', packageFolder);
const tables = readdirSync(casesFolder).map((file): [string, { options: WaasOptions; cases: Case[] }] => [
  file.replace('.json', ''),
  JSON.parse(readFileSync(new URL(file, casesFolder), 'utf8')),
]);

/** All events of a table, one after the other in the same engine. */
const eventsOf = (cases: Case[]) => cases.map(({ event, text }) => text ?? JSON.stringify(event));

const ends: (() => unknown)[] = [];
afterAll(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const inNode = (options: WaasOptions, events: string[]): Inspection[] => {
  const engine = createEngine(options);
  return events.map((event) => engine.inspectEvent(event, NOW * 1000));
};

const kinds = ['pass', 'answer', 'error', 'replace'] as const;

/** What the init's engine said, in the shape of the others. */
function readNative(output: Buffer): Inspection[] {
  const lines = output.toString().split('\n');
  return Array.from({ length: (lines.length - 1) / 4 }, (_, index) => {
    const [head = '', answer = '', failures = '', report = ''] = lines.slice(index * 4);
    const kind = kinds[Number(head[0])] ?? 'pass';
    const decisions = {
      pass: { kind },
      answer: { kind, response: answer },
      error: { kind, error: answer },
      replace: { kind, event: answer, failures },
    };
    return { ...JSON.parse(report), decision: decisions[kind] };
  });
}

/** The page imports by itself: an import within `evaluate` would be the test's, not the page's. */
const document = `<!doctype html><script type="module">
  import { createEngine } from '/dist/browser.js';
  window.judge = async (options, events, now) => {
    const engine = await createEngine(options);
    return JSON.stringify(events.map((event) => engine.inspectEvent(event, now)));
  };
</script>`;

interface Page extends Window {
  judge(options: WaasOptions, events: string[], now: number): Promise<string>;
}

/** Loads `@ringfence/waas/browser` as a page does: a module, and the WebAssembly that lies beside it. */
async function openPage() {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('src/browser.ts', packageFolder))],
    bundle: true,
    format: 'esm',
    write: false,
    conditions: ['source'],
  });
  const files = new Map<string, [type: string, body: Uint8Array]>([
    ['/', ['text/html', Buffer.from(document)]],
    ['/dist/browser.js', ['text/javascript', outputFiles[0]?.contents ?? Buffer.of()]],
    ['/build/waas.wasm', ['application/wasm', readFileSync(new URL('build/waas.wasm', packageFolder))]],
  ]);
  const server = createServer(({ url = '' }, response) => {
    const [type, body] = files.get(url) ?? [];
    response.writeHead(body ? 200 : 404, { 'content-type': type ?? 'text/plain' }).end(body);
  }).listen(0, '127.0.0.1');
  ends.push(() => server.close());
  const browser = await openBrowser();
  ends.push(browser.close);
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return page;
}

let host: ReturnType<typeof buildWaasHost>;
let page: Awaited<ReturnType<typeof openPage>>;
beforeAll(async () => {
  host = buildWaasHost();
  ends.push(host.remove);
  page = await openPage();
});

describe.each(tables)('%s', (_, { options, cases }) => {
  const events = eventsOf(cases);
  const said = inNode(options, events);

  test.each(cases.map((entry, index): [string, Case, number] => [entry.name, entry, index]))(
    '%s',
    (_, entry, index) => {
      const { trigger, verdicts, decision } = said[index] as Inspection;
      expect({
        trigger,
        verdicts: verdicts.map(({ class: kind, path, decoding }) =>
          [kind, path, ...(decoding.length > 0 ? ['<-', decoding.join(', ')] : [])].join(' '),
        ),
        decision: decision.kind,
      }).toEqual({ trigger: entry.trigger, verdicts: entry.verdicts, decision: entry.decision });
    },
  );

  test('natively the same, byte for byte', () => {
    const native = host.judge(
      encodeSettings(readOptions(options)),
      events.map((event) => Buffer.from(event)),
    );
    expect(JSON.stringify(readNative(native))).toBe(JSON.stringify(said));
  });

  test('in the browser the same, byte for byte', async () => {
    const inPage = await page.evaluate(
      ([options, events, now]) => (window as unknown as Page).judge(options, events, now),
      [options, events, NOW * 1000] as const,
    );
    expect(inPage).toBe(JSON.stringify(said));
  });
});

test('the table is large enough', () => {
  expect(tables.flatMap(([, { cases }]) => cases).length).toBeGreaterThanOrEqual(150);
});
