import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve as resolvePath } from 'node:path';
import { isMembers, type Members, membersOf } from '../graph/json.ts';
import { PostureError } from '../posture-error.ts';
import type { Inventory, Resource } from '../resource.ts';
import { transformSam } from '../sam/transform-sam.ts';
import { inList } from '../template/in-list.ts';
import { inWords, keepPlace, placeOf } from '../template/place.ts';
import { readDocument } from '../template/read-document.ts';
import { hole, holesOf, known, literal } from '../template/substitution.ts';
import { CdkAssets } from './cdk-assets.ts';
import { type Holding, makeConditions, makeHoldings } from './conditions.ts';
import { expandLoops } from './expand-loops.ts';
import { makeSwitchOpener } from './open-switches.ts';
import { nothing, resolve, type Scope } from './resolve.ts';

/** Nested stacks in nested stacks. */
const DEEPEST_STACK = 8;
/** Values of a template and all that it nests, with what its functions repeat. */
const MOST_VALUES = 1_000_000;
/** Values that a nested stack counts for at least. */
const STACK_COST = 2000;

export interface TemplateOptions {
  /** Values of the template's parameters; the others have their defaults. */
  parameters?: Readonly<Record<string, string>>;
}

/** What may have its routes in an OpenAPI document. */
const apis = new Set([
  'AWS::Serverless::Api',
  'AWS::Serverless::HttpApi',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGatewayV2::Api',
]);

function sectionOf(template: Members, section: string, file: string): Members {
  const value = template[section] ?? {};
  if (isMembers(value)) return value;
  const place = placeOf(template, section);
  throw new PostureError(`${place ? inWords(place) : file}: ${section} must be a mapping`);
}

class TemplateReader {
  readonly resources = new Map<string, Resource>();
  readonly parameters: NonNullable<Inventory['parameters']>[number][] = [];
  readonly exports: unknown[] = [];
  readonly notes: string[] = [];
  readonly #root: string;
  readonly #assets = new CdkAssets();
  #left = MOST_VALUES;

  constructor(root: string) {
    this.#root = root;
  }

