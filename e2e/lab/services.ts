// Runs inside the lab's network: its DNS, HTTP and S3 servers, and the stranger who writes down whatever reaches him.
import { createSocket } from 'node:dgram';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { addresses, ports, strangerPorts } from './addresses.ts';
import { serveDns } from './dns-server.ts';
import { serveLocal } from './local-server.ts';
import { serveS3 } from './s3-server.ts';

const log: string[] = [];
const seen = (text: string) => {
  log.push(text);
};

for (const address of [addresses.api, addresses.api6, addresses.metadata]) {
  let connections = 0;
  const server = createHttpServer((request, response) => {
    if (address === addresses.metadata) seen(`metadata ${request.url}`);
    response.end(`${request.method} ${request.url} on connection`);
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', () => {
    connections++;
    if (address === addresses.api) seen(`api connection ${connections}`);
  });
  server.listen(ports.http, address);
}
serveDns(addresses.dns, ports.dns, seen);
serveLocal('lab-stranger', process.argv[2] ?? '', seen);
serveS3(addresses.s3, ports.s3);

for (const address of [addresses.stranger, addresses.stranger6])
  for (const port of strangerPorts) {
    createServer((socket) => {
      seen(`stranger tcp ${port} connected`);
      socket.on('data', (data) => seen(`stranger tcp ${port} ${data.toString('latin1')}`));
      socket.on('error', () => {});
    }).listen(port, address);
    const udp = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    udp.on('message', (data) => seen(`stranger udp ${port} ${data.toString('latin1')}`));
    udp.bind(port, address);
  }

process.on('message', async (request: 'log' | 'ready') => {
  await sleep(20); // what was sent just before is still on its way
  process.send?.(request === 'log' ? log.splice(0) : []);
});
process.on('disconnect', () => process.exit());
