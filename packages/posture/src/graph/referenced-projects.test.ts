import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeFiles } from '../testing/write-files.ts';
import { referencedProjects } from './referenced-projects.ts';

const work = mkdtempSync(join(tmpdir(), 'ringfence-projects-'));
afterAll(() => rmSync(work, { recursive: true, force: true }));
let count = 0;

function references(files: Record<string, string>, folder: string, runtime: string, layers: string[] = []) {
  const root = join(work, String(count++));
  writeFiles(root, files);
  const { folders, missing } = referencedProjects(join(root, folder), runtime, root, layers);
  return { folders: folders.map((each) => relative(root, each)).sort(), missing };
}

test('Go: packages of the same module, those they import, and modules in the place of others', () => {
  const files = {
    'go.mod': 'module example.org/app\n\nreplace example.org/log => ./libs/log\n',
    'cmd/get/main.go':
      'package main\nimport (\n\t"os"\n\t"example.org/app/internal/store"\n\tl "example.org/log/text"\n)',
    'internal/store/store.go': 'package store\nimport "example.org/app/internal/db"',
    'internal/db/db.go': 'package db',
    'internal/other/other.go': 'package other',
    'libs/log/text/text.go': 'package text',
  };
  expect(references(files, 'cmd/get', 'provided.al2023')).toEqual({
    folders: ['internal/db', 'internal/store', 'libs/log/text'],
    missing: [],
  });
});

test('.NET: projects that are referred to, also by others; what is not there is told', () => {
  const files = {
    'src/Orders/Orders.csproj':
      '<Project><ItemGroup><ProjectReference Include="..\\Shared\\Shared.csproj" /></ItemGroup></Project>',
    'src/Shared/Shared.csproj':
      '<Project><ProjectReference Include="../../lib/Data/Data.csproj" /><ProjectReference Include="..\\Gone\\Gone.csproj" /></Project>',
    'lib/Data/Data.csproj': '<Project><Compile Include="..\\Linked\\**\\*.cs" Link="L" /></Project>',
    'lib/Linked/Linked.cs': '',
  };
  expect(references(files, 'src/Orders', 'dotnet8')).toEqual({
    folders: ['lib/Data', 'lib/Linked', 'src/Shared'],
    missing: ['src/Gone'],
  });
});

test('Gradle: projects of the same build, also where the settings place them', () => {
  const files = {
    'settings.gradle': "include ':orders', ':common', ':db'\nproject(':db').projectDir = file('libs/db')",
    'orders/build.gradle':
      "dependencies { implementation project(':common')\n implementation(project(path: ':db')) }",
    'common/Common.java': '',
    'libs/db/Db.java': '',
  };
  expect(references(files, 'orders', 'java21')).toEqual({ folders: ['common', 'libs/db'], missing: [] });
});

test('Maven: dependencies that are modules of the same build', () => {
  const files = {
    'pom.xml':
      '<project><artifactId>all</artifactId><modules><module>orders</module><module>common</module></modules></project>',
    'orders/pom.xml':
      '<project><parent><artifactId>all</artifactId></parent><artifactId>orders</artifactId><dependencies><dependency><groupId>a</groupId><artifactId>app-common</artifactId></dependency></dependencies></project>',
    'common/pom.xml':
      '<project><parent><artifactId>all</artifactId></parent><artifactId>app-common</artifactId></project>',
  };
  expect(references(files, 'orders', 'java17')).toEqual({ folders: ['common'], missing: [] });
});

test('layers: their sources; what is only there as it was built is told', () => {
  const files = { 'fn/App.java': '', 'layers/util/src/Util.java': '', 'layers/jars/java/lib/a.jar': '' };
  expect(references(files, 'fn', 'java21', ['layers/util', 'layers/jars'])).toEqual({
    folders: ['layers/util'],
    missing: ['layers/jars'],
  });
});
