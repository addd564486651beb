import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { PostureError } from '../../posture-error.ts';
import { inWords } from '../../template/place.ts';
import { Budget, type ReadFile } from '../evaluate/scope.ts';
import { isConfiguration } from '../hcl/is-configuration.ts';
import { parseHcl } from '../hcl/parse-hcl.ts';
import { parseTfJson } from '../hcl/parse-tf-json.ts';
import type { Block, Body, Expression } from '../hcl/syntax.ts';
import { idOf } from '../ids.ts';
import { knownModule } from '../known-modules/known-module.ts';

/** Files of one folder, and folders of one project. */
const MOST_FILES = 500;
const MOST_FOLDERS = 300;

/** What the files of a folder say together. */
export interface ModuleFiles {
  folder: string;
  blocks: Block[];
  /** Folders of the modules it calls, by the blocks that call them; undefined for what is not there. */
  calls: Map<Block, ModuleFiles | undefined>;
}

const textIn = (value: Expression | undefined): string | undefined =>
  value?.kind === 'constant' && typeof value.value === 'string' ? value.value : undefined;

/** Where `terraform init` has put the modules, by their key: `vpc`, `vpc.subnets`. */
function readInstalled(folder: string): Map<string, string> {
  const list = join(folder, '.terraform', 'modules', 'modules.json');
  if (!existsSync(list)) return new Map();
  try {
    const { Modules = [] } = JSON.parse(readFileSync(list, 'utf8')) as {
      Modules?: { Key: string; Dir: string }[];
    };
    return new Map(Modules.map(({ Key, Dir }) => [Key, join(folder, Dir)]));
  } catch {
    throw new PostureError(`${list} cannot be read; run terraform init again, or remove it`);
  }
}

/** The workspace that is chosen, by the environment or by `terraform workspace select`. */
function readWorkspace(folder: string): string {
  const file = join(folder, '.terraform', 'environment');
  const chosen = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  return process.env.TF_WORKSPACE || chosen || 'default';
}

const hasFiles = (folder: string) =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true &&
  readdirSync(folder).some(isConfiguration);

const isWithin = (path: string, folder: string) => !/^\.\.(\/|$)/.test(relative(folder, path));

/** The files of one configuration: its folder, and the modules that it calls. */
export class Project {
  readonly budget = new Budget();
  readonly notes: string[] = [];
  /** Notes on the modules that are not there, by the beginning of their resources' ids. */
  readonly missing = new Map<string, string>();
  /** The folder that `terraform` is run in. */
  readonly folder: string;
  readonly workspace: string;
  /** Modules that are not there, and read by their arguments. */
  readonly known: string[] = [];
  /** Whether what well-known modules make is told from their arguments; a plan knows it better. */
  readsKnownModules = true;
  readonly #root: string;
  readonly #installed: ReadonlyMap<string, string>;
  readonly #bodies = new Map<string, Promise<Block[]>>();

  /** `root`: files are read within this folder and within modules only, and the places are told from it. */
  constructor(folder: string, root: string) {
    this.folder = folder;
    this.workspace = readWorkspace(folder);
    this.#root = root;
    this.#installed = readInstalled(folder);
  }

  /** A file and its text; undefined where it is not there, or lies outside of the project. */
  readFile(path: string): ReadFile | undefined {
    const file = resolve(this.folder, path);
    if (!existsSync(file) || !this.#isInside(file) || !statSync(file).isFile()) return undefined;
    const text = readFileSync(file, 'utf8');
    return text.length > 1_000_000 ? undefined : { file: relative(this.#root, file), text };
  }

  #isInside(path: string): boolean {
    const real = realpathSync(path);
    const root = realpathSync(this.#root);
    // A module above the project does not open what lies beside it.
    const modules = [...this.#bodies.keys()].map((folder) => realpathSync(folder));
    return [root, ...modules.filter((folder) => !isWithin(root, folder))].some((folder) =>
      isWithin(real, folder),
    );
  }

  parseFile(file: string): Promise<Body> {
    const parse = file.endsWith('.json') ? parseTfJson : parseHcl;
    return parse(readFileSync(file, 'utf8'), relative(this.#root, file));
  }

  async #readBlocks(folder: string): Promise<Block[]> {
    const names = readdirSync(folder).filter(isConfiguration);
    if (names.length > MOST_FILES) throw new PostureError(`${folder} has more than ${MOST_FILES} .tf files`);
    const bodies: Body[] = [];
    for (const name of names.sort()) bodies.push(await this.parseFile(join(folder, name)));
    return bodies.flatMap(({ blocks }) => blocks);
  }

  /** Reads a folder's files and those of the modules that it calls. `callers`: the folders that lead here. */
  async load(folder = this.folder, key = '', callers: readonly string[] = []): Promise<ModuleFiles> {
    let reading = this.#bodies.get(folder);
    if (!reading) {
      if (this.#bodies.size >= MOST_FOLDERS)
        throw new PostureError(`${this.folder} has more than ${MOST_FOLDERS} folders of modules`);
      reading = this.#readBlocks(folder);
      this.#bodies.set(folder, reading);
    }
    const blocks = await reading;
    const calls = new Map<Block, ModuleFiles | undefined>();
    for (const block of blocks.filter(({ type }) => type === 'module'))
      calls.set(block, await this.#loadCall(block, folder, key, [...callers, folder]));
    return { folder, blocks, calls };
  }

  async #loadCall(
    block: Block,
    folder: string,
    key: string,
    callers: readonly string[],
  ): Promise<ModuleFiles | undefined> {
    const [name = ''] = block.labels;
    const source = textIn(block.body.attributes.get('source')?.value) ?? '';
    const own = `${key === '' ? '' : `${key}.`}${name}`;
    const beside = /^\.\.?\//.test(source) ? join(folder, source) : this.#installed.get(own);
    if (beside && callers.includes(beside))
      throw new PostureError(
        `${inWords(block.at)}: the module ${name} calls itself; take it out of the circle`,
      );
    if (beside && hasFiles(beside)) return this.load(beside, own, callers);
    const known = this.readsKnownModules ? await knownModule(source, block) : undefined;
    if (known) {
      this.known.push(own);
      return { folder, blocks: known, calls: new Map() };
    }
    this.missing.set(
      idOf(`module.${own.replaceAll('.', '.module.')}`),
      `${inWords(block.at)}: the module ${name} is not read: ${source || 'its source'} is no folder with .tf files; run terraform init, or give the plan as JSON`,
    );
    return undefined;
  }

  /** Paths as the configuration has them, from the folder that `terraform` is run in. */
  pathOf(folder: string): string {
    return relative(this.folder, folder) || '.';
  }

  /** A path of the configuration, from the folder of the file that says it. */
  pathFrom(file: string, path: string): string {
    return relative(dirname(resolve(this.#root, file)), resolve(this.folder, path)) || '.';
  }
}
