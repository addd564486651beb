import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Identity, makeCertificate, toDer } from './console-certificates.ts';
import { buildConsoleHost, type ConsoleHostOptions, startConsoleHost } from './console-host.ts';
import { startServer } from './console-server.ts';

const name = 'console.example';
let executable: string;
let authority: Identity;
let identity: Identity;

beforeAll(async () => {
  executable = buildConsoleHost();
  authority = await makeCertificate({ isAuthority: true });
  identity = await makeCertificate({ issuer: authority, dns: [name] });
});

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const A = 1;
const CNAME = 5;
const AAAA = 28;
const nameInQuestion = [0xc0, 12];
const encodeName = (text: string) => [
  ...text.split('.').flatMap((label) => [label.length, ...Buffer.from(label)]),
  0,
];
const record = (type: number, data: number[], owner = nameInQuestion) => [
  ...[...owner, 0, type, 0, 1, 0, 0, 0, 60],
  ...[data.length >> 8, data.length & 255, ...data],
];
const loopback = record(A, [127, 0, 0, 1]);
const loopback6 = record(AAAA, [...Array(15).fill(0), 1]);

/** The answer to `question` with these records. */
function answerTo(question: Buffer, records: number[][], code = 0) {
  const answer = Buffer.concat([question, Buffer.from(records.flat())]);
  answer[2] = 0x81;
  answer[3] = 0x80 | code;
  answer.writeUInt16BE(records.length, 6);
  return answer;
}

const typeOf = (question: Buffer) => question.readUInt16BE(question.length - 4);

type Reply = (question: Buffer, type: number) => Buffer[];

/** A name server; `reply` gives the packets that it sends back. */
async function serveNames(reply: Reply, options: { host?: string; port?: number } = {}) {
  const questions: Buffer[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (question: Buffer, from: RemoteInfo) => {
    questions.push(question);
    for (const packet of reply(question, typeOf(question))) socket.send(packet, from.port, from.address);
  });
  socket.bind(options.port ?? 0, options.host ?? '127.0.0.1');
  await once(socket, 'listening');
  cleanups.push(() => socket.close());
  return { questions, port: socket.address().port };
}

async function listen(host = '127.0.0.1') {
  const server = await startServer({ id: identity, host });
  cleanups.push(server.close);
  return server;
}

function start(options: ConsoleHostOptions) {
  const host = startConsoleHost(executable, {
    authorities: [toDer(authority)],
    hosts: '127.0.0.1 other\n',
    resolv: 'search example\nnameserver 127.0.0.1 # local\n',
    ...options,
  });
  cleanups.push(host.stop);
  return host;
}

const onlyA: Reply = (question, type) => [answerTo(question, type === A ? [loopback] : [])];

