import { expect, test } from 'vitest';
import { makeAudit, testFunction } from '../../testing/make-audit.ts';
import { useConsole } from '../../testing/test-console.ts';

const shared = useConsole();
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const coverage = {
  kernel: '6.1.0',
  filter: true,
  notify: true,
  verify: true,
  landlock: 0,
  policy: 1,
  source: 'console',
  init: '0.1.0',
  sections: { process: 'learn', network: 'learn', files: 'learn', secrets: 'disable' },
  missing: ['Landlock'],
};
const messagesOf = (body: { items: { message: string }[] }) => body.items.map(({ message }) => message);

test('audits come newest first, page by page, none twice and none left out', async () => {
  const { defender, api } = shared;
  // Three share each second, so that pages break inside equal times.
  const audits = Array.from({ length: 30 }, (_, index) =>
    makeAudit({ time: at(Math.floor(index / 3)), message: `page ${index}` }),
  );
  await defender.postAudits(audits);
  const seen: { id: string; time: string }[] = [];
  let path = `/api/audits?limit=4&q=page&from=${at(0)}&to=${at(60)}`;
  for (let pages = 0; pages < 20; pages++) {
    const { body } = await api('GET', path);
    seen.push(...body.items);
    if (body.next === null) break;
    path = `${path.replace(/&before=.*/, '')}&before=${encodeURIComponent(body.next)}`;
  }
  const sorted = [...audits].sort((a, b) => (a.time + a.id < b.time + b.id ? 1 : -1));
  expect(seen.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
});

test('audits of judged events are found by class, decision, address and field', async () => {
  const { defender, api } = shared;
  const judged = (message: string, second: number, kind: string, decision: string, address: string) => ({
    ...makeAudit({ time: at(second), message }),
    type: 'waas' as const,
    detail: {
      requestId: 'r',
      decision,
      trigger: 'http-api',
      address,
      verdicts: [
        {
          class: kind,
          effect: 'prevent',
          confidence: 90,
          reason: 'closes a string',
          path: `body.${kind}Field`,
          decoding: [],
          evidence: { start: 0, end: 1, text: "'" },
        },
      ],
      leftOut: 0,
      incomplete: false,
    },
  });
  await defender.postAudits([
    judged('judged one', 151, 'sqli', 'answer', '192.0.2.1'),
    judged('judged two', 152, 'xss', 'pass', '192.0.2.2'),
    makeAudit({ time: at(153), message: 'no class xss' }),
  ]);
  const find = async (query: string) =>
    messagesOf((await api('GET', `/api/audits?from=${at(150)}&to=${at(160)}&${query}`)).body);
  expect(await find('type=waas')).toEqual(['judged two', 'judged one']);
  expect(await find('type=waas&q=class sqli')).toEqual(['judged one']);
  expect(await find('type=waas&q=xss')).toEqual(['judged two']);
  expect(await find('q=decision answer')).toEqual(['judged one']);
  expect(await find('q=192.0.2.2')).toEqual(['judged two']);
  expect(await find('q=body.sqlifield')).toEqual(['judged one']);
});

test('each filter keeps what matches and nothing else', async () => {
  const { defender, api } = shared;
  const detail = makeAudit().detail;
  await defender.postAudits([
    makeAudit({ time: at(101), message: 'filter one', effect: 'alert', action: 'allowed' }),
    makeAudit({ time: at(102), message: 'filter two', detail: { ...detail, path: '/opt/100%_Tool' } }),
    { ...makeAudit({ time: at(103), message: 'filter three' }), type: 'tamper', detail: { what: 'ptrace' } },
  ]);
  const find = async (query: string) =>
    messagesOf((await api('GET', `/api/audits?from=${at(100)}&to=${at(110)}&${query}`)).body);
  expect(await find('')).toEqual(['filter three', 'filter two', 'filter one']);
  expect(await find('type=tamper')).toEqual(['filter three']);
  expect(await find('type=tamper,process&effect=alert')).toEqual(['filter one']);
  expect(await find('action=allowed')).toEqual(['filter one']);
  expect(await find(`q=${encodeURIComponent('100%_tool')}`)).toEqual(['filter two']);
  expect(await find('q=PTRACE')).toEqual(['filter three']);
  expect(await find(`q=${encodeURIComponent('100_')}`)).toEqual([]);
  expect(await find(`function=${testFunction.name}`)).toHaveLength(3);
  expect(await find('function=con*')).toHaveLength(3);
  expect(await find('function=con_ert')).toEqual([]);
  expect(await find('function=con_*')).toEqual([]);
  expect(await find('region=us-*')).toEqual([]);
  expect(await find('account=123456789012')).toHaveLength(3);
});

test('audits of connections, lookups and files are kept, and found by what they tell of', async () => {
  const { defender, api } = shared;
  const reason = 'no entry allows it';
  const send = (second: number, type: string, detail: object) => ({
    ...makeAudit({ time: at(second), message: `section ${type}` }),
    type,
    detail,
  });
  const { text } = await defender.postAudits([
    send(201, 'network', {
      direction: 'outbound',
      protocol: 'tcp',
      address: '203.0.113.9',
      port: 443,
      reason,
    }),
    send(202, 'network', { direction: 'lookup', protocol: 'udp', domain: 'x.Evil.example', reason }),
    send(203, 'file', { path: '/etc/shadow', requested: '../../etc/shadow', access: 'read', reason }),
    { ...send(204, 'coverage', { ...coverage, tier: 'T1' }), effect: 'learn' },
  ]);
  expect(JSON.parse(text)).toMatchObject({ accepted: 4 });
  const find = async (query: string) =>
    messagesOf((await api('GET', `/api/audits?from=${at(200)}&to=${at(210)}&${query}`)).body);
  expect(await find('type=network')).toEqual(['section network', 'section network']);
  expect(await find('type=file,network&q=shadow')).toEqual(['section file']);
  expect(await find('q=evil.example')).toEqual(['section network']);
  expect(await find('q=203.0.113.9')).toEqual(['section network']);
  expect(await find('effect=learn')).toEqual(['section coverage']);
});

test.each([
  'type=unknown',
  'limit=0',
  'limit=501',
  'from=yesterday',
  'before=elsewhere',
  `before=${encodeURIComponent(`2026-99-99T00:00:00.000Z_${'a'.repeat(32)}`)}`,
])('%s is refused', async (query) => {
  const { status, body } = await shared.api('GET', `/api/audits?${query}`);
  expect(status).toBe(400);
  expect(body.detail).toContain(query.split('=')[0]);
});

/** Reads server-sent events until there are so many, then hangs up. */
async function readEvents(
  query: string,
  count: number,
  headers: Record<string, string>,
  ready: () => unknown,
) {
  const hangUp = new AbortController();
  const { running, token } = shared;
  const response = await fetch(`${running.url}/api/audits/stream?${query}`, {
    headers: { authorization: `Bearer ${token}`, ...headers },
    signal: hangUp.signal,
  });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events: { event: string; id: string; data: { message: string } }[] = [];
  let rest = '';
  let told = false;
  for await (const part of response.body ?? []) {
    rest += Buffer.from(part as Uint8Array).toString();
    if (!told) {
      told = true;
      await ready();
    }
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks.filter((text) => !text.startsWith(':'))) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
      events.push({ event: field('event'), id: field('id'), data: JSON.parse(field('data')) });
    }
    if (events.length >= count) break;
  }
  hangUp.abort();
  return events;
}

