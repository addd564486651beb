import { membersOf } from '../graph/json.ts';
import { ownFunctions } from '../graph/made-by-cdk.ts';
import { defineCheck } from './check.ts';
import { aFunction } from './example-templates.ts';
import { tellOnce } from './tell-once.ts';

export const noTracing = defineCheck({
  id: 'no-tracing',
  title: 'Calls of functions leave no traces',
  severity: 'info',
  why: 'After an attack nobody can say which services a call went on to.',
  advice: 'Set TracingConfig with Mode Active (Tracing: Active in Globals of SAM).',
  inTerraform: 'Set tracing_config with mode Active.',
  references: ['CWE-778', 'OWASP SAS-5', 'AWS Security Hub Lambda.7'],
  find: (graph) =>
    tellOnce(
      ownFunctions(graph)
        .map(({ resource }) => resource)
        .filter(({ properties }) => membersOf(properties.TracingConfig).Mode !== 'Active'),
      (names) => `${names}: no tracing.`,
    ),
  passing: aFunction('TracingConfig: { Mode: Active }'),
  failing: aFunction('Timeout: 30'),
});
