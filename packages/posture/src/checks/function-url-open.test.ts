import { expect, test } from 'vitest';
import { graphOf } from '../testing/graph-of.ts';
import { functionUrlOpen } from './function-url-open.ts';
import { runChecks } from './run-checks.ts';

test('the open address of a function that lies elsewhere is told, too', async () => {
  const graph = graphOf(`
Parameters: { Elsewhere: { Type: String } }
Resources:
  Url: { Type: AWS::Lambda::Url, Properties: { AuthType: NONE, TargetFunctionArn: !Ref Elsewhere } }
`);
  expect((await runChecks(graph, [functionUrlOpen])).map(({ subject }) => subject)).toEqual(['Url']);
});
