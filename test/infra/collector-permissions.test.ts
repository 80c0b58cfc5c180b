import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { permissions } from '../../collector/aws/permissions.ts';
import { handlers } from '../../collector/lambda/handlers.ts';
import { analyzeKey } from '../../collector/policy/analyze.ts';
import { folderStore } from '../../collector/snapshot/folder-store.ts';
import type { SnapshotStore } from '../../collector/snapshot/store.ts';
import type { FunctionName } from '../../infra/collector/permissions.ts';
import { newFolder } from '../collector/collecting.ts';
import { awsError, fakeAws } from '../collector/fake-aws.ts';
import { example, exampleWith, synthesized } from './synthesized.ts';

/**
 * What the roles of the functions allow, beside what their code does: collections are run by the very
 * handlers, and each call is taken down with the function that made it.
 */

const BUCKET = 'arn:aws:s3:::kms-insights-data-111122223333-eu-central-1';
const GLUE = 'arn:aws:glue:eu-central-1:111122223333';
const names: readonly FunctionName[] = ['list-accounts', 'get-data', 'publish'];

/** A call as IAM sees it: `action resource`. */
const made = new Map<FunctionName, Set<string>>(names.map((name) => [name, new Set()]));
let at: FunctionName = 'list-accounts';
const note = (action: string, resource: string) => made.get(at)?.add(`${action} ${resource}`);

function recording(store: SnapshotStore): SnapshotStore {
  const noted =
    <A extends readonly unknown[], R>(action: string, call: (path: string, ...rest: A) => R) =>
    (path: string, ...rest: A): R => {
      note(`s3:${action}`, `${BUCKET}/${path}`);
      return call(path, ...rest);
    };
  const list: SnapshotStore['list'] = (folder) => {
    note('s3:ListBucket', BUCKET);
    return store.list(folder);
  };
  return {
    put: noted('PutObject', store.put),
    putFile: noted('PutObject', store.putFile),
    get: noted('GetObject', store.get),
    getRange: noted('GetObject', store.getRange),
    list,
    removeAll: noted('DeleteObject', async (path) => {
      await list(path);
      await store.removeAll(path);
    }),
  };
}

const created = new Date('2020-01-01T00:00:00Z');
const used = {
  KeyLastUsage: { Operation: 'Decrypt', Timestamp: new Date('2026-11-20T00:00:00Z') },
};
const keys = [
  {
    id: '11111111-1111-4111-8111-111111111111',
    metadata: { CreationDate: created },
    lastUsage: used,
  },
];

beforeAll(async () => {
  const folder = await newFolder();
  const store = recording(folderStore(folder));
  let refused = true;
  const aws = fakeAws({
    accounts: [
      {
        id: '111122223333',
        regions: { 'eu-central-1': { keys } },
        ous: [{ id: 'ou-1', name: 'A' }],
      },
      { id: '222233334444', regions: { 'eu-central-1': { keys } } },
    ],
    before: ({ api, accountId }) => {
      // Which role it is, is noted where an account is entered.
      if (api !== 'AssumeRole') note(permissions[api].action, '*');
      // An account whose Regions are not known at first, and are then.
      if (refused && api === 'ListRegions' && accountId === '222233334444') {
        throw awsError('AccessDeniedException');
      }
    },
  });
  const { enter, enabledRegions } = aws.api;
  const assume = (accountId: string) =>
    note('sts:AssumeRole', `arn:aws:iam::${accountId}:role/KMSInsightsReadRole`);
  const api = {
    ...aws.api,
    enter: (accountId: string, region: string) => {
      assume(accountId);
      return enter(accountId, region);
    },
    enabledRegions: (accountId: string) => {
      assume(accountId);
      return enabledRegions(accountId);
    },
  };
  let now = Date.now();
  const run = handlers(
    async () => ({
      aws: api,
      store,
      clock: () => new Date(now),
      origin: 'aws',
      seed: null,
      analyze: analyzeKey,
      keepSnapshots: 1,
    }),
    {
      pointTo: async () => {
        note('glue:UpdateTable', `${GLUE}:catalog`);
        note('glue:UpdateTable', `${GLUE}:database/kms_insights_snapshots`);
        note('glue:UpdateTable', `${GLUE}:table/kms_insights_snapshots/current_snapshot`);
      },
    },
  );
  const plenty = { getRemainingTimeInMillis: () => 900_000 };
  for (let n = 0; n < 3; n++) {
    at = 'list-accounts';
    const { runId, accounts } = await run.listAccounts();
    at = 'get-data';
    // In the last run one account is not read at all.
    const read = n === 2 ? accounts.slice(1) : accounts;
    refused = true;
    for (const accountId of read) await run.getData({ runId, accountId }, plenty);
    refused = false;
    for (const accountId of read) await run.getData({ runId, accountId }, plenty);
    at = 'publish';
    await run.publish({ runId });
    now += 86_400_000;
    await makeOlder(folder);
  }
});

