// Builds the engine: word lists -> tables in AssemblyScript -> build/waas.wasm.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import asc from 'assemblyscript/asc';
import { joinSegments } from './join-segments.mjs';
import { writeWordTables } from './write-word-tables.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
writeWordTables();
mkdirSync('build', { recursive: true });
const { error, stderr } = await asc.main([
  'assembly/index.ts',
  ...[
    '--outFile',
    'build/waas.wasm',
    '--runtime',
    'stub',
    '-O3',
    '--converge',
    '--noAssert',
    '--uncheckedBehavior',
    'never',
  ],
  ...['--use', 'abort=', '--enable', 'bulk-memory'],
]);
if (error) {
  process.stderr.write(`${stderr.toString()}\n`);
  process.exit(1);
}
const bytes = joinSegments(readFileSync('build/waas.wasm'));
writeFileSync('build/waas.wasm', bytes);
process.stdout.write(
  `waas: ${(bytes.length / 1024).toFixed(1)} KB, gzipped ${(gzipSync(bytes, { level: 9 }).length / 1024).toFixed(1)} KB\n`,
);
