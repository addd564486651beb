import { placeIn } from '../resource.ts';
import { defineCheck } from './check.ts';
import { aFunction } from './example-templates.ts';

/** Variables with which runtimes take any certificate, and their values that do so. */
const switches: Readonly<Record<string, RegExp>> = {
  NODE_TLS_REJECT_UNAUTHORIZED: /^0$/,
  PYTHONHTTPSVERIFY: /^0$/,
  GIT_SSL_NO_VERIFY: /^(1|true)$/i,
};

export const tlsUnchecked = defineCheck({
  id: 'tls-unchecked',
  title: 'The function trusts any server',
  severity: 'medium',
  why: 'Without a look at certificates anyone on the way can answer for the server, read what is sent and change what comes.',
  advice:
    "Remove the variable; where a server has a certificate of your own, give the function its authority's.",
  references: ['CWE-295', 'OWASP SAS-3'],
  find: ({ functions }) =>
    [...functions.values()].flatMap(({ id, environment, resource }) =>
      Object.entries(environment)
        .filter(([name, value]) => switches[name]?.test(String(value)))
        .map(([name, value]) => ({
          subject: id,
          key: name,
          message: `${name} is ${String(value)}.`,
          place: placeIn(resource, 'Environment', 'Variables', name),
        })),
    ),
  passing: aFunction('Environment: { Variables: { NODE_EXTRA_CA_CERTS: own.pem } }'),
  failing: aFunction("Environment: { Variables: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } }"),
});
