import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Row } from './row.ts';

/** The stripped sizes of the init and the library for tier T2, together. */
export function measureSizes(): Row[] {
  return ['x86_64', 'arm64'].map((arch) => {
    const sizeOf = (name: string) =>
      statSync(fileURLToPath(new URL(`../../defender/init/build/${arch}/${name}`, import.meta.url))).size /
      1024;
    const [init, library] = [sizeOf('ringfence-init'), sizeOf('guard.so')];
    return {
      id: `size-${arch}`,
      what: `init and guard.so, ${arch}`,
      unit: 'KB',
      figure: init + library,
      samples: 1,
      target: { must: 500, aim: 200, better: 'lower' },
      note: `${Math.round(init)} + ${Math.round(library)} KB`,
    };
  });
}
