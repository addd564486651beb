import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isMembers, type Members, membersOf } from '../graph/json.ts';
import { readText } from '../template/read-document.ts';
import { known } from '../template/substitution.ts';

function sourcesIn(path: string): [key: string, source: string][] {
  let manifest: unknown;
  try {
    manifest = JSON.parse(readText(path, path));
  } catch {
    // A template is read without what lies beside it, too.
    return [];
  }
  return Object.values(membersOf(membersOf(manifest).files)).flatMap((file) => {
    const { source, destinations } = membersOf(file);
    const { path: from } = membersOf(source);
    return Object.values(membersOf(destinations)).flatMap((destination): [string, string][] => {
      const { objectKey } = membersOf(destination);
      return typeof objectKey === 'string' && typeof from === 'string' ? [[objectKey, from]] : [];
    });
  });
}

/** Where the CDK has put what its templates name by a key in a bucket: paths from the templates' folder. */
export class CdkAssets {
  readonly #byFolder = new Map<string, ReadonlyMap<string, string>>();

  #in(folder: string): ReadonlyMap<string, string> {
    const read = this.#byFolder.get(folder);
    if (read) return read;
    const manifests = (existsSync(folder) ? readdirSync(folder) : []).filter((name) =>
      name.endsWith('.assets.json'),
    );
    const found = new Map(manifests.flatMap((name) => sourcesIn(join(folder, name))));
    this.#byFolder.set(folder, found);
    return found;
  }

  /** The asset that a resource of a template in the folder is made of: its code, its content, or the template of a nested stack. */
  of({ Code, Content, TemplateURL }: Members, folder: string): string | undefined {
    const { S3Key } = isMembers(Code) ? Code : membersOf(Content);
    const address = S3Key ?? TemplateURL;
    if (typeof address !== 'string') return undefined;
    const key = known(basename(address));
    return key === undefined ? undefined : this.#in(folder).get(key);
  }
}
