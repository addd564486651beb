import type { FoundPackage } from '../found-package.ts';
import { folderOf } from '../inventory/reader.ts';
import type { PackageFiles } from '../package-files.ts';

/** The files of an installed package: by folder, or one by one as RECORD lists them. Empty where it is not installed. */
export async function placesOf(found: FoundPackage, { files }: PackageFiles): Promise<string[]> {
  const installed = found.evidence.filter(({ by }) => by === 'installed').map(({ path }) => path);
  if (found.ecosystem === 'npm') return installed.map((path) => `${folderOf(path)}/`);
  if (found.ecosystem !== 'PyPI') return [];
  const text = async (path: string) =>
    (
      await files
        .get(path)
        ?.read()
        .catch(() => undefined)
    )?.toString();
  const places = await Promise.all(
    installed.map(async (path) => {
      const metadata = folderOf(path);
      const root = folderOf(metadata);
      const below = (name: string) => (root === '' ? name : `${root}/${name}`);
      const lines = (await text(`${metadata}/RECORD`))
        ?.split('\n')
        .map((line) => line.split(',', 1)[0] as string);
      const modules = lines?.filter((line) => /\.(py|so)$/.test(line) && !line.startsWith('..'));
      if (modules && modules.length > 0) return modules.map(below);
      const named = (await text(`${metadata}/top_level.txt`))?.split(/\s+/).filter((name) => name !== '');
      return (named ?? [found.name.toLowerCase().replaceAll('-', '_')]).flatMap((name) => [
        below(`${name}/`),
        below(`${name}.py`),
      ]);
    }),
  );
  return places.flat();
}
