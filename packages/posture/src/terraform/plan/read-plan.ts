import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { relative } from 'node:path';
import { PostureError } from '../../posture-error.ts';
import { hole } from '../../template/substitution.ts';
import { JsonText } from '../evaluate/values.ts';
import { idOf } from '../ids.ts';
import { attributeOf } from '../mapping/attribute-of.ts';
import type { TerraformResource } from '../mapping/to-cloudformation.ts';
import { dataAttribute } from '../module/data-sources.ts';
import { type Filler, fillValues } from './fill-values.ts';
import { KnownIdentities } from './known-identities.ts';
import { Plan, type PlanModule, type PlanResource } from './plan-schema.ts';
import { type Reference, WrittenReferences } from './written-references.ts';

const LARGEST_PLAN = 200_000_000;

/** Arguments with lists of what they refer to. */
const isPlural = (argument: string) => /s$/.test(argument) && !/(alias|address|class)$/.test(argument);

const codeArguments = ['filename', 's3_bucket', 'image_uri'];

/** Whether a file is what `terraform show -json` writes, by its beginning. */
export function isPlan(file: string): boolean {
  const start = Buffer.alloc(4096);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, start);
  } finally {
    closeSync(descriptor);
  }
  return /^\s*\{\s*"format_version"/.test(start.toString('latin1'));
}

function parsePlan(path: string, file: string) {
  if (statSync(path).size > LARGEST_PLAN)
    throw new PostureError(`${file} is larger than ${LARGEST_PLAN} bytes; plan in parts`);
  try {
    return Plan.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (error) {
    const [line = ''] = error instanceof Error ? error.message.split('\n') : [];
    throw new PostureError(
      `${file} is no plan: write it with terraform show -json PLAN (${line.slice(0, 200)})`,
    );
  }
}

function* resourcesOf(module: PlanModule | undefined): Generator<PlanResource> {
  yield* module?.resources ?? [];
  for (const child of module?.child_modules ?? []) yield* resourcesOf(child);
}

class PlanReader {
  readonly #identities = new KnownIdentities();
  readonly #references: WrittenReferences;
  readonly #resources: ReadonlyMap<string, PlanResource>;
  readonly #file: string;
  readonly #open = new Set<string>();
  readonly notes: string[] = [];

  constructor(path: string, file: string) {
    const plan = parsePlan(path, file);
    const { planned_values: planned = plan.values, prior_state: prior, configuration } = plan;
    const data = [...resourcesOf(prior?.values?.root_module)].filter(({ mode }) => mode === 'data');
    const all = [...data, ...resourcesOf(planned?.root_module)];
    this.#file = file;
    this.#resources = new Map(all.map((resource) => [idOf(resource.address), resource]));
    this.#references = new WrittenReferences(configuration?.root_module ?? {});
    for (const [id, resource] of this.#resources)
      if (resource.mode === 'managed') this.#identities.add(id, resource);
  }

  /** The instance that a reference means: the one that is written, that of the same key, or the first. */
  #instance(id: string, asker: string): string | undefined {
    if (this.#resources.has(id)) return id;
    const [suffix = ''] = /\[[^\]]*\]$/.exec(asker) ?? [];
    return [`${id}${suffix}`, `${id}[0]`].find((each) => this.#resources.has(each));
  }

  #valueOf({ id, attribute }: Reference, argument: string, asker: string): unknown {
    const found = this.#instance(id, asker);
    const resource = found === undefined ? undefined : this.#resources.get(found);
    if (found === undefined || !resource) return undefined;
    const name = attribute ?? (/(^|_)(id|name|url)$/.test(argument) ? 'id' : 'arn');
    return resource.mode === 'data'
      ? dataAttribute(resource.type, name, found, () => this.values(found))
      : attributeOf(resource.type, name, found, () => resource.values?.[name] ?? undefined);
  }

  /** The arguments of a resource with what they refer to. */
  values(id: string): Record<string, unknown> {
    // Of data sources that need one another.
    if (this.#open.has(id)) return {};
    this.#open.add(id);
    const filler: Filler = {
      identities: this.#identities,
      asker: id,
      fill: (argument, expression) => {
        const given = this.#references
          .resolve(id, expression)
          .map((reference) => this.#valueOf(reference, argument, id))
          .filter((value) => value !== undefined);
        if (isPlural(argument) && !given.some((value) => value instanceof JsonText)) return given;
        const document = given.find((value) => value instanceof JsonText);
        if (/polic(y|ies)$|^definition$/.test(argument) && given.length > 0 && document === undefined) {
          this.notes.push(
            `${this.#file}: ${argument} of ${id} is not known before it is made; the .tf files beside the plan would tell it`,
          );
          return hole(`${id}.${argument}`);
        }
        return document ?? given[0];
      },
    };
    const { expressions } = this.#references.expressionsOf(id);
    const values = fillValues(this.#resources.get(id)?.values ?? {}, expressions, filler);
    const archive = this.#references
      .resolve(id, expressions.filename)
      .find((reference) => /(^|\/)data\/archive_file\//.test(reference.id));
    if (archive) values.filename = this.#valueOf(archive, 'filename', id);
    // A state does not tell where the code came from, so it must not be looked for beside.
    if (
      this.#resources.get(id)?.type === 'aws_lambda_function' &&
      !codeArguments.some((name) => name in values)
    )
      values.s3_bucket = hole(`${id}.s3_bucket`);
    this.#open.delete(id);
    return values;
  }

  read(without: ReadonlySet<string>): TerraformResource[] {
    return [...this.#resources]
      .filter(([id, { mode }]) => mode === 'managed' && !without.has(id))
      .map(([id, { type }]) => ({
        id,
        type,
        values: this.values(id),
        dependsOn: this.#references.expressionsOf(id).dependsOn,
        place: { file: this.#file, line: 1, column: 1 },
      }));
  }
}

/**
 * Reads a plan or a state that `terraform show -json` has written. Throws a `PostureError` for what is none.
 * @param without ids of resources that are read elsewhere
 */
export function readPlan(
  path: string,
  root: string,
  without: ReadonlySet<string> = new Set(),
): { resources: TerraformResource[]; notes: string[] } {
  const reader = new PlanReader(path, relative(root, path) || path);
  const resources = reader.read(without);
  return { resources, notes: [...new Set(reader.notes)] };
}
