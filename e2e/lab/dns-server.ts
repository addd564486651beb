import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:net';
// The field's plain codec for DNS packets: it has no opinions that a test server would have to work around.
import dnsPacket, { type Answer, type Packet } from 'dns-packet';
import { names } from './addresses.ts';

type Seen = (text: string) => void;

/** The records for a question: aliases are followed to their addresses, as a recursive server does. */
function findAnswers(name: string, type: string): Answer[] | undefined {
  const entry = names[name.toLowerCase()];
  if (!entry) return undefined;
  if (entry.cname)
    return [{ type: 'CNAME', name, ttl: 5, data: entry.cname }, ...(findAnswers(entry.cname, type) ?? [])];
  const data = type === 'A' ? entry.a : type === 'AAAA' ? entry.aaaa : undefined;
  return data ? [{ type: type as 'A' | 'AAAA', name, ttl: 5, data }] : [];
}

function answer(query: Packet, seen: Seen): Packet {
  const [question] = query.questions ?? [];
  if (!question) return { type: 'response', id: query.id ?? 0, flags: 1 };
  seen(`lookup ${question.type} ${question.name}`);
  const answers = findAnswers(question.name, question.type);
  const refused = answers === undefined ? 3 : 0; // NXDOMAIN
  return {
    type: 'response',
    id: query.id ?? 0,
    flags: dnsPacket.RECURSION_DESIRED | dnsPacket.RECURSION_AVAILABLE | refused,
    questions: [question],
    answers: answers ?? [],
  };
}

/** Serves the lab's names over UDP and TCP, and tells each question. */
export function serveDns(address: string, port: number, seen: Seen): void {
  const udp = createSocket(address.includes(':') ? 'udp6' : 'udp4');
  udp.on('message', (message, from) => {
    seen(`packet ${message.toString('latin1')}`);
    udp.send(dnsPacket.encode(answer(dnsPacket.decode(message), seen)), from.port, from.address);
  });
  udp.bind(port, address);
  const tcp: Server = createServer((socket) => {
    let received = Buffer.alloc(0);
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2 && received.length >= 2 + received.readUInt16BE(0)) {
        const length = 2 + received.readUInt16BE(0);
        socket.write(
          dnsPacket.streamEncode(answer(dnsPacket.streamDecode(received.subarray(0, length)), seen)),
        );
        received = received.subarray(length);
      }
    });
  });
  tcp.listen(port, address);
}
