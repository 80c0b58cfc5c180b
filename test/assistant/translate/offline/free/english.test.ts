import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../../assistant/translate/offline/offline.ts';
import { exampleValues, lastSqlOf } from '../example-data.ts';

const translator = createOfflineTranslator(exampleValues);

const sqlOf = lastSqlOf(translator, 'en');

describe('a question in any order of words means what the plain one means', () => {
  it.each<[question: string, plain: string]>([
    [
      'CMKs in Frankfurt: rotation off, how many',
      'how many CMKs in Frankfurt have rotation disabled',
    ],
    ['BYOK breakdown per region', 'keys with imported material per region'],
    ['PendingDeletion keys, count per account', 'keys pending deletion per account'],
    ['unreadable key policies: how many per account', 'keys with unreadable policy per account'],
    ['external access and not used for ≥ 90d', 'keys with external access unused for 90 days'],
    ['CMKs idle 180+ days, # only', 'how many CMKs are unused for 180 days'],
    ['monthly $ we burn on disabled CMKs', 'monthly cost of disabled CMKs'],
    [
      'Keys in Tokyo with neither an alias nor tags, please',
      'keys in Tokyo without alias and without tags',
    ],
    ['pls enumerate keys backed by CloudHSM', 'keys in CloudHSM'],
    ['hi, could you show me every disabled key in Frankfurt? thanks', 'disabled keys in Frankfurt'],
    ['keys failing Security Hub KMS.4', 'keys with concern "Rotation disabled"'],
    ['keys that still mention a deleted user', 'keys with concern "Deleted principal"'],
    [
      'any keys in Frankfurt that hand access to IAM users?',
      'keys in Frankfurt that allow IAM users',
    ],
    ['everywhere but Frankfurt: disabled keys', 'disabled keys not in Frankfurt'],
    ['publicly accesible keys', 'publicly accessible keys'],
  ])('%s', async (question, plain) => {
    expect(await sqlOf(plain)).not.toBeNull();
    expect(await sqlOf(question)).toBe(await sqlOf(plain));
  });
});

describe('what was done, and by whom', () => {
  it.each<[question: string, ...parts: (string | RegExp)[]]>([
    ['who scheduled keys for deletion in the past 4 days?', "'ScheduleKeyDeletion'", 'key_usage'],
    ['which keys were touched from IP 192.0.2.115', "source_ip = '192.0.2.115'", 'kms_keys'],
    ['keys disabled last week, by whom', "'DisableKey'", 'key_usage'],
    ['On which keys did the root user change the key policy?', "'PutKeyPolicy'", "'root'"],
  ])('%s', async (question, ...parts) => {
    const sql = await sqlOf(question);
    for (const part of parts) expect(sql).toMatch(part);
  });
});

describe('groups of which none, all or some part is such', () => {
  it.each<[question: string, ...parts: (string | RegExp)[]]>([
    ['teams with no disabled keys', "key_state <> 'Disabled'", 'HAVING avg(', '= 100'],
    ['which Regions have no public keys?', 'NOT IN (SELECT p2.key_arn', '= 100'],
    ['Regions where all keys are rotated', 'rotation_enabled = true', '= 100'],
    ['teams whose keys are all disabled', "key_state = 'Disabled'", '= 100'],
    ['accounts with only disabled keys', "key_state = 'Disabled'", '= 100'],
    ['accounts where more than half of the keys are disabled', "= 'Disabled'", '> 50'],
    ['Regions where less than 30% of the CMKs are rotated', "= 'CUSTOMER'", '< 30'],
    ['accounts without external access', 'a.account_id NOT IN', "'EXTERNAL', 'PUBLIC'"],
    ['how many accounts have no external access', 'count(*)', 'a.account_id NOT IN'],
  ])('%s', async (question, ...parts) => {
    const sql = await sqlOf(question);
    for (const part of parts) {
      if (typeof part === 'string') expect(sql).toContain(part);
      else expect(sql).toMatch(part);
    }
  });
});

describe('what is counted is what is named', () => {
  it.each<[question: string, ...parts: string[]]>([
    ['keys with the most grants', 'count(DISTINCT p.grant_id)', 'p.key_arn'],
    ['which account has the most grants', 'count(DISTINCT p.grant_id)', 'p.account_id'],
    ['grants per Region', 'count(DISTINCT p.grant_id)', 'p.region'],
    ['keys with the most concerns', 'kms_insights.key_concerns', 'count(*)', 'c.key_arn'],
    ['how many concerns does each account have', 'kms_insights.key_concerns', 'c.account_id'],
    ['who can decrypt the most keys', 'p.principal', 'count(DISTINCT p.key_arn)', "'DECRYPT'"],
    ['who used more than 10 keys', 'u.username', 'count(DISTINCT u.key_arn) > 10'],
    ['how many people used alias/payments-prod', 'count(DISTINCT u.username)'],
    ['which account used the most keys', 'u.caller_account', 'count(DISTINCT u.key_arn)'],
    ['how many different accounts used our keys', 'count(DISTINCT u.caller_account)'],
    ['which accounts can decrypt keys in Frankfurt?', 'p.principal_account', "'DECRYPT'"],
    ['changes by alice', 'kms_insights.key_usage', "'MANAGEMENT'", "'alice'"],
    ['changes by role orders-app', "strpos(u.principal_arn, ':assumed-role/orders-app/') > 0"],
    [
      'changes not made by orders-app',
      "coalesce(strpos(u.principal_arn, ':assumed-role/orders-app/'), 0) = 0",
    ],
  ])('%s', async (question, ...parts) => {
    const sql = await sqlOf(question);
    for (const part of parts) expect(sql).toContain(part);
  });
});

