import { Glob } from '../glob.ts';

/** The folders, each with the glob for what is in it. */
export const folderContents = (...folders: string[]) =>
  folders.map((folder) => ({ folder, content: new Glob(`${folder}/**`) }));
