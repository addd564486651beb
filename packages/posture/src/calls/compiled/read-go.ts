import type { PlainNode } from '@ringfence/code';
import { nameElements } from './name-implicit.ts';
import {
  folderOf,
  PACKAGE,
  type Parameter,
  type ProgramType,
  type ProgramTypes,
  type SourceFile,
} from './program.ts';
import { newMember } from './read-classes.ts';
import { readLocals } from './read-locals.ts';
import { fieldOf, walk } from './walk.ts';

const listedParameters = (list: PlainNode | undefined): Parameter[] =>
  (list?.children ?? []).flatMap((node) => {
    const type = fieldOf(node, 'type')?.text;
    const names = node.children.filter(({ field }) => field === 'name');
    return names.map(({ text }) => ({ name: text, ...(type !== undefined && { type }) }));
  });

function emptyType(name: string, path: string, given: Partial<ProgramType> = {}): ProgramType {
  return {
    name,
    path,
    namespace: folderOf(path),
    supers: [],
    isInterface: false,
    fields: new Map(),
    members: [],
    ...given,
  };
}

function importsOf(root: PlainNode): Map<string, string> {
  const imports = new Map<string, string>();
  for (const node of walk(root)) {
    if (node.type !== 'import_spec') continue;
    const path = fieldOf(node, 'path')?.text.slice(1, -1) ?? '';
    const last =
      path
        .replace(/\/v\d+$/, '')
        .split('/')
        .at(-1) ?? '';
    imports.set(fieldOf(node, 'name')?.text ?? last, path);
  }
  return imports;
}

/** What a variable of the environment fills in, by the tag of a field: `env:"TABLE"`, `envconfig:"TABLE"`. */
function taggedVariable(field: PlainNode): PlainNode | undefined {
  const [, name] = /\b(?:env|envconfig):"(\w+)/.exec(fieldOf(field, 'tag')?.text ?? '') ?? [];
  return name === undefined ? undefined : { type: 'environment', text: name, at: field.at, children: [] };
}

/** The types, functions and variables of Go's packages. Methods may stand in other files than their types. */
export function readGo(files: readonly SourceFile[], types: ProgramTypes): void {
  const packages = new Map<string, ProgramType>();
  for (const { path, root } of files) {
    nameElements(root);
    types.imports.set(path, importsOf(root));
    const folder = folderOf(path);
    const own = packages.get(folder) ?? emptyType(PACKAGE, path);
    if (!packages.has(folder)) {
      packages.set(folder, own);
      types.add(own);
    }
    const first = newMember(own, '(initial)', 'initial', { path });
    for (const node of root.children) {
      if (/^(var|const)_declaration$/.test(node.type)) first.bodies.push(node);
      for (const spec of node.type === 'type_declaration' ? node.children : []) {
        const [name, body] = [fieldOf(spec, 'name')?.text ?? '', fieldOf(spec, 'type')];
        const type = emptyType(name, path, { isInterface: body?.type === 'interface_type', node: spec });
        const start = newMember(type, '(initial)', 'initial');
        for (const field of body?.children.flatMap(({ children }) => children) ?? []) {
          if (field.type !== 'field_declaration') continue;
          const written = fieldOf(field, 'type')?.text;
          const names = field.children.filter((each) => each.field === 'name').map(({ text }) => text);
          if (names.length === 0 && written !== undefined) type.supers.push(written);
          const value = taggedVariable(field);
          const embedded = /(\w+)$/.exec(written ?? '')?.[1];
          for (const each of names.length > 0 ? names : embedded === undefined ? [] : [embedded])
            type.fields.set(each, [
              { ...(written !== undefined && { type: written }), ...(value && { value }), member: start },
            ]);
        }
        types.add(type);
      }
    }
    readLocals(first);
    for (const [name, declarations] of first.locals)
      own.fields.set(name, [...(own.fields.get(name) ?? []), ...declarations]);
    first.locals.clear();
  }
  for (const { path, root } of files)
    for (const node of root.children) {
      if (!/^(function|method)_declaration$/.test(node.type)) continue;
      const [receiver] = listedParameters(fieldOf(node, 'receiver'));
      const named = fieldOf(node, 'receiver')?.children[0];
      const written = fieldOf(named, 'type')?.text;
      const [on] = written === undefined ? [] : types.find(written, path);
      const owner = on ?? packages.get(folderOf(path));
      if (!owner) continue;
      const result = fieldOf(node, 'result');
      const results =
        result?.type === 'parameter_list'
          ? result.children.map((each) => fieldOf(each, 'type')?.text ?? each.text)
          : result
            ? [result.text]
            : [];
      const resultNames = listedParameters(result).map((each) => each.name);
      const body = fieldOf(node, 'body');
      const name = fieldOf(node, 'name')?.text ?? '';
      const member = newMember(owner, name, 'method', {
        path,
        parameters: listedParameters(fieldOf(node, 'parameters')),
        bodies: body ? [body] : [],
        ...(results.length > 0 && { result: results.join(',') }),
        ...(resultNames.length > 0 && { resultNames }),
        isOverride: /^(ServeHTTP|Invoke)$/.test(name) && on !== undefined,
      });
      if (receiver) {
        member.receiver = receiver.name;
        member.locals.set(receiver.name, [{ type: receiver.type ?? '', member }]);
      }
      for (const each of resultNames) member.locals.set(each, []);
      readLocals(member);
    }
}
