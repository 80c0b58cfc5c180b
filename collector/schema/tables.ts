import { concernKinds } from './concerns.ts';
import {
  accessLevels,
  accountStates,
  collectionStatuses,
  effects,
  keyManagers,
  keyOrigins,
  keyStates,
  keyUsages,
  multiRegionTypes,
  permissionSources,
  principalTypes,
  severities,
  trusts,
  usageCategories,
  usageSources,
  usageStatuses,
} from './enums.ts';
import {
  manyOf,
  nullable,
  oneOf,
  oneOfOrNull,
  type RowOf,
  required,
  type Table,
  table,
} from './types.ts';

/**
 * The six base tables of the database `kms_insights`. This file is the contract: DDL, row types,
 * the guard's allowlist, the translators' vocabulary and the reference page are derived from it.
 */

const accountId = required('varchar', {
  role: 'identifier',
  description: 'The 12-digit id of the AWS account that owns the key.',
  words: {
    en: ['account', 'account id', 'account number', 'aws account', 'accounts'],
    ja: ['アカウント', 'アカウントID', 'AWSアカウント', 'アカウント番号'],
  },
});

const region = required('varchar', {
  role: 'category',
  description: 'The AWS Region, such as eu-central-1.',
  words: { en: ['region', 'regions'], ja: ['リージョン', 'AWSリージョン'] },
});

const keyId = required('varchar', {
  role: 'identifier',
  description:
    'The key id: a UUID, or mrk-… for a multi-Region key. Replicas in other Regions share it; key_arn is unique.',
  words: { en: ['key id', 'keyid', 'key ids'], ja: ['キーID'] },
});

const keyArn = required('varchar', {
  role: 'identifier',
  description: 'The ARN of the key, unique.',
  words: { en: ['key arn', 'arn'], ja: ['キーARN', 'ARN'] },
});

export const accounts = table({
  name: 'accounts',
  row: 'one account of the organization',
  description:
    'Every account of the organization as AWS Organizations lists it, also those whose keys could not be read.',
  words: {
    en: ['account', 'accounts', 'aws account', 'aws accounts'],
    ja: ['アカウント', 'AWSアカウント'],
  },
  sortBy: ['account_id'],
  columns: {
    account_id: accountId,
    account_name: required('varchar', {
      role: 'text',
      untrusted: true,
      description: 'The name of the account.',
      words: { en: ['account name', 'name of the account'], ja: ['アカウント名'] },
    }),
    ou_path: required('varchar', {
      role: 'category',
      untrusted: true,
      description:
        'The path of organizational units from the root, such as Root/Workloads/Prod. A slash in a name is written %2F.',
      words: {
        en: ['ou', 'organizational unit', 'ous', 'ou path', 'organizational units'],
        ja: ['OU', '組織単位', '組織ユニット'],
      },
    }),
    email_domain: nullable('varchar', {
      role: 'category',
      untrusted: true,
      description:
        'The part after @ of the account e-mail; the rest is not kept. Null when unknown.',
      words: { en: ['email domain', 'e-mail domain'], ja: ['メールドメイン'] },
    }),
    state: oneOf(accountStates, {
      role: 'category',
      description: 'The state of the account.',
      words: { en: ['account state', 'state of the account'], ja: ['アカウントの状態', '状態'] },
    }),
    is_management: required('boolean', {
      role: 'flag',
      description: 'True for the management account of the organization.',
      words: { en: ['management account'], ja: ['管理アカウント'] },
    }),
    tags: required('map(varchar, varchar)', {
      role: 'text',
      untrusted: true,
      description: 'The tags of the account.',
      words: { en: ['account tags'], ja: ['アカウントのタグ'] },
    }),
  },
});