describe('the name of the Console', () => {
  it('is asked for in both families, with different random ids', async () => {
    const server = await listen();
    const names = await serveNames(onlyA);
    start({ address: `${name}:${server.port}`, dnsPort: names.port });
    await server.request(() => true);
    const [a, aaaa] = names.questions as [Buffer, Buffer];
    expect(a.subarray(2, 12)).toEqual(Buffer.from([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
    expect(a.subarray(12)).toEqual(Buffer.from([...encodeName(name), 0, A, 0, 1]));
    expect(aaaa.subarray(12)).toEqual(Buffer.from([...encodeName(name), 0, AAAA, 0, 1]));
    expect(a.subarray(0, 2)).not.toEqual(aaaa.subarray(0, 2));
  });

  const noise = (question: Buffer) => {
    const wrong = record(A, [127, 0, 0, 9]);
    const other = answerTo(question, [wrong]);
    other.writeUInt16BE(other.readUInt16BE(0) ^ 0xffff, 0);
    const elsewhere = answerTo(question, [wrong]);
    elsewhere[13] = 0x21;
    const noAnswer = answerTo(question, [wrong]);
    noAnswer[2] = 1;
    return [
      Buffer.alloc(0),
      Buffer.from([1]),
      question.subarray(0, 11),
      Buffer.alloc(1400, 0xc0),
      other,
      elsewhere,
      noAnswer,
    ];
  };

  it.each<[name: string, reply: Reply]>([
    [
      'after packets that are no answer to it',
      (question, type) => [...noise(question), ...onlyA(question, type)],
    ],
    [
      'with an alias before it',
      (question, type) => {
        const alias = encodeName('real.example');
        const records = [record(CNAME, alias), record(A, [127, 0, 0, 1], alias)];
        return [answerTo(question, type === A ? records : records.slice(0, 1))];
      },
    ],
    [
      'with its letters in another case',
      (question, type) =>
        onlyA(
          Buffer.from(question.map((byte, at) => (at > 11 && byte >= 97 && byte <= 122 ? byte - 32 : byte))),
          type,
        ),
    ],
    [
      'when the other family is never answered',
      (question, type) => (type === A ? onlyA(question, type) : []),
    ],
    [
      'when the other family is refused',
      (question, type) => (type === A ? onlyA(question, type) : [answerTo(question, [], 2)]),
    ],
    [
      'when records are cut after the first',
      (question, type) => [
        type === A ? answerTo(question, [loopback, loopback.slice(0, 9)]) : answerTo(question, []),
      ],
    ],
    [
      'when a family of the wrong size stands before it',
      (question, type) => [answerTo(question, type === A ? [record(A, [1, 2, 3]), loopback] : [])],
    ],
    [
      'when its first address does not answer',
      (question, type) => [answerTo(question, type === A ? [record(A, [127, 0, 0, 99]), loopback] : [])],
    ],
  ])('is found %s', async (_, reply) => {
    const server = await listen();
    const names = await serveNames(reply);
    start({ address: `${name}:${server.port}`, dnsPort: names.port });
    await server.request(() => true);
  });

  it('is found in IPv6 only', async () => {
    const server = await listen('::1');
    const names = await serveNames((question, type) => [
      answerTo(question, type === AAAA ? [loopback6] : []),
    ]);
    start({ address: `${name}:${server.port}`, dnsPort: names.port });
    await server.request(() => true);
  });

  it.each<[name: string, reply: Reply]>([
    ['is silent', () => []],
    ['fails', (question) => [answerTo(question, [], 2)]],
    ['refuses', (question) => [answerTo(question, [], 5)]],
  ])('is asked of the next server when the first %s', async (_, reply) => {
    const server = await listen();
    const first = await serveNames(reply, { host: '127.0.0.2' });
    await serveNames(onlyA, { port: first.port });
    const resolv = 'nameserver 127.0.0.2\nnameserver 127.0.0.1\n';
    start({ address: `${name}:${server.port}`, dnsPort: first.port, resolv });
    await server.request(() => true);
    expect(first.questions.length).toBeGreaterThan(0);
  });

  it.each<[name: string, words: string, reply: Reply]>([
    ['does not exist', 'the name has no address', (question) => [answerTo(question, [], 3)]],
    ['has no address', 'the name has no address', (question) => [answerTo(question, [])]],
    ['is refused by every server', 'no name server answered', (question) => [answerTo(question, [], 5)]],
    [
      'points to itself',
      'the name has no address',
      (question) => [answerTo(question, [record(CNAME, [0xc0, 12]), [0xc0, question.length]])],
    ],
  ])('that %s is told', async (_, words, reply) => {
    const names = await serveNames(reply);
    const host = start({ address: `${name}:1`, dnsPort: names.port });
    expect(await host.told('the Console at')).toContain(words);
  });

  it.each(['a..example', '.example', `${'a'.repeat(64)}.example`])(
    'that is none is told: %s',
    async (bad) => {
      const host = start({ address: `${bad}:1` });
      expect(await host.told('the Console at')).toContain('it is no host name');
    },
  );

  it('is asked on the own machine when resolv.conf is empty, and a dead server is told', async () => {
    const host = start({ address: `${name}:1`, resolv: '' });
    expect(await host.told('the Console at')).toContain('no name server answered');
  });

  it('stands in the hosts file before anything else', async () => {
    const server = await listen();
    const names = await serveNames(() => []);
    const hosts = `# 127.0.0.9 ${name}\nrubbish ${name}\n::x ${name}\n127.0.0.1\tone CONSOLE.example # two\n`;
    start({ address: `${name}:${server.port}`, dnsPort: names.port, hosts });
    await server.request(() => true);
    expect(names.questions).toEqual([]);
  });
});
