import type { Finding } from '@ringfence/findings';
import type { PackageFile } from '../package-files.ts';
import { contentFinding, megabytes } from './content-rules.ts';

// docs.aws.amazon.com, Lambda quotas: unpacked with all layers, and a zip in the call itself.
const largestUnpacked = 250 * 1_048_576;
const largestUpload = 50 * 1_048_576;

/** Whether Lambda takes the package. `packed` is the size of the zip, undefined for a folder. */
export function checkSize(files: PackageFile[], packed: number | undefined): Finding[] {
  const unpacked = files.reduce((sum, { size }) => sum + size, 0);
  const findings: Finding[] = [];
  if (unpacked > largestUnpacked) {
    const message = `Unpacked it is ${megabytes(unpacked)}; Lambda takes 250 MB, layers included. The largest files are named.`;
    findings.push(contentFinding('content/too-large', '', message, files));
  }
  if (packed !== undefined && packed > largestUpload) {
    const message = `The zip is ${megabytes(packed)}; Lambda takes 50 MB in the call itself.`;
    findings.push(contentFinding('content/large-upload', '', message, []));
  }
  return findings;
}