export const collectionStatus = table({
  name: 'collection_status',
  row: 'one account and Region of the collection run',
  description:
    'What could be read and what could not. An account and Region that failed is missing from every answer about keys.',
  words: {
    en: ['collection status', 'coverage', 'collection run'],
    ja: ['収集状況', 'カバレッジ', '網羅状況'],
  },
  sortBy: ['account_id', 'region'],
  columns: {
    account_id: accountId,
    region: nullable('varchar', {
      role: 'category',
      description: 'The AWS Region; null when the account failed before its Regions were known.',
      words: { en: ['region', 'regions'], ja: ['リージョン', 'AWSリージョン'] },
    }),
    status: oneOf(collectionStatuses, {
      role: 'category',
      description: 'How the reading went.',
      words: {
        en: ['status', 'collection status', 'coverage'],
        ja: ['収集状況', 'ステータス', '状況'],
      },
    }),
    keys_seen: required('integer', {
      role: 'count',
      description: 'How many keys were listed.',
      words: { en: ['keys seen', 'keys read'], ja: ['確認したキーの数'] },
    }),
    error_code: nullable('varchar', {
      role: 'category',
      description: 'The AWS error code of the first failure; null without one.',
      words: {
        en: ['error', 'error code', 'errors', 'reason'],
        ja: ['エラーコード', 'エラー', '失敗理由'],
      },
    }),
    error_message: nullable('varchar', {
      role: 'text',
      untrusted: true,
      description: 'What failed and how to mend it; null without a failure.',
      words: { en: ['error message'], ja: ['エラーメッセージ'] },
    }),
    started_at: required('timestamp', {
      role: 'time',
      description: 'When reading began (UTC).',
      words: { en: ['started'], ja: ['収集開始日時'] },
    }),
    finished_at: required('timestamp', {
      role: 'time',
      description: 'When reading ended (UTC).',
      words: { en: ['finished', 'collected', 'read'], ja: ['収集日時', '収集完了日時', '収集'] },
    }),
  },
});

