import { posix } from 'node:path';
import { inWords } from '../../template/place.ts';
import { hole, literal } from '../../template/substitution.ts';
import type { ReadFile, Scope } from '../evaluate/scope.ts';
import { isLazy, type Lazy, textOf } from '../evaluate/values.ts';
import type { Block, Expression } from '../hcl/syntax.ts';
import { attributeOf } from '../mapping/attribute-of.ts';
import { archived, dataAttribute } from './data-sources.ts';
import { evaluateBody, evaluateOr, type Values } from './evaluate-body.ts';
import { collect, type Instances, instancesOf } from './instances.ts';
import { lazily, once } from './once.ts';
import type { ModuleFiles, Project } from './project.ts';
import { withDefaults } from './type-defaults.ts';

/** One resource that Terraform makes, in its own words. */
export interface MadeResource {
  id: string;
  type: string;
  values: Values;
  block: Block;
}

const pathOf = (value: unknown): string => posix.normalize(textOf(value));

/** A module with what its caller gives it. */
export class ModuleScope implements Scope {
  readonly budget;
  readonly #project: Project;
  readonly #files: ModuleFiles;
  readonly #prefix: string;
  readonly #inputs: (name: string) => unknown;
  readonly #names: ReadonlyMap<string, unknown>;
  /** By type and labels: `variable name`, `resource aws_lambda_function orders`. */
  readonly #blocks: ReadonlyMap<string, Block>;
  readonly #locals: ReadonlyMap<string, Expression>;
  readonly #types: ReadonlySet<string | undefined>;
  readonly #instances: (key: string) => Instances;
  readonly #modules: (name: string) => (ModuleScope | undefined)[];
  readonly #values: (id: string) => Values;
  #archived: ReadonlyMap<unknown, unknown> | undefined;
  readonly #byId = new Map<string, { block: Block; scope: Scope }>();