/** Snapshots that were written within the last minutes are not removed. */
async function makeOlder(folder: string): Promise<void> {
  const before = new Date(Date.now() - 3_600_000);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) await utimes(join(entry.parentPath, entry.name), before, before);
  }
}

interface Allowed {
  readonly action: string;
  readonly resource: string;
}

/** What a role may do in the template; what is of the deployment is put in. */
function allowed(template: ReturnType<ReturnType<typeof synthesized>>, roleName: string) {
  const roles = template.findResources('AWS::IAM::Role', { Properties: { RoleName: roleName } });
  const [roleId] = Object.keys(roles);
  const found: Allowed[] = [];
  for (const policy of Object.values(template.findResources('AWS::IAM::Policy'))) {
    if (JSON.stringify(policy.Properties.Roles) !== JSON.stringify([{ Ref: roleId }])) continue;
    for (const { Effect, Action, Resource } of policy.Properties.PolicyDocument.Statement) {
      expect(Effect).toBe('Allow');
      for (const action of [Action].flat()) {
        for (const resource of [Resource].flat()) found.push({ action, resource: text(resource) });
      }
    }
  }
  return found;
}

function text(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  const { Ref, 'Fn::Join': join } = resource as { Ref?: string; 'Fn::Join'?: [string, unknown[]] };
  if (join) return join[1].map(text).join(join[0]);
  return Ref === 'AWS::Partition' ? 'aws' : JSON.stringify(resource);
}

const covers = ({ action, resource }: Allowed, call: string) => {
  const pattern = new RegExp(
    `^${resource
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
  );
  const [calledAction, on = ''] = call.split(' ');
  return action === calledAction && pattern.test(on);
};

/** What every function does, whatever its code: a log, traces, the key of the bucket. */
const always = /^(?:logs|xray|kms:Decrypt|kms:GenerateDataKey)/;

describe.each(names)('the role of %s', (name) => {
  const role = allowed(synthesized(example())('collector'), `kms-insights-${name}`);
  const calls = () => [...(made.get(name) ?? [])].sort();

  it('allows all that the code does', () => {
    expect(calls().length).toBeGreaterThan(3);
    expect(calls().filter((call) => !role.some((one) => covers(one, call)))).toEqual([]);
  });

  it('allows nothing that the code does not do', () => {
    const idle = role.filter(
      (one) => !always.test(one.action) && !calls().some((call) => covers(one, call)),
    );
    expect(idle).toEqual([]);
  });
});

it('only the function that asks the trail may, and in its own workgroup', () => {
  const trail = { table: 'security.logs', bucket: 'the-trail', keyArn: KEY };
  const template = synthesized(exampleWith({ 'collection.trail': trail }))('collector');
  const added = (name: FunctionName) => {
    const before = allowed(synthesized(example())('collector'), `kms-insights-${name}`);
    const key = (one: Allowed) => `${one.action} ${one.resource}`;
    const known = new Set(before.map(key));
    return allowed(template, `kms-insights-${name}`)
      .map(key)
      .filter((one) => !known.has(one));
  };
  expect(added('publish')).toEqual([]);
  expect(added('get-data')).toEqual([]);
  const workgroup = 'arn:aws:athena:eu-central-1:111122223333:workgroup/kms-insights-trail';
  const results = 'arn:aws:s3:::kms-insights-results-111122223333-eu-central-1';
  expect(added('list-accounts').sort()).toEqual(
    [
      ...['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults', 'StopQueryExecution'].map(
        (call) => `athena:${call} ${workgroup}`,
      ),
      ...['GetDatabase', 'GetPartitions', 'GetTable'].flatMap((call) =>
        [`${GLUE}:catalog`, `${GLUE}:database/security`, `${GLUE}:table/security/logs`].map(
          (on) => `glue:${call} ${on}`,
        ),
      ),
      `kms:Decrypt ${KEY}`,
      `s3:GetObject ${BUCKET}/runs/*`,
      `s3:ListBucket ${BUCKET}`,
      ...['s3:GetBucketLocation', 's3:ListBucket'].flatMap((call) => [
        `${call} arn:aws:s3:::the-trail`,
        `${call} ${results}`,
      ]),
      's3:GetObject arn:aws:s3:::the-trail/*',
      ...['AbortMultipartUpload', 'GetObject', 'ListMultipartUploadParts', 'PutObject'].map(
        (call) => `s3:${call} ${results}/trail/*`,
      ),
    ].sort(),
  );
});

const KEY = 'arn:aws:kms:eu-central-1:111122223333:key/11111111-1111-4111-8111-111111111111';
