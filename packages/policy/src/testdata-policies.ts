import type { FunctionIdentity } from './function-identity.ts';
import { Policy } from './policy-schema.ts';

/** The function of the test data. */
export const identity: FunctionIdentity = {
  cloud: 'aws',
  account: '123456789012',
  region: 'eu-west-1',
  name: 'pay-convert',
  runtime: 'nodejs20.x',
  arch: 'x86_64',
};

/** A policy with processes only. */
export const policy = Policy.parse({
  version: 1,
  collections: [{ name: 'payments', functions: ['pay-*'], regions: ['eu-*'], runtimes: ['nodejs*'] }],
  runtime: {
    rules: [
      {
        name: 'converters',
        collections: ['payments'],
        process: { allow: ['/usr/bin/gs', '/opt/tools/*', '/opt/**/convert-?'] },
      },
      { name: 'all' },
    ],
  },
});

/** Every section, with several entries of each kind. */
export const fullPolicy = Policy.parse({
  version: 1,
  runtime: {
    rules: [
      {
        name: 'everything',
        onError: 'open',
        process: {
          effect: 'alert',
          allow: [
            '/usr/bin/true',
            '/opt/**/convert-?',
            { path: '/usr/bin/gs', arguments: ['-q', '-sOutputFile=/tmp/*', '**'] },
            { path: '/opt/tools/*', arguments: [], parents: ['/usr/bin/node', '/var/lang/bin/*'] },
            { path: '/usr/bin/id', parents: ['/bin/sh'] },
          ],
          miners: 'prevent',
        },
        network: {
          effect: 'prevent',
          listen: [8080, '3000-3010', 0],
          outbound: [
            '*:443',
            '192.0.2.7',
            '10.0.0.0/8:5432-5440',
            '2001:db8::1',
            '[2001:db8:1::/48]:443',
            '[::ffff:198.51.100.0/120]:80',
            'db.internal:5432',
            '*.amazonaws.com:443',
          ],
          unix: ['/run/app.sock', '/tmp/*.sock', '@ringfence-test', '@my-*'],
          metadata: 'allow',
        },
        files: {
          effect: 'learn',
          read: ['/**', '${task}'],
          write: ['${tmp}/**', '/mnt/data/*.log'],
          execute: ['/usr/**', '${task}/bin/*', '${runtime}/**'],
          denyRead: ['/etc/shadow', '/proc/*/environ'],
          denyWrite: ['${tmp}/keep'],
          sealed: ['${task}/**', '/opt/secret.key'],
        },
        secrets: ['DB_PASSWORD', '*_TOKEN', 'AWS_*'],
        learn: { invocations: 1000, hours: 24 },
      },
    ],
  },
});