export const kmsKeys = table({
  name: 'kms_keys',
  row: 'one KMS key in one Region',
  description:
    'Every KMS key that could be listed, with its settings, last use, concerns and cost.',
  words: {
    en: ['key', 'keys', 'kms key', 'kms keys', 'cmk', 'cmks', 'encryption key', 'encryption keys'],
    ja: [
      'キー',
      'KMSキー',
      '鍵',
      'KMS鍵',
      'AWS KMSキー',
      '暗号鍵',
      '暗号化キー',
      '暗号化鍵',
      'カギ',
      'key',
      'keys',
      'KMS key',
      'KMS keys',
    ],
  },
  sortBy: ['account_id', 'region', 'key_id'],
  columns: {
    account_id: accountId,
    account_name: required('varchar', {
      role: 'category',
      untrusted: true,
      description: 'The name of the account.',
      words: { en: ['account name', 'account names'], ja: ['アカウント名'] },
    }),
    ou_path: required('varchar', {
      role: 'category',
      untrusted: true,
      description:
        'The path of organizational units of the account, such as Root/Workloads/Prod. A slash in a name is written %2F.',
      words: {
        en: ['ou', 'organizational unit', 'ous', 'ou path', 'organizational units'],
        ja: ['OU', '組織単位', '組織ユニット'],
      },
    }),
    region,
    key_id: keyId,
    key_arn: keyArn,
    alias: nullable('varchar', {
      role: 'identifier',
      untrusted: true,
      description:
        'The first alias by name, such as alias/payments-prod; null when the key has none or aliases is null.',
      words: {
        en: ['alias', 'key alias', 'key name', 'name'],
        ja: ['エイリアス', '別名', 'キー名', 'キーの名前', 'alias'],
      },
    }),
    aliases: nullable('array(varchar)', {
      role: 'identifier',
      untrusted: true,
      description:
        'All aliases of the key, in order of name; empty when it has none, null when they could not be read.',
      words: { en: ['aliases', 'all aliases'], ja: ['すべてのエイリアス', '全エイリアス'] },
    }),
    description: nullable('varchar', {
      role: 'text',
      untrusted: true,
      description:
        'The description of the key; empty when it has none, null when the key could not be described.',
      words: { en: ['description', 'descriptions'], ja: ['説明', '説明文', 'description'] },
    }),
    key_manager: oneOfOrNull(keyManagers, {
      role: 'category',
      description: 'Who manages the key; null when the key could not be described.',
      words: {
        en: ['key manager', 'manager', 'type of key', 'key type', 'managed by'],
        ja: ['キーの管理者', '管理主体', 'キータイプ', 'キーの種類', 'キーの種別', '管理区分'],
      },
    }),
    key_state: oneOfOrNull(keyStates, {
      role: 'category',
      description: 'The state of the key; null when the key could not be described.',
      words: {
        en: ['key state', 'state', 'states', 'status'],
        ja: ['状態', 'キーの状態', 'ステータス', 'キー状態'],
      },
    }),
    key_spec: nullable('varchar', {
      role: 'category',
      description:
        'The key spec, such as SYMMETRIC_DEFAULT, RSA_2048, ECC_NIST_P256, HMAC_256; null when the key could not be described.',
      words: {
        en: ['key spec', 'spec', 'specs', 'algorithm'],
        ja: ['キースペック', 'キー仕様', 'キーの仕様', 'アルゴリズム', 'スペック', '鍵長'],
      },
    }),
    key_usage: oneOfOrNull(keyUsages, {
      role: 'category',
      description: 'What the key is for; null when the key could not be described.',
      words: {
        en: ['key usage', 'purpose', 'usage type'],
        ja: ['用途', 'キーの用途', 'キー用途', '使用目的'],
      },
    }),
    origin: oneOfOrNull(keyOrigins, {
      role: 'category',
      description: 'Where the key material comes from; null when the key could not be described.',
      words: {
        en: ['origin', 'key origin', 'material origin'],
        ja: ['オリジン', 'キーオリジン', 'キーマテリアルの出所', 'キーマテリアルのオリジン'],
      },
    }),
    multi_region: required('boolean', {
      role: 'flag',
      description: 'True for a multi-Region key.',
      words: { en: ['multi-region', 'multi region', 'multiregion'], ja: ['マルチリージョン'] },
    }),
    multi_region_type: oneOfOrNull(multiRegionTypes, {
      role: 'category',
      description: 'Primary or replica; null for a single-Region key.',
      words: { en: ['multi-region type'], ja: ['マルチリージョンの種類', 'マルチリージョン種別'] },
    }),
    rotation_enabled: nullable('boolean', {
      role: 'flag',
      description:
        'True when automatic rotation is on; null where rotation is not possible or could not be read.',
      words: {
        en: ['rotation', 'rotation enabled', 'automatic rotation', 'key rotation', 'rotated'],
        ja: [
          'ローテーション',
          '自動ローテーション',
          'キーローテーション',
          'キーのローテーション',
          'rotation',
          '自動キーローテーション',
          '鍵ローテーション',
        ],
      },
    }),
    rotation_period_days: nullable('integer', {
      role: 'days',
      description: 'Days between automatic rotations; null when rotation is off or not possible.',
      words: {
        en: ['rotation period', 'rotation interval'],
        ja: ['ローテーション期間', 'ローテーション間隔', 'ローテーション周期'],
      },
    }),
    next_rotation_at: nullable('timestamp', {
      role: 'time',
      description: 'The next automatic rotation (UTC); null when none is planned.',
      words: {
        en: ['next rotation'],
        ja: ['次回ローテーション', '次回ローテーション日', '次のローテーション'],
      },
    }),
    created_at: nullable('timestamp', {
      role: 'time',
      description: 'When the key was created (UTC); null when the key could not be described.',
      words: {
        en: ['created', 'creation date', 'creation', 'creation time', 'age'],
        ja: ['作成日', '作成日時', '作成時期', '作成'],
      },
    }),
    deletion_at: nullable('timestamp', {
      role: 'time',
      description: 'When the key will be deleted (UTC); null unless deletion is scheduled.',
      words: {
        en: ['deletion date', 'deletion', 'will be deleted'],
        ja: ['削除日', '削除予定日', '削除日時'],
      },
    }),
    material_expires_at: nullable('timestamp', {
      role: 'time',
      description: 'When imported key material expires (UTC); null when it does not.',
      words: {
        en: ['material expiry', 'expiry', 'expires', 'expiration'],
        ja: ['有効期限', 'キーマテリアルの有効期限', '失効日'],
      },
    }),
    tags: nullable('map(varchar, varchar)', {
      role: 'text',
      untrusted: true,
      description: 'The tags of the key; empty when it has none, null when they could not be read.',
      words: { en: ['tag', 'tags', 'key tags', 'tagged'], ja: ['タグ', 'tag', 'tags'] },
    }),
    policy_json: nullable('varchar', {
      role: 'document',
      untrusted: true,
      description: 'The key policy document as JSON text; null when it could not be read.',
      words: { en: ['policy', 'key policy', 'policy document'], ja: ['キーポリシー', 'ポリシー'] },
    }),
    policy_readable: required('boolean', {
      role: 'flag',
      description:
        'False when the key policy could not be read: nothing is known of who may use the key.',
      words: { en: ['policy readable', 'readable'], ja: ['ポリシーの読み取り可否'] },
    }),
    concern_codes: manyOf(
      concernKinds.map((k) => ({ value: k.code, description: k.why, words: k.words })),
      {
        role: 'category',
        description: 'The codes of all concerns of the key, in order; details are in key_concerns.',
        words: {
          en: ['concerns', 'concern', 'findings', 'issues', 'problems'],
          ja: ['懸念', '懸念事項'],
        },
      },
    ),
    max_severity: oneOfOrNull(severities, {
      role: 'category',
      description: 'The highest severity among the concerns; null when there is none.',
      words: {
        en: ['severity', 'highest severity', 'max severity', 'worst severity'],
        ja: [
          '重要度',
          '最大重要度',
          '最大の重要度',
          '最高の重要度',
          '最高重要度',
          '最も高い重要度',
          '深刻度',
          '最大の深刻度',
          '最高の深刻度',
          '最も高い深刻度',
          '重大度',
          '最大重大度',
          '最大の重大度',
          '最高の重大度',
          '最も高い重大度',
        ],
      },
    }),
    last_used_at: nullable('timestamp', {
      role: 'time',
      description:
        'The last recorded cryptographic use (UTC); null without a record. Read it with usage_status.',
      words: {
        en: ['last used', 'last use', 'used', 'last usage', 'most recent use'],
        ja: [
          '最終使用日',
          '最終使用',
          '最終使用日時',
          '最終利用日',
          '最終利用',
          '最後の使用',
          '最後の利用',
        ],
      },
    }),
    last_used_operation: nullable('varchar', {
      role: 'category',
      description: 'The operation of the last use, such as Decrypt; null without a record.',
      words: { en: ['last operation', 'last used operation'], ja: ['最後の操作', '最終操作'] },
    }),
    usage_status: oneOf(usageStatuses, {
      role: 'category',
      description: 'What is known of the use of the key.',
      words: { en: ['usage status', 'usage'], ja: ['使用状況', '利用状況'] },
    }),
    usage_tracked_since: nullable('timestamp', {
      role: 'time',
      description: 'From when on the use of the key is recorded (UTC); null when unknown.',
      words: { en: ['tracked since', 'tracking start'], ja: ['追跡開始日', '記録開始日'] },
    }),
    days_unused: nullable('integer', {
      role: 'days',
      description:
        'Whole days since the last use at the time of collection; for NEVER_USED since creation; for NO_RECORD at least this many (since tracking began); null for UNKNOWN.',
      words: {
        en: ['days unused', 'unused', 'idle', 'days since last use', 'not used'],
        ja: ['未使用日数', '未使用の日数', '使われていない日数'],
      },
    }),
    monthly_cost_usd: nullable('double', {
      role: 'money',
      description:
        'The monthly storage price of the key in US dollars, with its rotations estimated from its age; requests are not included. Null when the key could not be described.',
      words: {
        en: ['monthly cost', 'cost', 'costs', 'price', 'spend', 'monthly price'],
        ja: [
          '月額コスト',
          'コスト',
          '月額',
          '費用',
          '料金',
          '月額費用',
          '月額料金',
          '値段',
          '価格',
          '月間コスト',
          '月間費用',
          '維持費',
        ],
      },
    }),
    collected_at: required('timestamp', {
      role: 'time',
      description: 'When the key was read (UTC).',
      words: { en: ['collected at', 'read at'], ja: ['収集日時'] },
    }),
  },
});

