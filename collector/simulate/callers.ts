import type { SimulatedKey } from './keys.ts';
import { type Random, randomOf } from './random.ts';
import { botUsers, people } from './vocabulary.ts';
import { workloadOf } from './workloads.ts';

/** Who makes a call, as CloudTrail records it. */
export interface Caller {
  readonly userIdentity: Readonly<Record<string, unknown>>;
  /** The Username of LookupEvents; absent for services and other accounts. */
  readonly username?: string;
  readonly accessKeyId?: string;
  readonly sourceIPAddress: string;
  readonly userAgent: string;
}

const uniqueId = (prefix: string, random: Random): string =>
  prefix + random.hex(17).toUpperCase().replaceAll('0', 'Z').replaceAll('1', 'Y');

const publicIp = (random: Random): string =>
  `${random.pick(['203.0.113', '198.51.100', '192.0.2'])}.${random.int(1, 254)}`;

const privateIp = (random: Random): string =>
  `10.${random.int(0, 63)}.${random.int(0, 255)}.${random.int(1, 254)}`;

/** A role's session; `invokedBy` names the service that calls with the role's authority. */
export function roleCaller(
  accountId: string,
  role: string,
  session: string,
  random: Random,
  at: Date,
  invokedBy?: string,
): Caller {
  const name = role.split('/').at(-1) ?? role;
  const principal = uniqueId('AROA', random);
  const accessKeyId = uniqueId('ASIA', random);
  return {
    username: session,
    accessKeyId,
    sourceIPAddress: invokedBy ?? (random.chance(0.6) ? privateIp(random) : publicIp(random)),
    userAgent: invokedBy ?? 'aws-sdk-java/2.25.11 Linux/5.10 OpenJDK/17.0.10',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `${principal}:${session}`,
      arn: `arn:aws:sts::${accountId}:assumed-role/${name}/${session}`,
      accountId,
      accessKeyId,
      sessionContext: {
        sessionIssuer: {
          type: 'Role',
          principalId: principal,
          arn: `arn:aws:iam::${accountId}:role/${role}`,
          accountId,
          userName: name,
        },
        attributes: {
          creationDate: new Date(at.getTime() - random.int(60, 3000) * 1000)
            .toISOString()
            .replace('.000Z', 'Z'),
          mfaAuthenticated: 'false',
        },
      },
      ...(invokedBy === undefined ? {} : { invokedBy }),
    },
  };
}

export function userCaller(accountId: string, user: string, random: Random): Caller {
  const accessKeyId = uniqueId('AKIA', random);
  const name = user.split('/').at(-1) ?? user;
  return {
    username: name,
    accessKeyId,
    sourceIPAddress: publicIp(random),
    userAgent: random.pick(['aws-cli/2.15.30 Python/3.11.8', 'Boto3/1.34.51', 'curl/8.4.0']),
    userIdentity: {
      type: 'IAMUser',
      principalId: uniqueId('AIDA', random),
      arn: `arn:aws:iam::${accountId}:user/${user}`,
      accountId,
      accessKeyId,
      userName: name,
    },
  };
}

const serviceCaller = (invokedBy: string): Caller => ({
  sourceIPAddress: invokedBy,
  userAgent: invokedBy,
  userIdentity: { type: 'AWSService', invokedBy },
});

/** A caller of another account: the key's owner learns the account and no more. */
const foreignCaller = (accountId: string, random: Random): Caller => ({
  sourceIPAddress: publicIp(random),
  userAgent: 'aws-sdk-go-v2/1.25.2',
  userIdentity: {
    type: 'AWSAccount',
    principalId: `${uniqueId('AROA', random)}:session`,
    accountId,
  },
});

/** Who is named in a policy: callers come from there, so that policy and usage tell one story. */
export interface Named {
  readonly users: readonly string[];
  readonly roles: readonly string[];
  readonly otherAccounts: readonly string[];
}

export function namedIn(policyJson: string, accountId: string): Named {
  const all = (pattern: RegExp): string[] =>
    [...policyJson.matchAll(pattern)].flatMap((m) => (m[1] === undefined ? [] : [m[1]]));
  return {
    users: all(/arn:aws:iam::\d{12}:user\/([\w+=,.@/-]+)"/g),
    roles: all(/arn:aws:iam::\d{12}:role\/([\w+=,.@/-]+)"/g).filter(
      (role) => role !== 'KMSInsightsReadRole' && !role.startsWith('aws-'),
    ),
    otherAccounts: all(/\b(\d{12})\b/g).filter((id) => id !== accountId),
  };
}

/** Draws who uses a key at a moment. */
export function drawUser(key: SimulatedKey, named: Named, nth: number, at: Date): Caller {
  // The first few callers are the same from event to event; `nth` chooses among them.
  const random = randomOf(`${key.stream}/caller/${nth}`);
  const account = key.account.id;
  const system = key.account.system;
  if (named.otherAccounts.length > 0 && random.chance(0.35)) {
    return foreignCaller(random.pick(named.otherAccounts), random);
  }
  if (named.users.length > 0 && random.chance(0.6)) {
    return userCaller(account, random.pick(named.users), random);
  }
  const role =
    named.roles.length > 0 && random.chance(0.7)
      ? random.pick(named.roles)
      : random.pick([`${system}-app`, `${system}-lambda-role`, 'ecs-task', 'batch-worker']);
  const session = random.pick([
    `i-${random.hex(17)}`,
    `${system}-handler`,
    random.hex(32),
    random.pick(people),
  ]);
  const { service, caller } = workloadOf(key.workload);
  if (service !== null && random.chance(0.25)) return serviceCaller(caller);
  return roleCaller(
    account,
    role,
    session,
    random,
    at,
    service !== null && random.chance(0.8) ? caller : undefined,
  );
}

/** Draws who administers a key at a moment: people, pipelines, and now and then the root user. */
export function drawAdministrator(key: SimulatedKey, random: Random, at: Date): Caller {
  const account = key.account.id;
  const kind = random.next();
  if (kind < 0.5) return roleCaller(account, 'terraform-deploy', 'gitlab-ci', random, at);
  if (kind < 0.8) {
    const role = `aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_${random.hex(16)}`;
    return roleCaller(account, role, `${random.pick(people)}@example.com`, random, at);
  }
  if (kind < 0.97) {
    return userCaller(account, random.pick([...people, ...botUsers]), random);
  }
  return {
    username: 'root',
    sourceIPAddress: publicIp(random),
    userAgent: 'Mozilla/5.0',
    userIdentity: {
      type: 'Root',
      principalId: account,
      arn: `arn:aws:iam::${account}:root`,
      accountId: account,
    },
  };
}
