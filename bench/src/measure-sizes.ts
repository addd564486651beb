import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Row } from './row.ts';

/** The stripped sizes of the init's binaries. */
export function measureSizes(): Row[] {
  return ['x86_64', 'arm64'].map((arch) => {
    const path = fileURLToPath(new URL(`../../defender/init/build/${arch}/ringfence-init`, import.meta.url));
    return {
      id: `size-${arch}`,
      what: `init binary, ${arch}`,
      unit: 'KB',
      figure: statSync(path).size / 1024,
      samples: 1,
      target: { must: 400, aim: 150, better: 'lower' },
    };
  });
}
