import type { PostureGraph } from '@ringfence/findings';
import { expect, test } from 'vitest';
import { makeFinding, makeReport, scannedFunction } from '../../testing/make-report.ts';
import { useConsole } from '../../testing/test-console.ts';

const shared = useConsole();

const graph: PostureGraph = {
  nodes: [
    { id: 'Api', kind: 'source', type: 'AWS::ApiGateway::RestApi', label: 'Api', findings: 0 },
    { id: 'Fn', kind: 'function', type: 'AWS::Lambda::Function', label: 'Fn', severity: 'high', findings: 7 },
    { id: 'FnRole', kind: 'role', type: 'AWS::IAM::Role', label: 'FnRole', findings: 0 },
  ],
  edges: [
    { from: 'Api', to: 'Fn', kind: 'starts', label: 'GET /', isOpen: true },
    { from: 'Fn', to: 'FnRole', kind: 'assumes' },
  ],
};
const about = (id: string, subject: string, severity: 'critical' | 'low') =>
  makeFinding({ id, kind: 'posture', rule: `posture/${id}`, subject, severity });

const publish = (name: string, minute: number, findings: ReturnType<typeof about>[]) =>
  shared.api('POST', '/api/reports', {
    function: scannedFunction(name),
    report: makeReport(minute, findings, { tool: 'posture', graph }),
  });

type Radar = { projects: { functionId: string; project: { name: string } }[]; graph: PostureGraph };
const radar = async (query = '') => (await shared.api('GET', `/api/radar${query}`)).body as Radar;
const severityOf = ({ graph: { nodes } }: Radar, name: string) =>
  nodes.find(({ id }) => id.endsWith(`/${name}`));

test('there is nothing to see before something is published', async () => {
  expect(await radar()).toEqual({ projects: [], left: 0, graph: { nodes: [], edges: [] } });
});

test('nodes have the colour of what is open, and functions that of their roles, too', async () => {
  await publish('shop', 0, [about('aa', 'Fn', 'low'), about('bb', 'FnRole', 'critical')]);
  const first = await radar();
  const [{ functionId } = { functionId: '' }] = first.projects;
  expect(first.graph.edges[0]).toEqual({
    ...graph.edges[0],
    from: `${functionId}/Api`,
    to: `${functionId}/Fn`,
  });
  expect(severityOf(first, 'Fn')).toMatchObject({ severity: 'critical', findings: 2 });

  const suppressed = await shared.api('PUT', `/api/findings/${functionId}/posture/bb/suppression`, {
    reason: 'known',
    expires: null,
  });
  expect(suppressed.status).toBe(204);
  expect(severityOf(await radar(), 'Fn')).toMatchObject({ severity: 'low', findings: 1 });

  await publish('shop', 1, []);
  expect(severityOf(await radar(), 'Fn')).not.toHaveProperty('severity');
});

test('one project is asked for by its id', async () => {
  await publish('depot', 2, []);
  const { projects } = await radar();
  expect(projects.map(({ project }) => project.name)).toEqual(['depot', 'shop']);
  const only = await radar(`?functionId=${projects[0]?.functionId}`);
  expect(only.projects.map(({ project }) => project.name)).toEqual(['depot']);
  expect(only.graph.nodes).toHaveLength(3);
  expect((await shared.api('GET', '/api/radar?functionId=x')).status).toBe(400);
});

test('findings are searched by what they are about', async () => {
  await publish('subject', 3, [about('cc', 'PayrollExport', 'low')]);
  const { body } = await shared.api('GET', '/api/findings?q=payrollexport');
  expect(body.items).toHaveLength(1);
});
