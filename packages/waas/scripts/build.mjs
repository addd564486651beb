// Builds the engine: word lists -> tables in AssemblyScript -> build/waas.wasm.
import { mkdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import asc from 'assemblyscript/asc';
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
const bytes = readFileSync('build/waas.wasm');
process.stdout.write(
  `waas: ${(bytes.length / 1024).toFixed(1)} KB, gzipped ${(gzipSync(bytes, { level: 9 }).length / 1024).toFixed(1)} KB\n`,
);
