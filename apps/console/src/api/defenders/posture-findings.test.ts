import type { PostureGraph } from '@ringfence/findings';
import { expect, test } from 'vitest';
import { makeFinding, makeReport } from '../../testing/make-report.ts';
import { useConsole } from '../../testing/test-console.ts';

const shared = useConsole();

const fn = (label: string, deployed: { name: string; region?: string }) => ({
  id: label,
  kind: 'function' as const,
  type: 'AWS::Lambda::Function',
  label,
  findings: 0,
  deployed,
});

/** What an account and a template say of the same function. */
const account: PostureGraph = {
  nodes: [
    fn('eu-west-1/function/orders', { name: 'orders', region: 'eu-west-1' }),
    fn('us-east-1/function/orders', { name: 'orders', region: 'us-east-1' }),
    fn('eu-west-1/function/orders-old', { name: 'orders-old', region: 'eu-west-1' }),
    { id: 'r', kind: 'role', type: 'AWS::IAM::Role', label: 'global/role/shop', findings: 0 },
  ],
  edges: [{ from: 'eu-west-1/function/orders', to: 'r', kind: 'assumes' }],
};
const about = (id: string, subject: string, severity: 'critical' | 'high' | 'low') =>
  makeFinding({ id, kind: 'posture', rule: `posture/${id}`, subject, severity });

const publish = (project: object, findings: ReturnType<typeof about>[], graph: PostureGraph) =>
  shared.api('POST', '/api/reports', {
    function: { cloud: 'aws', account: '123456789012', region: 'all', name: 'project', ...project },
    report: makeReport(0, findings, { tool: 'posture', graph }),
  });

async function register(name: string, region = 'eu-west-1', number = '123456789012'): Promise<string> {
  const identity = { cloud: 'aws', account: number, region, name, runtime: 'nodejs22.x', arch: 'x86_64' };
  await shared.api('POST', '/api/functions', identity);
  const { body } = await shared.api('GET', '/api/defenders');
  const found = body.items.find(
    ({ function: own }: { function: typeof identity }) =>
      own.name === name && own.region === region && own.account === number,
  );
  return found.functionId;
}

const findingsOf = async (id: string) => {
  const { status, body } = await shared.api('GET', `/api/defenders/${id}/findings`);
  expect(status).toBe(200);
  return body.items.map(({ finding }: { finding: { id: string } }) => finding.id);
};

test('a function has the findings about it, what belongs to it and its role, of its region and account; the worst first', async () => {
  const id = await register('orders');
  const elsewhere = await register('orders', 'eu-west-1', '999999999999');
  expect(await findingsOf(id)).toEqual([]);
  const published = await publish(
    {},
    [
      about('aa', 'eu-west-1/function/orders', 'low'),
      about('bb', 'global/role/shop', 'high'),
      about('cc', 'eu-west-1/function/orders/permission/0', 'critical'),
      about('dd', 'us-east-1/function/orders', 'critical'),
      about('ee', 'eu-west-1/function/orders-old', 'critical'),
    ],
    account,
  );
  expect(published.status).toBe(200);
  expect(await findingsOf(id)).toEqual(['cc', 'bb', 'aa']);
  expect(await findingsOf(elsewhere)).toEqual([]);
});

test('a finding names the functions with a Defender that it is about', async () => {
  const [id, other] = [await register('orders'), await register('orders', 'us-east-1')];
  const { body } = await shared.api('GET', '/api/findings?q=global/role/shop');
  const [{ functionId }] = body.items;
  const one = await shared.api('GET', `/api/findings/${functionId}/posture/bb`);
  expect(one.body.deployed).toEqual([
    { functionId: id, cloud: 'aws', account: '123456789012', region: 'eu-west-1', name: 'orders' },
  ]);
  const two = await shared.api('GET', `/api/findings/${functionId}/posture/dd`);
  expect(two.body.deployed.map((each: { functionId: string }) => each.functionId)).toEqual([other]);
});

test('a template that says neither region nor account is about functions of its names wherever they are', async () => {
  const id = await register('mail', 'eu-north-1', '111122223333');
  await publish({ account: '000000000000', name: 'post' }, [about('ff', 'Mail', 'high')], {
    nodes: [fn('Mail', { name: 'mail' })],
    edges: [],
  });
  expect(await findingsOf(id)).toEqual(['ff']);
});

test('a function that is not there is told so', async () => {
  expect((await shared.api('GET', `/api/defenders/${'0'.repeat(64)}/findings`)).status).toBe(404);
});