export const keyPermissions = table({
  name: 'key_permissions',
  row: 'one principal of one policy statement or grant of one key',
  description:
    'Who may (or, with effect Deny, may not) do what with a key, from key policies and grants.',
  words: {
    en: ['permission', 'permissions', 'access', 'statement', 'statements', 'grants'],
    ja: ['権限', 'アクセス許可', 'アクセス権', '許可', 'パーミッション'],
  },
  sortBy: ['account_id', 'region', 'key_id', 'source', 'statement_index', 'grant_id', 'principal'],
  columns: {
    account_id: accountId,
    region,
    key_id: keyId,
    key_arn: keyArn,
    source: oneOf(permissionSources, {
      role: 'category',
      description: 'Where the permission comes from.',
      words: { en: ['source of the permission'], ja: ['権限の出所'] },
    }),
    statement_index: nullable('integer', {
      role: 'count',
      description: 'The position of the statement in the policy, from 0; null for a grant.',
    }),
    sid: nullable('varchar', {
      role: 'identifier',
      untrusted: true,
      description: 'The Sid of the statement; null when it has none, and for a grant.',
      words: { en: ['sid', 'statement id'], ja: ['Sid', 'ステートメントID'] },
    }),
    grant_id: nullable('varchar', {
      role: 'identifier',
      description: 'The id of the grant; null for a policy statement.',
      words: { en: ['grant id'], ja: ['グラントID'] },
    }),
    effect: oneOf(effects, {
      role: 'category',
      description: 'Allow or Deny.',
      words: { en: ['effect'], ja: ['効果'] },
    }),
    principal_type: oneOf(principalTypes, {
      role: 'category',
      description: 'What kind of principal it is.',
      words: {
        en: ['principal type', 'type of principal'],
        ja: ['プリンシパルの種類', 'プリンシパル種別', 'プリンシパルタイプ'],
      },
    }),
    principal: required('varchar', {
      role: 'identifier',
      untrusted: true,
      description:
        'The principal as the policy or grant writes it; with NotPrincipal, "NOT " before it.',
      words: { en: ['principal', 'principals', 'grantee'], ja: ['プリンシパル', '被付与者'] },
    }),
    principal_account: nullable('varchar', {
      role: 'identifier',
      description:
        'The account id of the principal; null for services, anyone, and ids without an account.',
      words: {
        en: ['principal account', 'account of the principal'],
        ja: ['プリンシパルのアカウント'],
      },
    }),
    trust: oneOf(trusts, {
      role: 'category',
      description:
        'How far the principal stands from the key, after conditions are taken into account.',
      words: { en: ['trust', 'trust level'], ja: ['信頼区分', '信頼関係'] },
    }),
    actions: required('array(varchar)', {
      role: 'category',
      description: 'The actions as written; with NotAction, each with "NOT " before it.',
      words: { en: ['action', 'actions'], ja: ['アクション'] },
    }),
    resources: required('array(varchar)', {
      role: 'text',
      description: 'The resources as written, usually "*": the key itself.',
    }),
    access_levels: manyOf(accessLevels, {
      role: 'category',
      description: 'What the actions amount to.',
      words: { en: ['access level', 'access levels'], ja: ['アクセスレベル'] },
    }),
    condition_json: nullable('varchar', {
      role: 'document',
      untrusted: true,
      description: 'The condition block or grant constraints as JSON text; null without one.',
      words: { en: ['condition', 'conditions'], ja: ['条件'] },
    }),
    restricted_by: required('array(varchar)', {
      role: 'category',
      description:
        'The condition keys that really restrict who may use the permission; empty when none does.',
      words: { en: ['restricted by', 'restricting condition'], ja: ['制限条件'] },
    }),
    is_effective: required('boolean', {
      role: 'flag',
      description:
        'False for an Allow that gives nothing: an unconditional Deny of the same policy covers it, its principal was deleted, its resource is not this key, or it names no KMS action. True for every Deny.',
      words: { en: ['effective'], ja: ['有効な権限'] },
    }),
  },
});

