import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { findPackages, idsOf, inventoryTestdata } from '../../testing/find-packages.ts';
import { makeZip } from '../../testing/make-zip.ts';

const folder = mkdtempSync(join(tmpdir(), 'ringfence-java-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const shaded = readFileSync(join(inventoryTestdata, 'java/shaded.jar'));

async function find(files: Record<string, string | Buffer>) {
  const place = mkdtempSync(join(folder, 'package-'));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(place, path)), { recursive: true });
    writeFileSync(join(place, path), content);
  }
  return findPackages(place);
}
const jarWith = (manifest: string) => makeZip([{ name: 'META-INF/MANIFEST.MF', content: manifest }]);

test("what Maven's shade plugin put into a jar", async () => {
  const { packages, notes } = await find({ 'lib/shop.jar': shaded });
  expect(notes).toEqual([]);
  expect(idsOf(packages)).toEqual([
    'com.google.code.gson:gson@2.10',
    'commons-io:commons-io@2.11.0',
    'org.example:shop@1.0.0',
  ]);
  expect(packages.find(({ name }) => name.endsWith('commons-io'))?.evidence).toEqual([
    { path: 'lib/shop.jar!/META-INF/maven/commons-io/commons-io/pom.properties', by: 'installed' },
  ]);
});

test('jars in jars, as Spring Boot lays them, down to a depth that no tool makes', async () => {
  const nest = (depth: number): Buffer =>
    depth === 0 ? shaded : makeZip([{ name: 'BOOT-INF/lib/inner.jar', content: nest(depth - 1) }]);
  expect((await find({ 'app.jar': nest(4) })).packages).toHaveLength(3);
  expect((await find({ 'app.jar': nest(5) })).packages).toHaveLength(0);
});

test.each([
  // As Debian's libpostgresql-jdbc-java has it: no version in the file's name.
  [
    'postgresql.jar',
    'Implementation-Vendor-Id: org.postgresql\r\nImplementation-Version: 42.5.5\r\nAutomatic-Module-Name: org.postgresql.jdbc\r\n',
    'org.postgresql:postgresql@42.5.5',
  ],
  [
    'commons-text-1.9.jar',
    'Bundle-SymbolicName: org.apache.commons.commons-te\r\n xt\r\nBundle-Version: 1.9.0\r\n',
    'org.apache.commons:commons-text@1.9',
  ],
  [
    'jackson-core-2.9.8.jar',
    'Bundle-SymbolicName: com.fasterxml.jackson.core.jackson-core;singleton:=true\r\n',
    'com.fasterxml.jackson.core:jackson-core@2.9.8',
  ],
])('%s without pom.properties, by its manifest', async (name, headers, expected) => {
  const { packages } = await find({ [name]: jarWith(`Manifest-Version: 1.0\r\n${headers}\r\n`) });
  expect(idsOf(packages)).toEqual([expected]);
});

test('a jar that says nothing of itself is no package; one that is none is told', async () => {
  const { packages, notes } = await find({ 'a.jar': jarWith('Manifest-Version: 1.0\r\n'), 'b.jar': 'none' });
  expect(packages).toEqual([]);
  expect(notes).toEqual([expect.stringContaining('b.jar is no zip that can be read')]);
});

test('jars that would unpack to more than any function has are told, and what was found before is kept', async () => {
  const bomb = makeZip([
    { name: 'a', content: 'x', claims: 2 * 1024 ** 3 },
    { name: 'b', content: 'x', claims: 1024 ** 3 },
  ]);
  const { packages, notes } = await find({ 'a.jar': shaded, 'b.jar': bomb, 'c.jar': bomb });
  expect(packages).toHaveLength(3);
  expect(notes).toEqual([expect.stringMatching(/^c\.jar: the jars unpack to more than the 4 GB/)]);
});

test("Gradle's lockfile, without what only tests need", async () => {
  const { packages } = await find({
    'gradle.lockfile':
      '# This is a Gradle generated file for dependency locking.\ncom.google.code.gson:gson:2.10=compileClasspath,runtimeClasspath\njunit:junit:4.13.2=testCompileClasspath,testRuntimeClasspath\nempty=annotationProcessor\n',
  });
  expect(packages.map(({ name, version, development }) => [name, version, development])).toEqual([
    ['com.google.code.gson:gson', '2.10', undefined],
    ['junit:junit', '4.13.2', true],
  ]);
});
