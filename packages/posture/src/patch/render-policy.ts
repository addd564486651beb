import { holesOf, known, referenceOf } from '../template/substitution.ts';

/** A statement to be written. */
export interface PolicyStatement {
  actions: string[];
  /** In the Fn::Sub form. */
  resources: string[];
}

export const oneOrAll = (values: unknown[]): unknown => (values.length === 1 ? values[0] : values);

/** What CloudFormation makes the text of again. */
function toValue(text: string): unknown {
  const reference = referenceOf(text);
  if (reference)
    return reference.attribute === undefined
      ? { Ref: reference.name }
      : { 'Fn::GetAtt': [reference.name, reference.attribute] };
  return holesOf(text).length > 0 ? { 'Fn::Sub': text } : (known(text) ?? text);
}

export const actionValue = (actions: string[]): unknown => oneOrAll(actions);
export const resourceValue = (resources: string[]): unknown => oneOrAll(resources.map(toValue));

export const statementValue = ({ actions, resources }: PolicyStatement): Record<string, unknown> => ({
  Effect: 'Allow',
  Action: actionValue(actions),
  Resource: resourceValue(resources),
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function scalar(value: unknown, isInFlow: boolean): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  const isPlain = /^[A-Za-z/$][\w.:/$@+=~{}*?-]*$/.test(value) && !/[:]$/.test(value);
  const isWord = /^(true|false|null|yes|no|on|off|y|n|~)$/i.test(value);
  return isPlain && !isWord && !(isInFlow && /[{}]/.test(value)) ? value : `'${value.replaceAll("'", "''")}'`;
}

/** The short form of an intrinsic function. */
function tagged(value: unknown, isInFlow: boolean): string | undefined {
  if (!isRecord(value)) return undefined;
  if (typeof value.Ref === 'string') return `!Ref ${scalar(value.Ref, isInFlow)}`;
  if (typeof value['Fn::Sub'] === 'string') return `!Sub ${scalar(value['Fn::Sub'], isInFlow)}`;
  const attribute = value['Fn::GetAtt'];
  return Array.isArray(attribute) ? `!GetAtt ${scalar(attribute.join('.'), isInFlow)}` : undefined;
}

/** A value in YAML's flow style, or a single word of it. */
export function renderFlow(value: unknown): string {
  const short = tagged(value, true);
  if (short !== undefined) return short;
  if (Array.isArray(value)) return `[${value.map(renderFlow).join(', ')}]`;
  if (isRecord(value))
    return `{ ${Object.entries(value)
      .map(([key, of]) => `${key}: ${renderFlow(of)}`)
      .join(', ')} }`;
  return scalar(value, true);
}

/** A value as it follows a key, or a dash, in YAML's block style: on the same line, or on lines of their own with that indentation. */
export function renderBlock(value: unknown, indentation: string): string {
  const short = tagged(value, false);
  if (short !== undefined) return ` ${short}`;
  if (Array.isArray(value))
    return value.map((item) => `\n${indentation}-${inItem(item, `${indentation}  `)}`).join('');
  if (isRecord(value))
    return Object.entries(value)
      .map(([key, of]) => `\n${indentation}${key}:${renderBlock(of, `${indentation}  `)}`)
      .join('');
  return ` ${scalar(value, false)}`;
}

/** A mapping begins on the line of its dash. */
const inItem = (item: unknown, indentation: string): string =>
  renderBlock(item, indentation).replace(/^\n\s*/, ' ');

/** Characters of a value that stays on one line. */
const WIDEST = 90;

function renderJsonLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(renderJsonLine).join(', ')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, of]) => `${JSON.stringify(key)}: ${renderJsonLine(of)}`);
  return `{ ${members.join(', ')} }`;
}

/** A value in JSON, on one line where it is short. `step`: by which lists and mappings are indented. */
export function renderJson(value: unknown, step: string, indentation: string): string {
  const line = renderJsonLine(value);
  if (line.length <= WIDEST || typeof value !== 'object' || value === null) return line;
  const inner = indentation + step;
  const entries = Object.entries(value).map(([key, of]) => {
    const text = renderJson(of, step, inner);
    return `${inner}${Array.isArray(value) ? text : `${JSON.stringify(key)}: ${text}`}`;
  });
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return `${open}\n${entries.join(',\n')}\n${indentation}${close}`;
}