export const keyConcerns = table({
  name: 'key_concerns',
  row: 'one concern of one key, by principal where it has one',
  description: 'What is wrong, or worth knowing, about each key.',
  words: {
    en: ['concern', 'concerns', 'finding', 'findings', 'issue', 'issues'],
    ja: ['懸念事項', '懸念', '検出結果', '指摘事項', '指摘', '問題', '問題点', 'リスク', '課題'],
  },
  sortBy: ['account_id', 'region', 'key_id', 'code', 'statement_index', 'principal'],
  columns: {
    account_id: accountId,
    region,
    key_id: keyId,
    key_arn: keyArn,
    code: oneOf(
      concernKinds.map((k) => ({ value: k.code, description: k.why, words: k.words })),
      {
        role: 'category',
        description: 'The code of the concern.',
        words: {
          en: ['concern code', 'kind of concern', 'concern'],
          ja: ['懸念事項のコード', '懸念コード'],
        },
      },
    ),
    label: required('varchar', {
      role: 'category',
      description: 'The name of the concern, as people know it.',
      words: {
        en: ['concern label', 'label'],
        ja: ['懸念事項の種類', '懸念の種類', '種類', '検出結果の種類', '種別', '懸念事項名'],
      },
    }),
    severity: oneOf(severities, {
      role: 'category',
      description: 'How serious it is.',
      words: { en: ['severity', 'severities'], ja: ['重要度', '深刻度', '重大度'] },
    }),
    detail: required('varchar', {
      role: 'text',
      untrusted: true,
      description: 'One sentence that names the statement and the principal.',
      words: { en: ['detail', 'details', 'explanation'], ja: ['詳細'] },
    }),
    statement_index: nullable('integer', {
      role: 'count',
      description:
        'The position of the statement in the policy, from 0; null when it is not about one.',
    }),
    sid: nullable('varchar', {
      role: 'identifier',
      untrusted: true,
      description: 'The Sid of the statement; null when it has none or it is not about one.',
    }),
    grant_id: nullable('varchar', {
      role: 'identifier',
      description: 'The id of the grant; null when it is not about one.',
    }),
    principal: nullable('varchar', {
      role: 'identifier',
      untrusted: true,
      description: 'The principal as written; null when the concern is about the key.',
      words: { en: ['principal', 'principals'], ja: ['プリンシパル'] },
    }),
    control_ids: required('array(varchar)', {
      role: 'category',
      description:
        'The controls of CIS, AWS Security Hub, PCI DSS and NIST 800-53 that ask for it.',
      words: {
        en: ['control', 'controls', 'control ids', 'compliance control'],
        ja: ['統制', 'コントロール', '管理策'],
      },
    }),
  },
});

