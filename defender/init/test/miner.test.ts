import { execFileSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { sourceOf } from '../sources.mjs';
import { buildChecked } from './console-host.ts';

let executable: string;
beforeAll(() => {
  executable = buildChecked('miner-host', [sourceOf('miner'), 'test/miner-host.c']);
});

const ask = (...words: string[]) =>
  execFileSync(executable, { input: `${words.join('\t')}\n`, encoding: 'utf8' }).trimEnd();
const command = (program: string, line: string) => ask('command', program, ...line.split(' '));

const monero = `4${'8Bv7kQ2mZ'.repeat(11).slice(0, 94)}`;

describe('a miner is known by', () => {
  it.each([
    ['its name', '/tmp/xmrig', 'xmrig'],
    ['its name with a version', '/opt/XMRig-6.21.0', 'x'],
    ['its name with a kind of processor', '/tmp/cpuminer-avx2', 'cpuminer-avx2'],
    ['its name among the arguments, after it was renamed', '/tmp/.x', './minerd -c config.json'],
    ['the name of malware that mines', '/tmp/kdevtmpfsi', '/tmp/kdevtmpfsi'],
  ])('%s', (_, program, line) => {
    expect(command(program, line)).toMatch(/name of a miner/);
  });

  it.each([
    ['-o stratum+tcp://203.0.113.7:3333 -u me', 'address of a mining pool'],
    ['-o stratum+ssl://pool.example.net:443', 'address of a mining pool'],
    ['--url=stratum+tcp://[2001:db8::1]:3333', 'address of a mining pool'],
    ['-P stratum1+tcp://0xabc.worker@eth.example.org:4444', 'address of a mining pool'],
    ['--donate-level 1 -o a.example.org:80', 'option that only miners have'],
    ['--donate-level=0', 'option that only miners have'],
    ['--cpu-max-threads-hint=75', 'option that only miners have'],
    ['-o a.example.org:80 --nicehash', 'option that only miners have'],
    ['--algo=randomx', 'what only coins need'],
    ['--algo cryptonight-lite', 'what only coins need'],
    ['--algo rx/0', 'what only coins need'],
    ['--algorithm=kawpow', 'what only coins need'],
    ['-a rx/0 -o 203.0.113.7:14444', 'what coins need'],
    [`-o 203.0.113.7:14444 -u ${monero}.worker1`, 'a wallet'],
    ['--url 203.0.113.7:8080 --user 0x52908400098527886E0F7030069857D2E4169EE7', 'a wallet'],
    ['-o pool.example.net:3333 -u worker -p x', 'a user and a password'],
    ['pool.supportxmr.com:443', 'known mining pool'],
    ['--config x xmr-eu1.nanopool.org:14433', 'known mining pool'],
  ])('its command line %s', (line, reason) => {
    expect(command('/tmp/worker', `/tmp/worker ${line}`)).toContain(reason);
  });
});

describe('no miner is', () => {
  it.each([
    ['/usr/bin/curl', 'curl -o /tmp/page.html -u user:password https://api.example.com:8443/v1'],
    ['/usr/bin/curl', 'curl -sS -o out.json -u user -p https://pool.example.com/status'],
    ['/usr/bin/curl', 'curl https://www.f2pool.com/'],
    ['/usr/bin/gs', 'gs -q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -sOutputFile=/tmp/out.pdf -f in.pdf'],
    ['/usr/bin/ffmpeg', 'ffmpeg -i in.mp4 -c:a aac -b:a 128k -preset fast -y /tmp/out.mp4'],
    ['/usr/bin/ffmpeg', 'ffmpeg -i rtmp://live.example.com:1935/app -f null -'],
    ['/usr/bin/git', 'git commit -a -m algo'],
    ['/usr/bin/git', 'git log --grep=stratum+tcp:// -p'],
    ['/usr/bin/git', 'git clone --depth 1 ssh://git@git.example.com:22/pool/xmrig.git'],
    ['/usr/bin/ssh', 'ssh -o StrictHostKeyChecking=no -o ProxyCommand=none -p 2222 user@host.example.com'],
    ['/usr/bin/scp', 'scp -o User=me -P 22 a host.example.com:/tmp'],
    ['/usr/bin/java', 'java -Xmx512m -jar app.jar --threads 4 --user admin --pass secret'],
    ['/usr/bin/node', 'node --algo=rs256 --coin monero index.js'],
    ['/usr/bin/node', 'node sign.js --algorithm sha256 --url https://example.com:443/x'],
    ['/usr/bin/openssl', 'openssl dgst -sha256 -out file.sig'],
    ['/usr/bin/argon2', 'argon2 salt -t 2 -m 16 -p 4 -l 24'],
    ['/usr/bin/mysql', 'mysql -h db.example.com -u root -p x'],
    ['/usr/bin/psql', 'psql -h db.example.com:5432 -U app -o out.txt'],
    ['/usr/bin/grep', 'grep -a ethash file.bin'],
    ['/usr/bin/ls', 'ls -a cn/ rx/'],
    ['/usr/bin/redis-cli', 'redis-cli -u redis://user:pass@cache.example.com:6379 -p 6379'],
    ['/usr/bin/python3', 'python3 -u handler.py -o result.json:1'],
    ['/usr/bin/wget', 'wget -o log.txt --user me --password x https://files.example.com:8443/a'],
    ['/usr/bin/tar', 'tar -C /tmp -xf stratum.tar'],
    ['/usr/bin/convert', 'convert in.png -resize 50% -unsharp 0x1 out.png'],
    ['/usr/bin/soffice', 'soffice --headless --convert-to pdf --outdir /tmp in.docx'],
    ['/usr/bin/wkhtmltopdf', 'wkhtmltopdf -O Landscape -q http://localhost:3000/ out.pdf'],
    ['/usr/bin/chromium', 'chromium --proxy-server=proxy.example.com:3128 --user-data-dir=/tmp/x'],
    ['/usr/bin/sort', 'sort -u -o names.txt names.txt'],
    ['/usr/bin/determinerd-like', 'determinerd'],
    ['/usr/bin/true', ''],
  ])('%s: %s', (program, line) => {
    expect(command(program, line)).toBe('no');
  });
});

describe('a mining pool', () => {
  it.each([
    ['pool.supportxmr.com', 0, true],
    ['pool.supportxmr.com', 443, true],
    ['xmr.2miners.com', 2222, true],
    ['supportxmr.com', 3333, true],
    ['donate.v2.xmrig.com', 443, true],
    ['stratum-eu.example.org', 3333, true],
    ['xmr.example.org', 14444, true],
    ['supportxmr.com', 443, false],
    ['www.f2pool.com', 0, false],
    ['api.nanopool.org', 443, false],
    ['notsupportxmr.com', 443, false],
    ['supportxmr.com.example.org', 443, false],
    ['stratum.example.org', 443, false],
    ['db-pool.internal', 3333, false],
    ['s3.eu-west-1.amazonaws.com', 443, false],
    ['', 0, false],
  ])('is %s at port %d: %s', (name, port, isPool) => {
    expect(ask('pool', name, String(port))).toBe(isPool ? 'pool' : 'no');
  });
});