  /** Reads the template and what it nests. `fixed`: the parameters whose value is given, and could be no other. Its outputs, resolved. */
  read(
    path: string,
    given: ReadonlyMap<string, unknown>,
    prefix: string,
    depth: number,
    fixed: ReadonlySet<string> = new Set(given.keys()),
  ): Map<string, unknown> {
    const file = relative(this.#root, path) || path;
    return this.readParsed(readDocument(path, file), path, given, prefix, depth, fixed);
  }

  readParsed(
    template: unknown,
    path: string,
    given: ReadonlyMap<string, unknown>,
    prefix: string,
    depth: number,
    fixed: ReadonlySet<string> = new Set(given.keys()),
  ): Map<string, unknown> {
    const file = relative(this.#root, path) || path;
    if (!isMembers(template) || !isMembers(template.Resources))
      throw new PostureError(`${file} is no template of CloudFormation: it has no Resources`);
    // Those of a nested stack are filled in by the one around it.
    if (depth === 0) this.#noteParameters(sectionOf(template, 'Parameters', file));
    const outputs = new Map<string, Map<string, unknown>>();
    const scope: Scope = {
      prefix,
      parameters: this.#readParameters(sectionOf(template, 'Parameters', file), given),
      mappings: template.Mappings,
      holds: (name) => holds(name),
      spend: (values, near) => {
        this.#left -= values;
        if (this.#left >= 0) return;
        const place = placeOf(near);
        throw new PostureError(
          `${place ? inWords(place) : file}: the template has more than ${MOST_VALUES} values, counting what its functions and nested stacks repeat; split it`,
        );
      },
      include: (location) => this.#readBeside(location, path),
      attributeOf: (resource, attribute) =>
        attribute.startsWith('Outputs.') ? outputs.get(resource)?.get(attribute.slice(8)) : undefined,
    };
    const transforms = [template.Transform].flat();
    const section = (name: string) => {
      const members = sectionOf(template, name, file);
      return transforms.includes('AWS::LanguageExtensions')
        ? (expandLoops(members, scope) as Members)
        : members;
    };
    const conditions = section('Conditions');
    const holds = makeConditions(conditions, () => scope);
    const open: Scope = {
      ...scope,
      parameters: new Map([...scope.parameters].filter(([name]) => fixed.has(name))),
    };
    const holding = makeHoldings(conditions, sectionOf(template, 'Parameters', file), () => open);
    this.#noteMacros(transforms, file);
    const all = section('Resources');
    const written = Object.entries(all).filter((entry): entry is [string, Members] =>
      this.#isResource(entry, all, file),
    );
    const present = this.#presentOf(written, file, (name) => (holds(name) ? 'yes' : holding(name)));
    const isStack = ([, { Type }]: [string, Members]) =>
      Type === 'AWS::CloudFormation::Stack' || Type === 'AWS::Serverless::Application';
    // Nested stacks first: the others may ask for their outputs.
    for (const [id, stack] of present.filter(isStack))
      outputs.set(id, this.#readStack(id, stack, { path, scope, open, depth }));
    const openSwitches = makeSwitchOpener(open, holding);
    const read = present.map(([id, resource]) =>
      this.#readResource(id, openSwitches(resource), all, path, scope),
    );
    read.push(...present.flatMap(([id, resource]) => this.#readConnectors(id, resource, scope)));
    const globals = resolve(template.Globals ?? {}, scope);
    const { resources, notes } = transformSam(read, isMembers(globals) ? globals : {}, prefix);
    for (const resource of resources) this.resources.set(resource.id, resource);
    this.notes.push(...notes);
    return this.#readOutputs(section('Outputs'), scope);
  }

  #readOutputs(outputs: Members, scope: Scope): Map<string, unknown> {
    const values = new Map<string, unknown>();
    for (const [name, output] of Object.entries(outputs)) {
      const { Value, Export } = isMembers(output) ? output : {};
      values.set(name, resolve(Value, scope));
      if (Export !== undefined) this.exports.push(values.get(name));
    }
    return values;
  }

  #noteParameters(declared: Members): void {
    for (const [id, properties] of Object.entries(declared)) {
      const place = placeOf(declared, id);
      if (isMembers(properties)) this.parameters.push({ id, properties, ...(place && { place }) });
    }
  }

  #readParameters(declared: Members, given: ReadonlyMap<string, unknown>): Map<string, unknown> {
    const values = new Map<string, unknown>();
    for (const [name, parameter] of Object.entries(declared)) {
      const standard = isMembers(parameter) ? parameter.Default : undefined;
      const value = given.get(name) ?? (standard === undefined ? undefined : literal(String(standard)));
      if (value === undefined) continue;
      const isList = isMembers(parameter) && /^(CommaDelimitedList|List<.*>)$/.test(String(parameter.Type));
      values.set(
        name,
        isList && typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value,
      );
    }
    return values;
  }

  /** Only what AWS itself does with a template is known. */
  #noteMacros(transforms: readonly unknown[], file: string): void {
    for (const transform of transforms) {
      const name = isMembers(transform) ? transform.Name : transform;
      if (typeof name === 'string' && !name.startsWith('AWS::'))
        this.notes.push(
          `${file}: the macro ${name} may change the template before it is deployed; what it does is not known`,
        );
    }
  }

  /** Those that these parameters, or others, would deploy. */
  #presentOf(
    written: [string, Members][],
    file: string,
    holding: (name: string) => Holding,
  ): [string, Members][] {
    const byHolding = (wanted: Holding) =>
      written.filter(
        ([, { Condition }]) => (Condition === undefined ? 'yes' : holding(String(Condition))) === wanted,
      );
    const tell = (some: [string, Members][], text: string) => {
      if (some.length > 0)
        this.notes.push(
          `${file}: ${text}: ${inList(some.map(([id, { Condition }]) => `${id} (${String(Condition)})`))}`,
        );
    };
    tell(byHolding('maybe'), 'looked at, too, since other parameters would deploy them');
    tell(byHolding('no'), 'not looked at, since their conditions do not hold with these parameters');
    const absent = new Set(byHolding('no'));
    return written.filter((each) => !absent.has(each));
  }

  #isResource([id, resource]: [string, unknown], all: unknown, file: string): boolean {
    if (id.startsWith('Fn::')) {
      this.notes.push(`${file}: ${id} in Resources is not read`);
      return false;
    }
    if (!isMembers(resource) || typeof resource.Type !== 'string') {
      const place = placeOf(all, id);
      throw new PostureError(`${place ? inWords(place) : file}: the resource ${id} must have a Type`);
    }
    return true;
  }

  /** The YAML or JSON of a file that a template names; undefined where it is none of the project's. */
  #readBeside(location: string, path: string): unknown {
    const name = known(location);
    const beside = resolvePath(dirname(path), name ?? '');
    const file = relative(this.#root, beside);
    return name === undefined ||
      file.startsWith('..') ||
      !statSync(beside, { throwIfNoEntry: false })?.isFile()
      ? undefined
      : readDocument(beside, file);
  }

