/** The SDK's packages are called like folders that programs have. */
const foreign = /^(github\.com\/aws\/|golang\.org\/|google\.golang\.org\/)/;
const isRoot = (folder: string) => /^[./]*$/.test(folder);
const own = (folder: string) => folder.replace(/^(\.\.\/)+/, '');

/**
 * Finds the folders of a program in Go that imports mean: what an import ends with, and for the module itself what is at the top.
 * @param imports all of the program
 */
export function folderFinder(
  imports: Iterable<string>,
  folders: Iterable<string>,
): (path: string) => string | undefined {
  const byLength = [...folders]
    .filter((folder) => !isRoot(folder))
    .sort((a, b) => own(b).length - own(a).length);
  const inside = (path: string) =>
    foreign.test(path) ? undefined : byLength.find((folder) => path.endsWith(`/${own(folder)}`));
  const modules = new Set(
    [...imports].flatMap((path) => {
      const folder = inside(path);
      return folder === undefined ? [] : [path.slice(0, -own(folder).length - 1)];
    }),
  );
  const [root] = [...folders].filter(isRoot).sort((a, b) => b.length - a.length);
  return (path) => inside(path) ?? (modules.has(path) ? root : undefined);
}
