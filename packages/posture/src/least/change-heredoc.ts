import type { Statement } from '../graph/statements.ts';
import type { Spot } from '../patch/parsed-template.ts';
import { actionValue, oneOrAll, type PolicyStatement } from '../patch/render-policy.ts';
import type { TemplateEdit } from '../patch/template-edit.ts';
import type { HclEdit } from '../terraform/patch/hcl-edit.ts';
import type { HclRenderer } from '../terraform/patch/render-hcl.ts';
import { same } from './same.ts';

/** A statement in a policy that is written as a text of JSON over several lines. */
interface HeredocStatement {
  edit: TemplateEdit;
  spot: Spot;
}

/** Undefined where the statement is written otherwise, or where another one in the text says the same. */
export function findInHeredoc(
  edit: HclEdit,
  { place, actions, effect }: Statement,
): HeredocStatement | undefined {
  const heredoc = edit.document.around(place, 'heredoc_template');
  const inner = heredoc && edit.ofHeredoc(heredoc);
  if (!inner) return undefined;
  const { template } = inner;
  const statements = template.within(template.root, 'Statement');
  const found =
    statements &&
    [statements, ...template.itemsOf(statements)].filter((spot) => {
      const written = template.within(spot, 'Action');
      const names = written && template.textsOf(written);
      return (
        names && same(names, actions) && template.textsOf(template.within(spot, 'Effect')).includes(effect)
      );
    });
  const [spot, ...others] = found ?? [];
  return spot && others.length === 0 ? { edit: inner, spot } : undefined;
}

/** Puts what is narrowed in the statement's place. False where that can't be done; the edit is then to be thrown away. */
export function narrowHeredoc(
  { edit, spot }: HeredocStatement,
  renderer: HclRenderer,
  statement: Statement,
  narrowed: readonly PolicyStatement[],
): boolean {
  const values = narrowed.map(({ actions, resources }) => {
    const named = resources.map((each) => renderer.template(each));
    return named.includes(undefined)
      ? undefined
      : { Effect: 'Allow', Action: actionValue(actions), Resource: oneOrAll(named) };
  });
  if (values.includes(undefined)) return false;
  const [first, ...others] = values;
  const [{ actions, resources } = { actions: [], resources: [] }] = narrowed;
  const isItem = !spot.member;
  if (!first) {
    const isLast =
      spot.parent &&
      edit.template.itemsOf(spot.parent).every((each) => each === spot || edit.isRemoved(each));
    if (!isItem || isLast) return false;
    edit.remove(spot);
    return true;
  }
  if (others.length > 0 && !isItem) return false;
  const action = edit.template.within(spot, statement.exceptActions ? 'NotAction' : 'Action');
  const resource = edit.template.within(spot, 'Resource');
  if (!action || !resource) return false;
  if (!same(actions, statement.actions)) edit.replace(action, first.Action, 'Action');
  if (!same(resources, statement.resources)) edit.replace(resource, first.Resource);
  if (others.length > 0) edit.insertBehind(spot, others);
  return true;
}