  /** The properties of an API with its OpenAPI document, where that is a file beside the template. */
  #withDocument(properties: Members, path: string, scope: Scope): Members {
    const { BodyS3Location, DefinitionUri = BodyS3Location } = properties;
    const document = typeof DefinitionUri === 'string' ? this.#readBeside(DefinitionUri, path) : undefined;
    if (document !== undefined)
      return keepPlace(properties, { ...properties, DefinitionBody: resolve(document, scope) });
    if (DefinitionUri !== undefined || properties.DefinitionBody === hole('Fn::Transform')) {
      const place = placeOf(properties);
      this.notes.push(
        `${place ? `${inWords(place)}: ` : ''}the OpenAPI document of an API is not read: it is no file beside the template`,
      );
    }
    return properties;
  }

  /** What the CDK notes beside a resource, and may leave to the list of its assets. */
  #withAsset(metadata: unknown, properties: Members, path: string): unknown {
    const own = isMembers(metadata) ? metadata : {};
    const asset = own['aws:asset:path'] ?? this.#assets.of(properties, dirname(path));
    return asset === undefined ? metadata : { ...own, 'aws:asset:path': asset };
  }

  #readResource(id: string, resource: Members, all: unknown, path: string, scope: Scope): Resource {
    const resolved = resolve(resource.Properties ?? {}, scope);
    const own = isMembers(resolved) ? resolved : {};
    const properties = apis.has(String(resource.Type)) ? this.#withDocument(own, path, scope) : own;
    const place = placeOf(all, id);
    const metadata = this.#withAsset(resource.Metadata, properties, path);
    const waits = resource.DependsOn ?? [];
    return {
      id: scope.prefix + id,
      type: String(resource.Type),
      properties,
      dependsOn: (Array.isArray(waits) ? waits : [waits]).map((name) => scope.prefix + String(name)),
      ...(metadata !== undefined && { metadata }),
      ...(place && { place }),
    };
  }

  /** The connectors of SAM that stand in the resource which is their source. */
  #readConnectors(id: string, { Connectors }: Members, scope: Scope): Resource[] {
    return Object.entries(isMembers(Connectors) ? Connectors : {}).map(([name, connector]) => {
      const properties = resolve(isMembers(connector) ? connector.Properties : {}, scope);
      const place = placeOf(Connectors, name);
      return {
        id: `${scope.prefix}${id}${name}`,
        type: 'AWS::Serverless::Connector',
        properties: { Source: { Id: id }, ...(isMembers(properties) ? properties : {}) },
        dependsOn: [],
        ...(place && { place }),
      };
    });
  }

  /** The file of a nested stack: beside the template, or where the end of its address in a bucket leads to from there. */
  #findNested(location: unknown, path: string): string | undefined {
    if (typeof location !== 'string') return undefined;
    const isInProject = (each: string) => !relative(this.#root, each).startsWith('..') && existsSync(each);
    if (!/^(s3:|https?:|\$\{)/.test(location)) {
      const beside = resolvePath(dirname(path), location);
      return location !== '' && isInProject(beside) ? beside : undefined;
    }
    const steps = location.split('/');
    return steps
      .map((_, start) => steps.slice(start + 1).join('/'))
      .filter((end) => end !== '' && known(end) !== undefined)
      .flatMap((end) => [resolvePath(dirname(path), end), resolvePath(this.#root, end)])
      .find((each) => each !== path && isInProject(each));
  }

  /** Reads a nested stack that lies beside the template. Its outputs. */
  #readStack(
    id: string,
    stack: Members,
    { path, scope, open, depth }: { path: string; scope: Scope; open: Scope; depth: number },
  ): Map<string, unknown> {
    const properties = resolve(stack.Properties ?? {}, scope);
    const { TemplateURL, Location = TemplateURL, Parameters = {} } = isMembers(properties) ? properties : {};
    const metadata = this.#withAsset(stack.Metadata, { TemplateURL: Location }, path);
    const asset = isMembers(metadata) ? metadata['aws:asset:path'] : undefined;
    const nested = this.#findNested(asset ?? Location, path);
    const isBeside = nested !== undefined;
    if (nested === undefined || depth >= DEEPEST_STACK) {
      const place = placeOf(stack);
      this.notes.push(
        `${place ? `${inWords(place)}: ` : ''}the nested stack ${id} is not read: ${
          isBeside
            ? `it lies more than ${DEEPEST_STACK} stacks deep`
            : 'its template is no file beside this one'
        }`,
      );
      return new Map();
    }
    scope.spend(STACK_COST, stack);
    const given = isMembers(Parameters)
      ? Object.entries(Parameters).filter(([, value]) => value !== nothing)
      : [];
    const fixed = Object.entries(membersOf(resolve(membersOf(stack.Properties).Parameters ?? {}, open)))
      .filter(([, value]) => holesOf(JSON.stringify(value) ?? '').length === 0)
      .map(([name]) => name);
    return this.read(nested, new Map(given), `${scope.prefix}${id}/`, depth + 1, new Set(fixed));
  }
}

const inventoryOf = ({ resources, parameters, exports, notes }: TemplateReader): Inventory => ({
  resources,
  parameters,
  exports,
  notes,
});

const givenIn = ({ parameters = {} }: TemplateOptions) =>
  new Map(Object.entries(parameters).map(([name, value]) => [name, literal(value)]));

/**
 * Reads a template of CloudFormation or SAM, YAML or JSON, with the nested stacks that lie in `root` (the template's folder when left
 * out). Throws a `PostureError` that names file, line and column.
 */
export function readTemplate(path: string, options: TemplateOptions = {}, root = dirname(path)): Inventory {
  const reader = new TemplateReader(root);
  reader.read(join(path), givenIn(options), '', 0);
  return inventoryOf(reader);
}

/** As `readTemplate`, for what was made of the file at `path`. */
export function readParsedTemplate(
  template: unknown,
  path: string,
  options: TemplateOptions,
  root: string,
): Inventory {
  const reader = new TemplateReader(root);
  reader.readParsed(template, path, givenIn(options), '', 0);
  return inventoryOf(reader);
}