export const keyUsage = table({
  name: 'key_usage',
  row: 'one operation by one caller on one key, with its latest event',
  description:
    'Who used or changed a key, when, from where and through which service, as far as it is recorded.',
  words: {
    en: ['usage', 'use', 'uses', 'usage event', 'events'],
    ja: ['使用履歴', 'イベント', '利用履歴', '使用記録', '記録されたイベント'],
  },
  sortBy: ['account_id', 'region', 'key_id', 'operation', 'principal_arn', 'last_event_at'],
  columns: {
    account_id: accountId,
    region,
    key_id: keyId,
    key_arn: keyArn,
    operation: required('varchar', {
      role: 'category',
      description: 'The KMS operation, such as Decrypt or PutKeyPolicy.',
      words: { en: ['operation', 'operations', 'event name'], ja: ['操作', 'オペレーション'] },
    }),
    category: oneOf(usageCategories, {
      role: 'category',
      description: 'Whether the key was used or changed.',
      words: { en: ['category'], ja: ['区分'] },
    }),
    last_event_at: required('timestamp', {
      role: 'time',
      description: 'The latest such event (UTC).',
      words: { en: ['event time', 'last event'], ja: ['イベント日時', '日時'] },
    }),
    username: nullable('varchar', {
      role: 'identifier',
      untrusted: true,
      description: 'The user or session name of the caller; null when not recorded.',
      words: {
        en: ['user', 'username', 'who', 'caller'],
        ja: ['ユーザー', 'ユーザー名', '呼び出し元'],
      },
    }),
    user_identity_type: nullable('varchar', {
      role: 'category',
      description: 'The CloudTrail userIdentity type, such as AssumedRole; null when not recorded.',
      words: { en: ['identity type'], ja: ['アイデンティティの種類'] },
    }),
    principal_arn: nullable('varchar', {
      role: 'identifier',
      untrusted: true,
      description: 'The ARN of the caller; null when not recorded.',
      words: { en: ['caller arn', 'calling principal'], ja: ['呼び出し元ARN'] },
    }),
    caller_account: nullable('varchar', {
      role: 'identifier',
      description: 'The account id of the caller; null when not recorded.',
      words: { en: ['caller account', 'calling account'], ja: ['呼び出し元アカウント'] },
    }),
    source_ip: nullable('varchar', {
      role: 'identifier',
      description: 'The source IP address, or the service that called; null when not recorded.',
      words: {
        en: ['source ip', 'ip address', 'from where', 'ip'],
        ja: ['送信元IP', 'IPアドレス', '送信元IPアドレス'],
      },
    }),
    via_service: nullable('varchar', {
      role: 'category',
      description:
        'The AWS service that used the key for the caller, such as s3.amazonaws.com; null for a direct call.',
      words: { en: ['via service', 'service', 'through', 'via'], ja: ['経由サービス', 'サービス'] },
    }),
    encryption_context: required('map(varchar, varchar)', {
      role: 'text',
      untrusted: true,
      description: 'The encryption context of the call; empty when there was none.',
      words: { en: ['encryption context'], ja: ['暗号化コンテキスト'] },
    }),
    resource_arn: nullable('varchar', {
      role: 'identifier',
      untrusted: true,
      description:
        'The resource that the key protects, read from the encryption context; null when unknown.',
      words: { en: ['resource', 'protected resource', 'protects'], ja: ['リソース', '保護対象'] },
    }),
    event_id: nullable('varchar', {
      role: 'identifier',
      description: 'The CloudTrail event id; null when not known.',
      words: { en: ['event id'], ja: ['イベントID'] },
    }),
    source: oneOf(usageSources, { role: 'category', description: 'Where the record comes from.' }),
  },
});

/** The base tables in the order in which the reference lists them. */
export const baseTables = [
  accounts,
  collectionStatus,
  kmsKeys,
  keyPermissions,
  keyConcerns,
  keyUsage,
] as const satisfies readonly Table[];

export type BaseTableName =
  | 'accounts'
  | 'collection_status'
  | 'kms_keys'
  | 'key_permissions'
  | 'key_concerns'
  | 'key_usage';

export type AccountRow = RowOf<typeof accounts>;
export type CollectionStatusRow = RowOf<typeof collectionStatus>;
export type KmsKeyRow = RowOf<typeof kmsKeys>;
export type KeyPermissionRow = RowOf<typeof keyPermissions>;
export type KeyConcernRow = RowOf<typeof keyConcerns>;
export type KeyUsageRow = RowOf<typeof keyUsage>;

/** All rows of one piece of a collection, by table. */
export interface RowsByTable {
  readonly accounts: readonly AccountRow[];
  readonly collection_status: readonly CollectionStatusRow[];
  readonly kms_keys: readonly KmsKeyRow[];
  readonly key_permissions: readonly KeyPermissionRow[];
  readonly key_concerns: readonly KeyConcernRow[];
  readonly key_usage: readonly KeyUsageRow[];
}
