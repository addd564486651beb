import { spawn } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';

// Node has no datagram sockets of the local family, so a few lines of Python serve them.
const datagrams = `
import socket, sys
server = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
server.bind("\\0" + sys.argv[1])
while True:
    print(server.recv(1000).decode("latin1"), flush=True)
`;
const streams = `
import socket, sys
server = socket.socket(socket.AF_UNIX)
server.bind("\\0" + sys.argv[1])
server.listen()
while True:
    connection, _ = server.accept()
    print(connection.recv(1000).decode("latin1"), flush=True)
`;

/** Listens on the abstract local addresses `name` (streams) and `name`-datagram, and on a socket file; tells what arrives. */
export function serveLocal(name: string, path: string, seen: (text: string) => void): void {
  for (const [code, address] of [
    [streams, name],
    [datagrams, `${name}-datagram`],
  ] as const) {
    const child = spawn('/usr/bin/python3', ['-c', code, address], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.setEncoding('utf8').on('data', (text: string) => seen(`local ${text}`));
    process.on('exit', () => child.kill());
  }
  createServer((socket) => socket.on('data', (data) => seen(`local ${data}`)).on('error', () => {})).listen(
    path,
    () => chmodSync(path, 0o777),
  );
}
