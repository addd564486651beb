import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { sourceOf, sources } from '../sources.mjs';

test('what the init prints is what the C library would print', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ringfence-print-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const host = join(folder, 'print-host');
  execFileSync('gcc', [
    ...['-std=c11', '-D_GNU_SOURCE', '-DPRINT_UNDER_TEST', '-O1', '-Wall', '-Wextra', '-Werror'],
    ...['-Wno-format-zero-length', '-Wno-format-truncation', '-fsanitize=address,undefined'],
    fileURLToPath(new URL('print-host.c', import.meta.url)),
    ...[sourceOf('print'), '-o', host],
  ]);
  expect(execFileSync(host, { encoding: 'utf8' })).toBe('compared 60\n');
});

test('the sources ask it for nothing that it does not know', () => {
  const texts = sources.map((path) => readFileSync(path, 'utf8').replaceAll(/__asm__[^;]*;/g, ''));
  const literals = texts.flatMap((text) => text.match(/"(?:[^"\\\n]|\\.)*"/g) ?? []);
  const directives = literals.flatMap((literal) => literal.match(/%[^a-zA-Z"]*(?:ll?|z)?[a-zA-Z]/g) ?? []);
  expect(directives.length).toBeGreaterThan(100);
  const known = /^%(?:(?:0\d+)?(?:ll?|z)?[dux]|(?:\.(?:\d+|\*))?s)$/;
  expect(directives.filter((directive) => !known.test(directive))).toEqual([]);
});
