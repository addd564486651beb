import { expect, it } from 'vitest';
import { collect, type Finished, layOut, runUnder, signedPolicy } from './protect.ts';

type Entry = {
  kind: string;
  value: string;
  port?: number;
  arguments?: string[];
  count: number;
  first: number;
  last: number;
};
type Sections = Extract<Parameters<typeof signedPolicy>[0], { files?: unknown }>;

const learning: Sections = {
  process: { effect: 'learn' },
  network: { effect: 'learn' },
  files: { effect: 'learn' },
};

async function learn(code: string, rule = learning): Promise<Finished> {
  const { init, remove } = layOut({ signedPolicy: signedPolicy(rule) });
  try {
    return await collect(runUnder(init, ['/usr/bin/python3', '-c', code]));
  } finally {
    remove();
  }
}

const linesOf = ({ audits }: Finished) =>
  audits.filter(({ type }) => type === 'model') as { detail: { entries: Entry[]; since: number } }[];
const entriesOf = (finished: Finished) => linesOf(finished).flatMap(({ detail }) => detail.entries);
const find = (finished: Finished, kind: string, value: string) =>
  entriesOf(finished).filter((entry) => entry.kind === kind && entry.value === value);
/** Added up over all lines, as whoever reads them does. */
const timesOf = (entries: Entry[]) => entries.reduce((sum, { count }) => sum + count, 0);

it('lets all happen, tells nothing but the model', async () => {
  const finished = await learn(`
import socket, subprocess
print(subprocess.run(["/usr/bin/echo", "ran"], capture_output=True).stdout)
subprocess.run(["/usr/bin/echo"], capture_output=True)
server = socket.create_server(("127.0.0.1", 8123))
print(open("/etc/hostname").name)
`);
  expect(finished).toMatchObject({ code: 0, stdout: "b'ran\\n'\n/etc/hostname\n" });
  expect(new Set(finished.audits.map(({ type }) => type))).toEqual(new Set(['coverage', 'model']));
  expect(timesOf(find(finished, 'process', '/usr/bin/echo'))).toBe(2);
  expect(find(finished, 'listen', 'tcp')).toMatchObject([{ port: 8123, count: 1 }]);
  expect(timesOf(find(finished, 'read', '/etc/hostname'))).toBe(1);
});

it('keeps how programs are called, and what many calls have in common', async () => {
  const finished = await learn(`
import subprocess
run = lambda *line: subprocess.run(line, capture_output=True)
for i in range(3): run("/usr/bin/true", "-q", "a b")
run("/usr/bin/true")
run("/usr/bin/true", "long", "x" * 300)
for i in range(30): run("/usr/bin/false", "--in", "same", str(i))
for i in range(9): run("/usr/bin/" + "../bin/" * 40 + "echo", "--" + str(i), "y" * 200)
`);
  const callsOf = (path: string) => {
    const calls = new Map<string, number>();
    for (const entry of entriesOf(finished).filter(
      ({ kind, value }) => kind === 'process' && value === path,
    )) {
      const line = JSON.stringify(entry.arguments);
      calls.set(line, (calls.get(line) ?? 0) + entry.count);
    }
    return Object.fromEntries(calls);
  };
  expect(callsOf('/usr/bin/true')).toEqual({ '["-q","a b"]': 3, '[]': 1, '["long","**"]': 1 });
  expect(callsOf('/usr/bin/false')).toEqual({ '["--in","same","**"]': 30 });
  expect(callsOf('/usr/bin/echo')).toEqual({ '["**"]': 9 });
});

it('puts files that vary together, and folders of such files', async () => {
  const finished = await learn(`
import os, tempfile
for i in range(30): tempfile.NamedTemporaryFile().close()
base = tempfile.mkdtemp(dir="/var/tmp")
for i in range(20):
    os.mkdir(f"{base}/{i}")
    for j in range(12): open(f"{base}/{i}/{j}", "w").close()
`);
  const written = entriesOf(finished).filter(({ kind }) => kind === 'write');
  expect(timesOf(written.filter(({ value }) => value === '/tmp/*'))).toBeGreaterThanOrEqual(60);
  expect(written.some(({ value }) => /^\/var\/tmp\/[^/]+\/\*\*$/.test(value))).toBe(true);
  expect(written.length).toBeLessThan(60);
});

it('stays within its memory however much is used, and counts what found no room', async () => {
  const finished = await learn(`
import os, socket
for i in range(2000):
    connection = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    connection.connect_ex((f"127.1.{i // 200}.{i % 200 + 1}", 1000 + i))
    os.stat("/")
    try: open(f"/nothing-{i}/x", "w")
    except OSError: pass
    try: os.mkdir(f"/tmp/ringfence-learn-{i}"); os.rmdir(f"/tmp/ringfence-learn-{i}")
    except OSError: pass
for i in range(600):
    os.close(os.open(f"/tmp/{chr(97 + i % 26)}{i}", os.O_CREAT | os.O_WRONLY)); os.unlink(f"/tmp/{chr(97 + i % 26)}{i}")
print("done")
`);
  expect(finished).toMatchObject({ code: 0, stdout: 'done\n' });
  expect(entriesOf(finished).length).toBeLessThan(800);
  for (const line of linesOf(finished)) expect(JSON.stringify(line).length).toBeLessThan(4000);
});

it('ends when it has learned for as long as the policy says, and says so once', async () => {
  const finished = await learn(
    'import time, subprocess\nfor i in range(5): subprocess.run(["/usr/bin/true"]); time.sleep(0.5)',
    { ...learning, learn: { hours: 1 / 3600 } },
  );
  const [policy] = finished.audits.filter(({ type }) => type === 'policy');
  expect(policy).toMatchObject({ message: expect.stringContaining('learning has ended') });
  const times = timesOf(find(finished, 'process', '/usr/bin/true'));
  expect(times).toBeGreaterThanOrEqual(1);
  expect(times).toBeLessThan(5);
});
