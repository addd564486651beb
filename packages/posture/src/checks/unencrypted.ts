import type { Severity } from '@ringfence/findings';
import { ofType } from '../graph/build-graph.ts';
import { isTrue, type Members, membersOf } from '../graph/json.ts';
import { defineCheck } from './check.ts';

interface Kind {
  isEncrypted(of: Members): boolean;
  /** The property that says so. */
  member: string;
  severity: Severity;
  control: string;
}

const storage = (control: string): Kind => ({
  isEncrypted: (of) => isTrue(of.StorageEncrypted) || of.KmsKeyId !== undefined,
  member: 'StorageEncrypted',
  severity: 'low',
  control,
});

const search: Kind = {
  isEncrypted: (of) => isTrue(membersOf(of.EncryptionAtRestOptions).Enabled),
  member: 'EncryptionAtRestOptions',
  severity: 'low',
  control: 'Opensearch.1',
};

/** What is not encrypted unless it is asked for: no buckets, tables, queues and log groups, which always are. */
const kinds: Readonly<Record<string, Kind>> = {
  'AWS::Kinesis::Stream': {
    isEncrypted: (of) => of.StreamEncryption !== undefined,
    member: 'StreamEncryption',
    severity: 'low',
    control: 'Kinesis.1',
  },
  'AWS::SNS::Topic': {
    isEncrypted: (of) => of.KmsMasterKeyId !== undefined,
    member: 'KmsMasterKeyId',
    severity: 'info',
    control: 'SNS.1',
  },
  'AWS::SQS::Queue': {
    isEncrypted: (of) =>
      of.KmsMasterKeyId !== undefined ||
      of.SqsManagedSseEnabled === undefined ||
      isTrue(of.SqsManagedSseEnabled),
    member: 'SqsManagedSseEnabled',
    severity: 'low',
    control: 'SQS.1',
  },
  'AWS::EFS::FileSystem': {
    isEncrypted: (of) => isTrue(of.Encrypted),
    member: 'Encrypted',
    severity: 'low',
    control: 'EFS.1',
  },
  'AWS::RDS::DBInstance': {
    ...storage('RDS.3'),
    // An instance of a cluster has the encryption of that.
    isEncrypted: (of) => isTrue(of.StorageEncrypted) || of.DBClusterIdentifier !== undefined,
  },
  'AWS::RDS::DBCluster': storage('RDS.27'),
  'AWS::DocDB::DBCluster': storage('DocumentDB.1'),
  'AWS::Neptune::DBCluster': storage('Neptune.1'),
  'AWS::OpenSearchService::Domain': search,
  'AWS::Elasticsearch::Domain': { ...search, control: 'ES.1' },
};

export const unencrypted = defineCheck({
  id: 'unencrypted',
  title: 'Data lies unencrypted',
  severity: 'low',
  why: 'Whoever gets at the disk, a snapshot or a copy reads what is there.',
  advice: 'Turn the encryption on; most kinds of storage only take it when they are made.',
  references: [
    'CWE-311',
    'OWASP SAS-7',
    ...new Set(Object.values(kinds).map(({ control }) => `AWS Security Hub ${control}`)),
  ],
  find: (graph) =>
    Object.entries(kinds).flatMap(([type, { isEncrypted, member, severity }]) =>
      ofType(graph, type)
        .filter(({ properties }) => !isEncrypted(properties))
        .map(({ id, place }) => ({
          subject: id,
          severity,
          message: `${id} is not encrypted: ${member} does not say so.`,
          place,
        })),
    ),
  passing: `
Resources:
  Events:
    Type: AWS::Kinesis::Stream
    Properties: { StreamEncryption: { EncryptionType: KMS, KeyId: alias/aws/kinesis } }`,
  failing: `
Resources:
  Events:
    Type: AWS::Kinesis::Stream
    Properties: { ShardCount: 1 }`,
});