test('the stream brings new audits that match, and goes on after Last-Event-ID', async () => {
  const { defender } = shared;
  const post = (...messages: string[]) =>
    defender.postAudits(messages.map((message) => makeAudit({ message, effect: 'alert' })));
  await post('stream before');
  const live = await readEvents('effect=alert&q=stream', 2, {}, async () => {
    // The stream starts with what comes after it has opened; it asks for its start once it is read.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await post('stream one', 'not this', 'stream two');
  });
  expect(live.map(({ event, data }) => [event, data.message])).toEqual([
    ['audit', 'stream one'],
    ['audit', 'stream two'],
  ]);
  await post('stream three');
  const headers = { 'last-event-id': live[0]?.id ?? '' };
  const resumed = await readEvents('effect=alert&q=stream', 2, headers, () => undefined);
  expect(resumed.map(({ data }) => data.message)).toEqual(['stream two', 'stream three']);
});

test('a reader that is far behind is told that audits were left out', async () => {
  const { defender } = shared;
  const first = await readEvents('q=flood', 1, {}, async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await defender.postAudits([makeAudit({ message: 'flood start' })]);
  });
  const batch = () => Array.from({ length: 300 }, () => makeAudit({ message: 'flood' }));
  for (let sent = 0; sent < 3; sent++) await defender.postAudits(batch());
  const headers = { 'last-event-id': first[0]?.id ?? '' };
  const events = await readEvents('q=flood', 501, headers, () => undefined);
  expect(events[0]?.event).toBe('missed');
  expect(events.filter(({ event }) => event === 'audit')).toHaveLength(500);
});
