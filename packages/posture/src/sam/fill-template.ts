import { keepPlace } from '../template/place.ts';
import { fill } from '../template/substitution.ts';
import { policyTemplates, type TemplateStatement } from './policy-templates.ts';

type Members = Readonly<Record<string, unknown>>;

/** An inline policy that is one of SAM's templates. */
export interface FilledTemplate {
  ReadyMade: string;
  PolicyDocument: { Statement: TemplateStatement[] };
}

export const isTemplate = (name: string): boolean => Object.hasOwn(policyTemplates, name);

/** Puts the parameters into the template's statements, which then stand where `policy` does. Of a template that SAM does not have, nothing. */
export function fillTemplate(name: string, policy: Members): FilledTemplate {
  const parameters = new Map(Object.entries(policy[name] ?? {}));
  const fillIn = (text: string) =>
    fill(text, (hole) => (parameters.has(hole) ? String(parameters.get(hole)) : undefined));
  const statements = isTemplate(name) ? (policyTemplates[name] ?? []) : [];
  return {
    ReadyMade: name,
    PolicyDocument: {
      Statement: statements.map((statement) => {
        const { Resource, Condition } = statement;
        return keepPlace(policy, {
          ...statement,
          Resource: Resource.map(fillIn),
          ...(Condition && { Condition: fillValues(Condition.StringEquals, fillIn) }),
        });
      }),
    },
  };
}

const fillValues = (values: Readonly<Record<string, string>>, fillIn: (text: string) => string) => ({
  StringEquals: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fillIn(value)])),
});