describe('someone is left out, or is the only one', () => {
  const others = "coalesce(u2.username, '') <> 'alice'";
  const notByDeploy = /NOT IN \(SELECT u2.key_arn .*u2.username = 'deploy'/;
  it.each<[question: string, ...parts: (string | RegExp)[]]>([
    ['keys used by anyone other than alice', others, 'u2.username IS NOT NULL'],
    ['which keys did someone other than alice use?', others],
    ['who other than alice uses keys in Frankfurt?', "coalesce(u.username, '') <> 'alice'"],
    ['who used keys in Frankfurt except alice', "coalesce(u.username, '') <> 'alice'"],
    ['keys used by alice but not deploy', "u2.username = 'alice'", notByDeploy],
    ['keys not used by deploy', notByDeploy],
    ['keys deploy has never used', notByDeploy],
    ['keys used by alice and not used by deploy', "u2.username = 'alice'", notByDeploy],
    // Who used a key without being recorded may have been another.
    [
      'keys used only by alice',
      "u2.username = 'alice'",
      /NOT IN [^I]*category = 'CRYPTO' AND coalesce/,
    ],
    ['keys that only alice used', "u2.username = 'alice'", others],
    ['keys used only through S3', "coalesce(u2.via_service, '') <> 's3.amazonaws.com'"],
    // Of a user only the latest use is recorded, which may hide one of that time.
    ['keys not used by deploy in October', /NOT IN [^<]*last_event_at >= TIMESTAMP '[^']*'\)/],
  ])('%s', async (question, ...parts) => {
    const sql = await sqlOf(question);
    for (const part of parts) expect(sql).toMatch(part);
  });
});

describe('who did something, told by how he stands to the key', () => {
  it.each<[question: string, ...parts: (string | RegExp)[]]>([
    ['did external accounts use our keys?', 'u2.caller_account NOT IN (SELECT a3.account_id'],
    ['which external accounts used our keys last week?', 'u.caller_account NOT IN'],
    ['who used keys cross-account last week?', 'u.caller_account <> u.account_id'],
    ['keys used by an account other than its own', 'u2.caller_account <> u2.account_id'],
    ['which deletions were scheduled by IAM users?', "user_identity_type = 'IAMUser'"],
  ])('%s', async (question, ...parts) => {
    const sql = await sqlOf(question);
    for (const part of parts) expect(sql).toContain(part);
  });

  it('is not who something was given to', async () => {
    expect(await sqlOf('keys where a grant was given to somebody outside')).not.toMatch(
      'key_usage',
    );
  });
});

describe('how many of what', () => {
  it.each<[question: string, ...parts: (string | RegExp)[]]>([
    ['how many roles can use keys in Frankfurt?', 'count(DISTINCT p.principal)', "'ROLE'"],
    ['how many different principals can use keys in Frankfurt?', 'count(DISTINCT p.principal)'],
    ['how many external accounts have access?', 'count(DISTINCT p.principal_account)'],
    ['in how many regions do we have keys', 'count(DISTINCT k.region)'],
    ['accounts with keys in more than 3 regions', 'HAVING count(DISTINCT k.region) > 3'],
    ['average number of keys per account', 'nullif(count(DISTINCT k.account_id), 0)'],
    ['keys w/ more than 20 grants', 'HAVING count(DISTINCT p2.grant_id) > 20'],
    ['keys with fewer than 3 grants', 'k.policy_readable AND k.key_arn NOT IN'],
    ['how many keys contain a Deny statement in their policy?', "p2.effect = 'Deny'"],
    [
      'keys with access restricted by aws:PrincipalOrgID',
      "contains(p2.restricted_by, 'aws:PrincipalOrgID')",
    ],
  ])('%s', async (question, ...parts) => {
    const sql = await sqlOf(question);
    for (const part of parts) {
      if (typeof part === 'string') expect(sql).toContain(part);
      else expect(sql).toMatch(part);
    }
  });
});

describe('whoever is in the accounts of an organizational unit', () => {
  const unit = /IN \(SELECT \w+\.account_id FROM \S+accounts \w+ WHERE .*'Root\/Security'/;
  it.each<[question: string, column: string]>([
    ['which keys can Security accounts decrypt with', 'principal_account'],
    ['keys that accounts in the Security OU can use', 'principal_account'],
    ['keys in Frankfurt used by accounts in the Security OU', 'caller_account'],
  ])('%s', async (question, column) => {
    const sql = await sqlOf(question);
    expect(sql).toMatch(unit);
    expect(sql).toContain(column);
  });

  it('is told from where keys are', async () => {
    expect(await sqlOf('keys in Security accounts')).toContain("k.ou_path = 'Root/Security'");
    expect(await sqlOf('which Security accounts have disabled keys')).not.toMatch(unit);
  });
});

describe('what lies ahead of keys', () => {
  it.each<[question: string, plain: string]>([
    ['keys whose next rotation is due before christmas', 'keys that rotate before christmas'],
    ['keys up for rotation next month', 'keys that will be rotated next month'],
    ['deletions falling in December', 'keys that will be deleted in December'],
    ['keys to be gone by year end', 'keys that will be deleted by end of 2026'],
    ['keys whose deletion date is before the end of the year', 'keys to be deleted by end of 2026'],
    ['keys with a material expiry date in December', 'keys that expire in December'],
  ])('%s', async (question, plain) => {
    expect(await sqlOf(plain)).not.toBeNull();
    expect(await sqlOf(question)).toBe(await sqlOf(plain));
  });

  it('is asked for by its time', async () => {
    const sql = await sqlOf('when do the keys in Frankfurt rotate next?');
    expect(sql).toContain('k.next_rotation_at IS NOT NULL');
    expect(sql).toContain('ORDER BY k.next_rotation_at');
  });

  it.each(['when were the keys in Frankfurt rotated', 'keys rotated in the last quarter'])(
    'is not what has been: %s',
    async (question) => {
      expect(await sqlOf(question)).toBeNull();
    },
  );
});

describe('shares, averages and years', () => {
  it.each<[question: string, ...parts: (string | RegExp)[]]>([
    ['what % of CMKs are disabled', 'matching', "k.key_manager = 'CUSTOMER'"],
    ['What share of our monthly key cost goes to keys unused for 90 days?', 'judged.weight'],
    ['average monthly price of one customer managed key', 'avg(k.monthly_cost_usd)'],
    ['what do the disabled keys cost us per year', '12 * k.monthly_cost_usd'],
    ['Which region has the highest percentage of disabled keys?', 'GROUP BY', 'judged'],
  ])('%s', async (question, ...parts) => {
    const sql = await sqlOf(question);
    for (const part of parts) expect(sql).toContain(part);
  });
});

describe('goes on from the answer before', () => {
  it.each<[conversation: readonly string[], plain: string]>([
    [['disabled keys', 'drop the ones in Frankfurt'], 'disabled keys not in Frankfurt'],
    [['disabled keys', 'per region?'], 'disabled keys per region'],
    [['keys in Frankfurt', 'which of those are public'], 'public keys in Frankfurt'],
    [['keys used in the last 90 days', 'in the last 30 days'], 'keys used in the last 30 days'],
    [['disabled keys', 'also the enabled ones'], 'keys that are disabled or enabled'],
    [['keys unused for 90 days', 'never used instead'], 'keys never used'],
    [['cost of disabled keys', 'per year'], 'what do the disabled keys cost us per year'],
  ])('%j', async (conversation, plain) => {
    expect(await sqlOf(plain)).not.toBeNull();
    expect(await sqlOf(...conversation)).toBe(await sqlOf(plain));
  });

  it.each<[conversation: readonly string[]]>([
    [['the 5 oldest keys', 'who can use them?']],
    [['the 5 oldest keys', 'which of them are disabled?']],
    [['the oldest key', 'who can use it?']],
    [['disabled keys', 'include the public ones']],
    [['disabled keys', 'or public']],
    [['disabled keys in Frankfurt', 'public keys there']],
    [['which accounts have public keys?', 'list the keys']],
    [['who used keys in Frankfurt last week?', 'which keys?']],
    [['which keys did alice use last week?', 'the same for Frankfurt']],
  ])('but not where that would be another question: %j', async (conversation) => {
    expect(await sqlOf(...conversation)).toBeNull();
  });
});

describe('is not answered, where a word would have to be dropped or turned around', () => {
  it.each([
    'keys that were disabled last month or are enabled now in',
    'which keys need rotation?',
    'keys that used to be public',
    'keys with concerns other than rotation',
    'are none of the keys public?',
    'keys for signing never used to sign',
    'keys with no concern other than rotation',
    'ratio of enabled to disabled keys',
    'keys not used by alice and deploy',
    'keys all users can decrypt',
    'which accounts have a key in every region?',
    'keys that anyone in the organization can use',
    'which users are deleted?',
    'which accounts were deleted?',
    'keys that rotate monthly',
    'keys costing $1',
    'who made a key public last week?',
    'which accounts were created last month?',
    'which users are disabled?',
    'who changed rotation?',
    'keys created in March of any year',
    'who will use keys in Frankfurt next month?',
    'how many times was Decrypt called on keys in Frankfurt',
    'who tried to decrypt with keys in Frankfurt',
    'public/disabled keys in Frankfurt please',
  ])('%s', async (question) => {
    expect(await sqlOf(question)).toBeNull();
  });
});
