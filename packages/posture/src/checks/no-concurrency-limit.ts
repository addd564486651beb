import { defineCheck } from './check.ts';
import { tellOnce } from './tell-once.ts';

const api = (limit: string) => `
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler${limit}
      Events:
        List: { Type: HttpApi, Properties: { Path: /orders, Method: get } }`;

export const noConcurrencyLimit = defineCheck({
  id: 'no-concurrency-limit',
  title: 'Functions that the internet calls may take all of the account',
  severity: 'info',
  why: 'A flood of calls uses up what all functions of the account may run at once, so the others stop, and it is paid for.',
  advice: 'Set ReservedConcurrentExecutions to somewhat more than the busiest honest minute needs.',
  inTerraform: 'Set reserved_concurrent_executions to somewhat more than the busiest honest minute needs.',
  references: ['CWE-770', 'OWASP SAS-8'],
  find: ({ functions }) =>
    tellOnce(
      [...functions.values()]
        .filter(({ triggers }) => triggers.some(({ auth }) => auth !== undefined))
        .map(({ resource }) => resource)
        .filter(({ properties }) => properties.ReservedConcurrentExecutions === undefined),
      (names) => `${names}: as many at once as the account may run.`,
    ),
  passing: api(`
      ReservedConcurrentExecutions: 20`),
  failing: api(''),
});
