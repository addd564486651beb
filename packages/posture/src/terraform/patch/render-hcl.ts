import type { PolicyStatement } from '../../patch/render-policy.ts';
import { holesOf } from '../../template/substitution.ts';
import { types } from '../mapping/all-types.ts';

const snake = (name: string) => name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase();

/** `aws_sqs_queue/q[0]` as an expression has it; undefined for what lies in another module. */
function addressOf(id: string): string | undefined {
  const [, type, name, key] = /^(\w+)\/([\w-]+)(?:\[([^\]]*)\])?$/.exec(id) ?? [];
  if (type === undefined || key === '*') return undefined;
  const index = key === undefined ? '' : /^\d+$/.test(key) ? `[${key}]` : `["${key}"]`;
  return `${type}.${name}${index}`;
}

/** The attribute of Terraform that gives what a template's reference does. */
function attributeFor(type: string, attribute: string | undefined): string {
  const reference = attribute === undefined ? '${@}' : `\${@.${attribute}}`;
  const [named] =
    Object.entries(types[type]?.attributes ?? {}).find(([, value]) => value === reference) ?? [];
  return named ?? (attribute === undefined ? 'id' : snake(attribute));
}

/** Writes what a policy names as an expression of one module. */
export class HclRenderer {
  readonly #module: string;
  readonly #text: string;

  /**
   * @param module what the ids of its resources begin with
   * @param text all of its files
   */
  constructor(module: string, text: string) {
    this.#module = module;
    this.#text = text;
  }

  /** An attribute of a data source that the module has. */
  #ofData(type: string, attribute: string): string | undefined {
    const [, name] = new RegExp(`data\\s+"${type}"\\s+"([\\w-]+)"`).exec(this.#text) ?? [];
    return name && `\${data.${type}.${name}.${attribute}}`;
  }

  #ofHole(name: string): string | undefined {
    if (name === 'AWS::Partition') return 'aws';
    if (name === 'AWS::Region') return this.#ofData('aws_region', 'id');
    if (name === 'AWS::AccountId') return this.#ofData('aws_caller_identity', 'account_id');
    const [own = '', attribute] = (
      name.startsWith(this.#module) ? name.slice(this.#module.length) : name
    ).split('.');
    const address = addressOf(own);
    return address && `\${${address}.${attributeFor(own.slice(0, own.indexOf('/')), attribute)}}`;
  }

  /** The text between the quotes. Undefined where the module can't name it. */
  template(resource: string): string | undefined {
    const holes = holesOf(resource).map((name) => [name, this.#ofHole(name)] as const);
    if (holes.some(([, text]) => text === undefined)) return undefined;
    return holes.reduce((text, [name, written = '']) => text.replace(`\${${name}}`, () => written), resource);
  }

  /** An expression. Undefined where the module can't name it. */
  expression(resource: string): string | undefined {
    const text = this.template(resource);
    const [, only] = /^\$\{([^}]*)\}$/.exec(text ?? '') ?? [];
    return only ?? (text === undefined ? undefined : `"${text}"`);
  }

  /** A list, on one line where it is short. `isList`: also where it has but one item. */
  list(expressions: readonly string[], indentation: string, isList: boolean): string {
    const [only = '""', ...others] = expressions;
    if (!isList && others.length === 0) return only;
    const line = `[${expressions.join(', ')}]`;
    if (line.length <= 100) return line;
    return `[\n${expressions.map((each) => `${indentation}  ${each},\n`).join('')}${indentation}]`;
  }

  /** A statement of a document by `jsonencode`, or of a data source. Undefined where the module can't name its resources. */
  statement(
    { actions, resources }: PolicyStatement,
    kind: 'object' | 'line' | 'block',
    indentation: string,
  ): string | undefined {
    const named = resources.map((each) => this.expression(each)).filter((each) => each !== undefined);
    if (named.length < resources.length) return undefined;
    const inner = `${indentation}  `;
    const isBlock = kind === 'block';
    const action = this.list(
      actions.map((each) => `"${each}"`),
      inner,
      isBlock,
    );
    const resource = this.list(named, inner, isBlock);
    if (kind === 'line') return `{ Effect = "Allow", Action = ${action}, Resource = ${resource} }`;
    return isBlock
      ? `statement {\n${inner}actions   = ${action}\n${inner}resources = ${resource}\n${indentation}}`
      : `{\n${inner}Effect   = "Allow"\n${inner}Action   = ${action}\n${inner}Resource = ${resource}\n${indentation}}`;
  }
}
