import type { Role } from '../graph/build-graph.ts';
import type { Statement } from '../graph/statements.ts';
import type { PolicyStatement } from '../patch/render-policy.ts';
import type { Place } from '../template/place.ts';
import { known } from '../template/substitution.ts';
import { argumentOf, blockAround, coreOf, itemsOf, type Piece } from '../terraform/patch/hcl-document.ts';
import type { HclEdit } from '../terraform/patch/hcl-edit.ts';
import { HclRenderer } from '../terraform/patch/render-hcl.ts';
import { findInHeredoc, narrowHeredoc } from './change-heredoc.ts';
import type { NarrowedStatement } from './change-role.ts';
import { same } from './same.ts';

/** Changes what a role allows in a configuration of Terraform. */
export class ConfigurationChange {
  readonly #edit: HclEdit;
  readonly #renderer: HclRenderer;
  readonly #role: Role;
  /** An attachment that was taken out, and where its place was. */
  #detached: { block: Piece; at: number } | undefined;
  readonly #isOwn: (place: Place | undefined) => boolean;

  /**
   * @param module what the ids of the resources begin with that the edit's file can name
   * @param isOwn whether no other policy is written at the place: several are, by modules and by `for_each`
   */
  constructor(edit: HclEdit, role: Role, module: string, isOwn: (place: Place | undefined) => boolean) {
    const { text, others } = edit.document;
    this.#edit = edit;
    this.#renderer = new HclRenderer(module, `${text}\n${others}`);
    this.#role = role;
    this.#isOwn = isOwn;
  }

