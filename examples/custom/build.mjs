// Compiles the upload checker into build/package/bootstrap, one static binary.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildStamped, listFiles, runTool } from '../build-stamp.mjs';

const folder = import.meta.dirname;

buildStamped(folder, {
  inputs: ['function', 'build.mjs'],
  versionCommand: ['gcc', '--version'],
  hint: 'Install it: apt-get install gcc libc6-dev',
  build(output) {
    const sources = listFiles(join(folder, 'function')).filter((file) => file.endsWith('.c'));
    mkdirSync(join(output, 'package'));
    const flags = ['-std=c11', '-D_GNU_SOURCE', '-O2', '-Wall', '-Wextra', '-Werror', '-static', '-s'];
    runTool('gcc', [...flags, '-o', join(output, 'package', 'bootstrap'), ...sources]);
  },
});
