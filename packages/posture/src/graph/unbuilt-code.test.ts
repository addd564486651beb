import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { sourcesAbove } from './unbuilt-code.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-unbuilt-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
for (const path of [
  'orders/src/main/java/acme/orders/api/handlers/Get.java',
  'orders/target/orders.jar',
  'src/Function/Function.cs',
  'src/Function/bin/Release/net8.0/publish/Function.dll',
  'prebuilt/bootstrap',
]) {
  mkdirSync(dirname(join(work, path)), { recursive: true });
  writeFileSync(join(work, path), '');
}

test.each([
  ['a JAR', 'orders/target/orders.jar', 'java21', 'orders'],
  ['what .NET publishes', 'src/Function/bin/Release/net8.0/publish', 'dotnet8', 'src/Function'],
  ['a folder that has its sources', 'orders', 'java21', undefined],
  ['a language that is not compiled', 'orders/target/orders.jar', 'nodejs22.x', undefined],
])('the sources of %s', (_, path, runtime, expected) => {
  const found = sourcesAbove(join(work, path), runtime, work);
  expect(found === undefined ? undefined : relative(work, found)).toBe(expected);
});