  /** False where that can't be done without touching what it should not; the edit is then to be thrown away. */
  apply(changed: readonly NarrowedStatement[], added: readonly PolicyStatement[]): boolean {
    const left = [...added];
    const ready = changed.filter(({ statement }) => statement.readyMade !== undefined);
    for (const { statement } of ready) if (!this.#detach(statement)) return false;
    left.push(...ready.flatMap(({ narrowed }) => narrowed));
    const written = changed.filter(({ statement }) => statement.readyMade === undefined);
    // What goes makes room for what is missing.
    const room = written.find(
      ({ statement, narrowed }) => narrowed.length === 0 && !statement.exceptResources,
    );
    const all = written.map((each) => (each === room ? { ...each, narrowed: left.splice(0) } : each));
    return all.every((each) => this.#narrow(each)) && (left.length === 0 || this.#add(left));
  }

  /** The statement as a block or an object. */
  #pieceOf({ place }: Statement): Piece | undefined {
    const { document } = this.#edit;
    const piece = document.at(place, 'object') ?? document.at(place, 'block');
    return piece?.type === 'block' && document.headOf(piece)[0] !== 'statement' ? undefined : piece;
  }

  #narrow({ statement, narrowed }: NarrowedStatement): boolean {
    const [first, ...others] = narrowed;
    const { place } = statement;
    const heredoc = this.#isOwn(place) ? findInHeredoc(this.#edit, statement) : undefined;
    if (heredoc) return narrowHeredoc(heredoc, this.#renderer, statement, narrowed);
    const piece = this.#pieceOf(statement);
    if (!first) return piece !== undefined && this.#isOwn(place) && this.#remove(piece);
    if (statement.exceptActions || statement.exceptResources) return false;
    const { actionPlace, resourcePlace, actions, resources } = statement;
    const names = first.actions.map((each) => JSON.stringify(known(each) ?? each));
    if (!same(actions, first.actions) && !this.#changeList(actionPlace, actions, first.actions, names))
      return false;
    if (!same(resources, first.resources)) {
      const named = first.resources.map((each) => this.#renderer.expression(each));
      if (!this.#changeList(resourcePlace, resources, first.resources, named)) return false;
    }
    if (others.length === 0) return true;
    return piece !== undefined && this.#isOwn(place) && this.#insertBehind(piece, others);
  }

  /** Leaves of a list what stays, or writes another in its place. */
  #changeList(
    place: Place | undefined,
    before: readonly string[],
    after: readonly string[],
    written: readonly (string | undefined)[],
  ): boolean {
    const { document } = this.#edit;
    if (!this.#isOwn(place)) return false;
    const argument = document.at(place, 'attribute', 'object_elem');
    const value = argument ? argumentOf(argument) : document.at(place, 'tuple');
    if (!value) return false;
    const items = itemsOf(value);
    if (items?.length === before.length && after.every((each) => before.includes(each))) {
      this.#edit.removeItems(
        value,
        items.filter((_, index) => !after.includes(before[index] ?? '')),
      );
      return true;
    }
    const expressions = written.filter((each) => each !== undefined);
    if (expressions.length < written.length) return false;
    // A list stays one: what a module declares may ask for it.
    const isList = items !== undefined || argument?.type === 'attribute';
    this.#edit.replace(value, this.#renderer.list(expressions, document.indentationAt(value.start), isList));
    return true;
  }

  /** Takes a statement out, with the policy that this leaves empty. */
  #remove(piece: Piece): boolean {
    const isOther = (each: Piece) => each !== piece && !this.#edit.isRemoved(each);
    if (piece.type === 'block') {
      const siblings = piece.parent?.children ?? [];
      const isStatement = (each: Piece) =>
        (each.type === 'block' &&
          ['statement', 'dynamic'].includes(this.#edit.document.headOf(each)[0] ?? '')) ||
        (each.type === 'attribute' &&
          /^(source|override)_policy_documents\b/.test(this.#edit.document.textOf(each)));
      if (!siblings.some((each) => isOther(each) && isStatement(each))) return false;
      this.#edit.removeBlock(piece);
      return true;
    }
    const list = listAround(piece);
    const item = list && itemsOf(list)?.find((each) => coreOf(each) === piece);
    if (!list || !item) return false;
    if (itemsOf(list)?.some((each) => each !== item && !this.#edit.isRemoved(each))) {
      this.#edit.removeItems(list, [item]);
      return true;
    }
    return this.#removeResource(blockAround(piece), 'aws_iam_role_policy');
  }

  /** Takes a resource out that nothing else refers to. */
  #removeResource(block: Piece | undefined, type: string): boolean {
    const { document } = this.#edit;
    const [kind, ownType, name] = block ? document.headOf(block) : [];
    if (!block || kind !== 'resource' || ownType !== type) return false;
    const all = `${document.text}\n${document.others}`;
    if (new RegExp(`\\b${type}\\.${name}\\b`).test(all)) return false;
    const at = this.#edit.removeBlock(block);
    if (type === 'aws_iam_role_policy_attachment') this.#detached = { block, at };
    return true;
  }

  /** Takes a policy of AWS away from the role. */
  #detach({ place, readyMade = '' }: Statement): boolean {
    const { document } = this.#edit;
    if (!this.#isOwn(place)) return false;
    const block = blockAround(document.at(place, 'attribute', 'block'));
    if (block && this.#edit.isRemoved(block)) return true;
    if (block && document.headOf(block)[1] === 'aws_iam_role_policy_attachment')
      return (
        !document.valueIn(block, 'for_each') && this.#removeResource(block, 'aws_iam_role_policy_attachment')
      );
    const name = readyMade.slice(readyMade.lastIndexOf('/') + 1);
    const list = block && document.valueIn(block, 'managed_policy_arns');
    const listed = list ?? listAround(document.at(place, 'string_lit', 'expression'));
    const item = listed && itemsOf(listed)?.find((each) => document.textOf(each).includes(`/${name}"`));
    if (!listed || !item) return false;
    if (!this.#edit.isRemoved(item)) this.#edit.removeItems(listed, [item]);
    return true;
  }

  #insertBehind(piece: Piece, statements: readonly PolicyStatement[]): boolean {
    const { document } = this.#edit;
    const indentation = document.indentationAt(piece.start);
    const isLine = !document.textOf(piece).includes('\n');
    const kind = piece.type === 'block' ? 'block' : isLine ? 'line' : 'object';
    const texts = statements.map((each) => this.#renderer.statement(each, kind, indentation));
    if (texts.includes(undefined)) return false;
    const separator =
      piece.type === 'block'
        ? `\n\n${indentation}`
        : isLine && !document.hasOwnLines(piece)
          ? ', '
          : `,\n${indentation}`;
    this.#edit.insert(piece.end, texts.map((text) => separator + text).join(''));
    return true;
  }

  /** Puts statements behind those that the role has, or into a policy of their own. */
  #add(statements: readonly PolicyStatement[]): boolean {
    const last = this.#role.statements
      .filter(
        ({ readyMade, effect, place }) => readyMade === undefined && effect === 'Allow' && this.#isOwn(place),
      )
      .flatMap((statement) => this.#pieceOf(statement) ?? [])
      .findLast((piece) => !this.#edit.isRemoved(piece) && (piece.type === 'block' || listAround(piece)));
    if (last) return this.#insertBehind(last, statements);
    const texts = statements.map((each) => this.#renderer.statement(each, 'object', '    '));
    if (texts.includes(undefined)) return false;
    return this.#addPolicy(
      (name, role) =>
        `resource "aws_iam_role_policy" "${name}" {\n  role = ${role}\n  policy = jsonencode({\n    Version = "2012-10-17"\n    Statement = [${texts.join(', ')}]\n  })\n}`,
    );
  }

  /** Writes a resource in place of an attachment that was taken out, or else behind the role. */
  #addPolicy(render: (name: string, role: string) => string): boolean {
    const { document } = this.#edit;
    const all = `${document.text}\n${document.others}`;
    const isFree = (name: string) => !new RegExp(`"aws_iam_role_policy"\\s+"${name}"`).test(all);
    const [, , attached = ''] = this.#detached ? document.headOf(this.#detached.block) : [];
    const attachedTo = this.#detached && document.valueIn(this.#detached.block, 'role');
    if (this.#detached && attachedTo && isFree(attached)) {
      this.#edit.insert(this.#detached.at, `${render(attached, document.textOf(attachedTo))}\n\n`);
      return true;
    }
    const { place } = this.#role.resource;
    const block = document.at(place, 'block');
    const [, , label = ''] = block ? document.headOf(block) : [];
    const role = this.#renderer.expression(`\${${this.#role.resource.id}}`);
    const name = `${label}_least_privilege`;
    if (!block || !this.#isOwn(place) || role === undefined || !isFree(name)) return false;
    this.#edit.insert(block.end, `\n\n${render(name, role)}`);
    return true;
  }
}

/** The list whose item the piece is. */
function listAround(piece: Piece | undefined): Piece | undefined {
  if (piece === undefined || piece.type === 'tuple') return piece;
  const { parent } = piece;
  return parent && (coreOf(parent) === coreOf(piece) || parent.type === 'tuple')
    ? listAround(parent)
    : undefined;
}
