// Compiles the order import into build/package.
import { join } from 'node:path';
import { buildStamped, listFiles, runTool } from '../build-stamp.mjs';

const folder = import.meta.dirname;

buildStamped(folder, {
  inputs: ['function', 'build.mjs'],
  versionCommand: ['javac', '-version'],
  hint: 'Install it: apt-get install default-jdk-headless',
  build(output) {
    const sources = listFiles(join(folder, 'function'));
    runTool('javac', ['--release', '17', '-d', join(output, 'package'), ...sources]);
  },
});
