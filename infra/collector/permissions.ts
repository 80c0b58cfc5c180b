import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  collectorPolicy,
  memberRolePolicy,
  type UsageSourceName,
} from '../../collector/aws/permissions.ts';
import { currentSnapshotView } from '../../collector/schema/catalog.ts';
import { MANIFESTS, POINTER, TABLES } from '../../collector/schema/snapshot.ts';
import type { Reasons } from '../acknowledge.ts';

/** The functions of the collector. */
export type FunctionName = 'list-accounts' | 'get-data' | 'publish';

/** What the permissions are about. */
export interface Subjects {
  readonly partition: string;
  readonly roleName: string;
  readonly source: UsageSourceName;
  readonly dataBucketArn: string;
  readonly keyArn: string;
  /** What the ARNs of AWS Glue begin with, up to the account. */
  readonly catalogArn: string;
}

type Action = 'GetObject' | 'PutObject' | 'DeleteObject';

const RUNS = 'runs/*';

/** What each function does with which objects, below the root of the bucket. */
const objects: Readonly<
  Record<FunctionName, Readonly<Partial<Record<Action, readonly string[]>>>>
> = {
  'list-accounts': { PutObject: [RUNS] },
  'get-data': {
    // Of the snapshot in force, the last uses that are known already.
    GetObject: [RUNS, POINTER, `${MANIFESTS}/*`, `${TABLES}/key_usage/*`],
    PutObject: [RUNS],
    DeleteObject: [RUNS],
  },
  publish: {
    GetObject: [RUNS, POINTER, `${MANIFESTS}/*`, `${TABLES}/*`],
    PutObject: [RUNS, POINTER, `${MANIFESTS}/*`, `${TABLES}/*`],
    DeleteObject: [RUNS, `${MANIFESTS}/*`, `${TABLES}/*`],
  },
};

/**
 * What a function may do, and nothing that it does not do (test/infra/collector-permissions.test.ts
 * compares it with what the code does). The trail has statements of its own, in `trail.ts`.
 */
export function functionStatements(name: FunctionName, s: Subjects): readonly PolicyStatement[] {
  return [
    ...awsStatements(name, s),
    ...objectStatements(name, s),
    keyStatement(s),
    ...(name === 'publish' ? [catalogStatement(s)] : []),
  ];
}

/** Why these are for more than one resource. */
export const reasons: Reasons = {
  ReadOrganization: 'These operations read AWS Organizations as a whole.',
  EnterAccounts: 'The member role has the same name in every account of the organization.',
  ReadKeys: 'Every key of the account of the collector is read; what it may do only reads.',
  GetObject: 'The names of runs and snapshots begin with the moment at which they were begun.',
  PutObject: 'The names of runs and snapshots begin with the moment at which they were begun.',
  DeleteObject: 'The names of runs and snapshots begin with the moment at which they were begun.',
  ReadTrailLogs: 'The logs of a trail are many objects.',
  WriteResults: 'Athena names the objects of its results.',
  WriteLog: 'A function writes a stream of its log for each of its processes.',
};

function awsStatements(name: FunctionName, s: Subjects): readonly PolicyStatement[] {
  const own = collectorPolicy(s.partition, s.roleName, 'event history').Statement;
  const about = (sid: string) => own.filter((one) => (one as { Sid?: string }).Sid === sid);
  const statements = {
    'list-accounts': about('ReadOrganization'),
    // The account of the collector itself is read with the role of the function.
    'get-data': [...about('EnterAccounts'), ...memberRolePolicy(s.source).Statement],
    publish: [],
  }[name];
  return statements.map((statement) => PolicyStatement.fromJson(statement));
}

function objectStatements(name: FunctionName, s: Subjects): readonly PolicyStatement[] {
  // The answer of a trail is looked for before it is asked.
  const asksTrail = name === 'list-accounts' && s.source === 'trail';
  const used = asksTrail ? { ...objects[name], GetObject: [RUNS] } : objects[name];
  const statements = Object.entries(used).map(
    ([action, paths]) =>
      new PolicyStatement({
        sid: action,
        actions: [`s3:${action}`],
        resources: paths.map((path) => `${s.dataBucketArn}/${path}`),
      }),
  );
  // Who reads must be able to list: else S3 says of a missing object that it is forbidden. Without a
  // condition on the prefix, which a request for one object does not have.
  const list = new PolicyStatement({
    sid: 'ListObjects',
    actions: ['s3:ListBucket'],
    resources: [s.dataBucketArn],
  });
  return 'GetObject' in used ? [...statements, list] : statements;
}

/** The view that names the snapshot in force; no other table or view can be changed. */
function catalogStatement({ catalogArn }: Subjects): PolicyStatement {
  const { database, name } = currentSnapshotView(null);
  return new PolicyStatement({
    sid: 'PointToSnapshot',
    actions: ['glue:UpdateTable'],
    resources: [
      `${catalogArn}:catalog`,
      `${catalogArn}:database/${database}`,
      `${catalogArn}:table/${database}/${name}`,
    ],
  });
}

function keyStatement(s: Subjects): PolicyStatement {
  return new PolicyStatement({
    sid: 'EncryptObjects',
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [s.keyArn],
  });
}
