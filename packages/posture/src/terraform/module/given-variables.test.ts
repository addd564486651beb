import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readTerraform } from '../read-terraform.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ringfence-variables-'));
  write(
    'main.tf',
    `variable "name" { default = "standard" }
variable "sizes" { type = map(number) }
variable "on" { type = bool }
resource "aws_sqs_queue" "q" {
  count              = var.on == true ? 1 : 0
  name               = "\${var.name}-\${terraform.workspace}"
  delay_seconds      = var.sizes.delay
}
`,
  );
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const queue = async (parameters = {}) =>
  (await readTerraform(folder, { parameters })).resources.get('aws_sqs_queue/q[0]')?.properties;

test('the environment, files in their order, and the command line give variables, the later before the earlier', async () => {
  vi.stubEnv('TF_VAR_name', 'environment');
  vi.stubEnv('TF_VAR_on', 'true');
  vi.stubEnv('TF_VAR_sizes', '{ delay = 3 }');
  expect(await queue()).toEqual({ QueueName: 'environment-default', DelaySeconds: 3 });
  write('terraform.tfvars', 'name = "plain"');
  expect(await queue()).toMatchObject({ QueueName: 'plain-default' });
  write('terraform.tfvars.json', '{ "name": "json", "sizes": { "delay": "4" } }');
  expect(await queue()).toEqual({ QueueName: 'json-default', DelaySeconds: 4 });
  write('b.auto.tfvars', 'name = "b"');
  write('a.auto.tfvars.json', '{ "name": "a ${not.read}" }');
  expect(await queue()).toMatchObject({ QueueName: 'b-default' });
  rmSync(join(folder, 'b.auto.tfvars'));
  expect(await queue()).toMatchObject({ QueueName: 'a ${!not.read}-default' });
  expect(await queue({ name: 'given', on: 'false' })).toBeUndefined();
});

test('the workspace is that which is selected, or that of the environment', async () => {
  const given = { on: 'true', sizes: '{ delay = 0 }' };
  mkdirSync(join(folder, '.terraform'));
  write('.terraform/environment', 'stage\n');
  expect(await queue(given)).toMatchObject({ QueueName: 'standard-stage' });
  vi.stubEnv('TF_WORKSPACE', 'prod');
  expect(await queue(given)).toMatchObject({ QueueName: 'standard-prod' });
});
