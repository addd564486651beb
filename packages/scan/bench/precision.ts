// `npx tsx packages/scan/bench/precision.ts`: writes docs/scan/precision.md: the programs of testdata/code, and what the check of risky code says of
// popular packages, each taken for a function's own code.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { riskyCode } from '../src/code/risky-code.ts';
import { openPackage } from '../src/files/open-package.ts';
import { judgeCorpus, renderCorpus } from '../src/testing/judge-corpus.ts';

const root = join(import.meta.dirname, '../../..');
const debian = '/usr/lib/python3/dist-packages';

async function lookAt(folder: string) {
  const opened = await openPackage(folder);
  try {
    return await riskyCode.find({ files: opened, packages: [], database: undefined, onProgress: () => {} });
  } finally {
    await opened.close();
  }
}

const npm = readdirSync(join(root, 'node_modules')).filter((name) => !/^[.@]/.test(name));
const python = existsSync(debian)
  ? readdirSync(debian, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() && !/[-.]|^__/.test(entry.name) ? [entry.name] : [],
    )
  : [];
const rows: string[] = [];
for (const [kind, base, names] of [
  ['npm', join(root, 'node_modules'), npm],
  ['Debian', debian, python],
] as const)
  for (const name of names)
    for (const { rule, locations } of (await lookAt(join(base, name))).findings)
      rows.push(
        `| ${kind}: ${name} | ${rule} | ${locations[0]?.path}:${locations[0]?.line} | \`${locations[0]?.note?.replaceAll('|', '\\|').replaceAll('`', "'").slice(0, 120)}\` |`,
      );

writeFileSync(
  join(root, 'docs/scan/precision.md'),
  `# Precision of the check of risky code

Written by \`npx tsx packages/scan/bench/precision.ts\`.

## Programs of our own

\`packages/scan/testdata/code\` holds small functions for Node and Python; the folder says what is wrong with them. They were written together with the
check, so that the table says what it is meant to find and to leave alone, and not how it does on code that it has never seen.
\`packages/scan/src/code/precision.test.ts\` judges each.

${renderCorpus(await judgeCorpus())}

## Popular packages

Each of ${npm.length} npm packages (this project's own dependencies) and ${python.length} Python packages of Debian was looked at as if it were the function's own code: exports with
the name of a handler, and default exports, are called with an event. In a real scan, packages are left out: their faults are what advisories tell.

${rows.length === 0 ? 'Nothing is found in them.' : `| package | rule | place | what is there |\n|---|---|---|---|\n${rows.join('\n')}`}
`,
);
