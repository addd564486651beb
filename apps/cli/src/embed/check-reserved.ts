import { CliError } from '../common/cli-error.ts';
import { packagePaths } from './package-paths.ts';

type Kind = 'file' | 'directory' | 'symlink';

/**
 * Checks that what the package has under Ringfence's names was put there by an earlier embed.
 * `sameContent` compares two files of the package. Throws a usage error for anything else.
 */
export function checkReserved(
  paths: ReadonlyMap<string, Kind>,
  sameContent: (one: string, other: string) => boolean,
): void {
  const { folder, init, guard, configuration, bootstrap, originalBootstrap } = packagePaths;
  for (const [path, kind] of paths) {
    const ours =
      path === folder ? kind === 'directory' : path === init || path === guard || path === configuration;
    const reserved = path === folder || path.startsWith(`${folder}/`);
    if (reserved && (!ours || kind === 'symlink'))
      throw new CliError(
        'usage',
        `Entry ${JSON.stringify(path)} is in the way: ${folder} belongs to Ringfence.`,
      );
  }
  if (!paths.has(originalBootstrap)) return;
  if (paths.get(bootstrap) !== 'file' || paths.get(init) !== 'file' || !sameContent(bootstrap, init))
    throw new CliError(
      'usage',
      `The package has ${originalBootstrap}, but its bootstrap is not the init that an earlier embed put there.`,
      'Embed into the package as it was built, or remove the old one of the two.',
    );
}