  /** `inputs`: undefined for a variable that is to have its default. */
  constructor(project: Project, files: ModuleFiles, prefix: string, inputs: (name: string) => unknown) {
    this.#project = project;
    this.#files = files;
    this.#prefix = prefix;
    this.#inputs = inputs;
    this.budget = project.budget;
    this.#blocks = new Map(files.blocks.map((block) => [[block.type, ...block.labels].join(' '), block]));
    this.#locals = new Map(
      files.blocks
        .filter(({ type }) => type === 'locals')
        .flatMap(({ body }) => [...body.attributes].map(([name, { value }]) => [name, value] as const)),
    );
    this.#types = new Set(
      files.blocks.filter(({ type }) => type === 'resource').map(({ labels }) => labels[0]),
    );
    this.#instances = once<Instances>(
      (key) => this.#findInstances(key),
      () => ({ kind: 'single', all: [] }),
    );
    this.#modules = once(
      (name) => this.#callModule(name),
      () => [],
    );
    this.#values = once(
      (id) => this.#evaluateResource(id),
      () => ({}),
    );
    const variable = once(
      (name) => this.#variable(name),
      (name) => hole(`var.${name}`),
    );
    const local = once(
      (name) => this.#local(name),
      (name) => hole(`local.${name}`),
    );
    const path = new Map([
      ['module', project.pathOf(files.folder)],
      ['root', '.'],
      ['cwd', '.'],
    ]);
    const terraform = (name: string) =>
      name === 'workspace' ? literal(project.workspace) : hole(`terraform.${name}`);
    this.#names = new Map([
      ['var', lazily('var', variable)],
      ['local', lazily('local', local)],
      ['path', lazily('path', (name) => path.get(name) ?? hole(`path.${name}`))],
      ['terraform', lazily('terraform', terraform)],
      ['module', lazily('module', (name) => this.#module(name))],
      ['data', lazily('data', (type) => lazily(type, (name) => this.#resource('data', type, name)))],
    ]);
  }

  valueOf(name: string): unknown {
    if (this.#names.has(name)) return this.#names.get(name);
    return this.#types.has(name)
      ? lazily(name, (label) => this.#resource('resource', name, label))
      : hole(name);
  }

  readFile(path: string): ReadFile | undefined {
    return this.#project.readFile(path);
  }

  #variable(name: string): unknown {
    const { attributes } = this.#blocks.get(`variable ${name}`)?.body ?? {};
    const given = this.#inputs(name);
    const standard = attributes?.get('default')?.value;
    const value = given ?? (standard ? evaluateOr(standard, this, name) : undefined);
    const type = attributes?.get('type')?.value;
    return value === undefined ? hole(`var.${name}`) : type ? withDefaults(value, type, this) : value;
  }

  #local(name: string): unknown {
    const found = this.#locals.get(name);
    return found ? evaluateOr(found, this, `local.${name}`) : hole(`local.${name}`);
  }

  #findInstances(key: string): Instances {
    const block = this.#blocks.get(key);
    if (!block) return { kind: 'single', all: [] };
    const instances = instancesOf(block, this);
    if (instances.note !== undefined) this.#project.notes.push(`${inWords(block.at)}: ${instances.note}`);
    return instances;
  }

  #resource(kind: 'resource' | 'data', type: string, name: string): unknown {
    const block = this.#blocks.get(`${kind} ${type} ${name}`);
    const address = `${this.#prefix}${kind === 'data' ? 'data/' : ''}${type}/${name}`;
    if (!block) return hole(address);
    const instances = this.#instances(`${kind} ${type} ${name}`);
    return collect(
      instances,
      instances.all.map(({ suffix, scope }) => this.#refer(address + suffix, block, scope)),
    );
  }

  #refer(id: string, block: Block, scope: Scope): Lazy {
    this.#byId.set(id, { block, scope });
    const [type = ''] = block.labels;
    return lazily(id, (name) =>
      block.type === 'data'
        ? dataAttribute(type, name, id, () => this.#values(id))
        : attributeOf(type, name, id, () => {
            const written = block.body.attributes.get(name)?.value;
            return written && evaluateOr(written, scope, `${id}.${name}`);
          }),
    );
  }

  #evaluateResource(id: string): Values {
    const found = this.#byId.get(id);
    return found ? evaluateBody(found.block.body, found.scope, found.block.at) : {};
  }

  #callModule(name: string): (ModuleScope | undefined)[] {
    const block = this.#blocks.get(`module ${name}`);
    const files = block && this.#files.calls.get(block);
    if (!block) return [];
    return this.#instances(`module ${name}`).all.map(({ suffix, scope }) => {
      if (!files) return undefined;
      const input = (variable: string) => {
        const given = block.body.attributes.get(variable)?.value;
        return given && evaluateOr(given, scope, `${name}.${variable}`);
      };
      return new ModuleScope(this.#project, files, `${this.#prefix}module/${name}${suffix}/`, input);
    });
  }

  #module(name: string): unknown {
    const scopes = this.#modules(name);
    const { kind, all } = this.#instances(`module ${name}`);
    const id = `${this.#prefix}module/${name}`;
    const values = scopes.map((scope, index) =>
      lazily(
        `${id}${all[index]?.suffix ?? ''}`,
        (output) => scope?.output(output) ?? hole(`${id}.${output}`),
      ),
    );
    return values.length === 0 && kind === 'single' ? hole(id) : collect({ kind, all }, values);
  }

  output(name: string): unknown {
    const value = this.#blocks.get(`output ${name}`)?.body.attributes.get('value')?.value;
    return value && evaluateOr(value, this, `${this.#prefix}${name}`);
  }

  /** A package may be named by its path, and not by the data source that makes it. */
  #withCode(values: Values): Values {
    const folder = values.filename === undefined ? undefined : this.#archives().get(pathOf(values.filename));
    if (folder !== undefined) values.filename = folder;
    return values;
  }

  /** The folders of the code that the module's archives are made of, by the paths of these. */
  #archives(): ReadonlyMap<unknown, unknown> {
    this.#archived ??= new Map(
      this.#files.blocks
        .filter(({ type, labels: [kind] }) => type === 'data' && kind === 'archive_file')
        .flatMap((block) =>
          this.#instances([block.type, ...block.labels].join(' ')).all.map(({ scope }) => ({ block, scope })),
        )
        .map(({ block, scope }) => evaluateBody(block.body, scope, block.at))
        .map((values) => [pathOf(values.output_path), archived(values)]),
    );
    return this.#archived;
  }

  /** All resources of the module and of those that it calls. */
  *resources(): Generator<MadeResource> {
    for (const block of this.#files.blocks) {
      const [type = '', name = ''] = block.labels;
      if (block.type === 'module') for (const scope of this.#modules(type)) yield* scope?.resources() ?? [];
      if (block.type !== 'resource') continue;
      const value = this.#resource('resource', type, name);
      const references = isLazy(value) ? [value] : Object.values(value as object);
      for (const { name: id } of references.filter(isLazy))
        yield { id, type, values: this.#withCode(this.#values(id)), block };
    }
  }
}
