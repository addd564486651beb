// Builds the bootstrap for Java into build/, beside the JSON library that it uses (Debian's libgoogle-gson-java).
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildStamped, listFiles, runTool } from '../../build-stamp.mjs';

const gson = '/usr/share/java/gson.jar';
const hint = 'Install it: apt-get install default-jdk-headless libgoogle-gson-java';
const folder = import.meta.dirname;

buildStamped(folder, {
  inputs: ['ringfence', 'install.mjs'],
  versionCommand: ['javac', '-version'],
  hint,
  build(output) {
    if (!existsSync(gson)) {
      console.error(`${gson} not found. ${hint}`);
      process.exit(3);
    }
    const classes = mkdtempSync(join(tmpdir(), 'ringfence-java-'));
    runTool('javac', [
      '--release',
      '17',
      '-cp',
      gson,
      '-d',
      classes,
      ...listFiles(join(folder, 'ringfence')),
    ]);
    runTool('jar', ['--create', '--file', join(output, 'bootstrap.jar'), '-C', classes, '.']);
    copyFileSync(gson, join(output, 'gson.jar'));
    rmSync(classes, { recursive: true });
  },
});
