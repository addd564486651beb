import { ofType } from '../graph/build-graph.ts';
import { placeIn } from '../resource.ts';
import { holesOf } from '../template/substitution.ts';
import { defineCheck } from './check.ts';
import { aFunction } from './example-templates.ts';
import { onePerPlace } from './one-per-place.ts';

/** Names of variables that hold a secret, and do not say where it lies. */
export const secretName =
  /(password|passwd|secret|token|api_?key|(stripe|sendgrid|twilio|mailgun|openai|datadog|jwt)_?key|private_?key|credential|access_?key)(?!.*(arn|name|id|path|url|uri|file|ttl|expir|length|header|parameter|table|bucket|region|enabled)$)/i;

/** What stands for a secret that lies elsewhere, or is none. */
const elsewhere = /^(\{\{resolve:|arn:|\/|https?:|ssm:|true$|false$|\d{1,4}$|$)/i;
/** How secrets are mostly named: `prod/payments/signing-key`. */
const path = /^[a-z][a-z0-9_.-]*(\/[a-z0-9_.-]+)+$/;
export const isElsewhere = (text: string): boolean => elsewhere.test(text) || path.test(text);

/** What is a secret by its form, whatever it is called: keys of services that begin in their own way, private keys, and addresses with a password. */
const secretValue =
  /^(sk_live_|rk_live_|whsec_|ghp_|github_pat_|xox[abpr]-|AKIA[0-9A-Z]{16}$|AIza[\w-]{35}$|-----BEGIN [A-Z ]*PRIVATE KEY|[a-z][a-z0-9+]*:\/\/[^/\s:@]*:[^/\s:@]+@)/;

export const secretInEnvironment = defineCheck({
  id: 'secret-in-environment',
  title: 'A secret stands in the template',
  severity: 'high',
  why: 'Who reads the template, its history or the configuration of the function has the secret; so has all code in the function.',
  advice:
    'Put it into Secrets Manager or the Parameter Store, read it when the function starts, and change it: it has been seen.',
  references: ['CWE-798', 'CWE-312', 'OWASP SAS-7'],
  find: (graph) => {
    const names = new Set(
      ['AWS::SecretsManager::Secret', 'AWS::SSM::Parameter']
        .flatMap((type) => ofType(graph, type))
        .map(({ properties }) => properties.Name),
    );
    const isSecret = (name: string, value: string) =>
      secretValue.test(value) || (secretName.test(name) && !isElsewhere(value) && !names.has(value));
    return onePerPlace(
      [...graph.functions.values()].flatMap(({ id, environment, resource }) =>
        Object.entries(environment)
          .filter(
            ([name, value]) =>
              typeof value === 'string' && holesOf(value).length === 0 && isSecret(name, value),
          )
          .map(([name]) => ({
            subject: id,
            key: name,
            message: `The variable ${name} holds its value in plain text.`,
            place: placeIn(resource, 'Environment', 'Variables', name),
          })),
      ),
    );
  },
  passing: aFunction(
    "Environment: { Variables: { DB_PASSWORD: '{{resolve:secretsmanager:db:SecretString:password}}' } }",
  ),
  failing: aFunction('Environment: { Variables: { DB_PASSWORD: correct-horse } }'),
});
