import type { FunctionIdentity } from '@ringfence/policy';
import { parseIdentity } from '../../common/function-flags.ts';
import { printLine, printNote } from '../../common/terminal.ts';
import type { PolicySource } from '../make-configuration.ts';
import { embedImage } from './embed-image.ts';
import { parseWords, readImageConfiguration } from './read-entry.ts';

/** The flags of `ringfence embed` for a container image. */
export const imageFlags = {
  'image-dir': {
    type: 'string',
    description: 'Instead of PACKAGE: the folder of an unpacked container image.',
    valueHint: 'DIR',
  },
  'image-config': {
    type: 'string',
    description: "The image's configuration, which names what it starts (docker inspect, OCI).",
    valueHint: 'FILE',
  },
  entrypoint: {
    type: 'string',
    description: 'What the image starts, a JSON array, before that of --image-config.',
    valueHint: 'WORDS',
  },
  cmd: {
    type: 'string',
    description: 'The arguments that follow, a JSON array, before those of --image-config.',
    valueHint: 'WORDS',
  },
} as const;

interface ImageArguments {
  input: string;
  output: string;
  identity: { [Field in keyof FunctionIdentity]: string | undefined };
  source: PolicySource;
  'image-config'?: string | undefined;
  entrypoint?: string | undefined;
  cmd?: string | undefined;
  json?: boolean | undefined;
}

/** Protects an unpacked image and prints the lines of a Dockerfile that do the same. */
export async function protectImage(given: ImageArguments): Promise<void> {
  const identity = parseIdentity({ ...given.identity, runtime: given.identity.runtime ?? 'container' });
  const configured = given['image-config']
    ? await readImageConfiguration(given['image-config'], identity.arch)
    : { entrypoint: [], cmd: [] };
  const entry = {
    entrypoint: given.entrypoint ? parseWords('--entrypoint', given.entrypoint) : configured.entrypoint,
    cmd: given.cmd ? parseWords('--cmd', given.cmd) : configured.cmd,
  };
  const { input, output, source, json } = given;
  const result = await embedImage({ input, output, identity, source, entry });
  if (json) return printLine(JSON.stringify(result, undefined, 2));
  printNote(`${output} is protected: ${identity.name}, ${identity.arch}. Start it by the entry below.`);
  printNote('The same at the end of a Dockerfile:');
  printLine(result.dockerfile);
}
