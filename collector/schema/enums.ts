/** The closed sets of values of the contract, each value with its meaning and its everyday words. */

export const accountStates = [
  {
    value: 'ACTIVE',
    description: 'The account is in use.',
    words: { en: ['active'], ja: ['有効', 'アクティブ'] },
  },
  {
    value: 'SUSPENDED',
    description: 'The account is suspended by AWS or on its way to closure; its keys are not read.',
    words: { en: ['suspended'], ja: ['停止中', '停止', '停止済み', 'サスペンド'] },
  },
  {
    value: 'PENDING_CLOSURE',
    description: 'Closure of the account was requested.',
    words: { en: ['pending closure', 'closing'], ja: ['閉鎖待ち', '解約待ち', '閉鎖予定'] },
  },
  {
    value: 'PENDING_ACTIVATION',
    description: 'The account is being created.',
    words: { en: ['pending activation'], ja: ['有効化待ち'] },
  },
  {
    value: 'CLOSED',
    description: 'The account is closed.',
    words: { en: ['closed'], ja: ['閉鎖済み', '解約済み'] },
  },
] as const;

export const collectionStatuses = [
  {
    value: 'OK',
    description: 'Everything that was asked for could be read.',
    words: {
      en: ['read completely', 'fully read', 'collected'],
      ja: ['読み取り済み', '収集済み', '完全に読み取れた'],
    },
  },
  {
    value: 'PARTIAL',
    description:
      'The keys were listed, but something about at least one of them could not be read.',
    words: {
      en: ['partial', 'partially read', 'partly read', 'incomplete'],
      ja: ['一部のみ読み取り', '部分的', '不完全'],
    },
  },
  {
    value: 'FAILED',
    description:
      'The account and Region could not be read; its keys are missing from every answer.',
    words: {
      en: ['failed', 'could not be read', 'not read', 'unreadable account', 'not collected'],
      ja: ['失敗', '読み取り失敗', '収集失敗', '読み取れなかった'],
    },
  },
  {
    value: 'SKIPPED',
    description: 'Left out on purpose: a suspended account, or a Region outside the configuration.',
    words: { en: ['skipped', 'left out'], ja: ['スキップ', '対象外'] },
  },
] as const;

export const keyManagers = [
  {
    value: 'CUSTOMER',
    description: 'A customer managed key: created, paid for and governed by the account.',
    words: {
      en: ['customer managed', 'customer-managed', 'customer', 'cmk', 'cmks', 'customer owned'],
      ja: [
        'カスタマー管理',
        'カスタマーマネージド',
        '顧客管理',
        '自社管理',
        'ユーザー管理',
        'カスタマー管理型',
      ],
    },
  },
  {
    value: 'AWS',
    description:
      'An AWS managed key (alias aws/…): created by a service, free, policy fixed by AWS.',
    words: {
      en: ['aws managed', 'aws-managed', 'amazon managed', 'managed by aws', 'service managed'],
      ja: ['AWS管理', 'AWSマネージド', 'AWS管理型', 'Amazon管理', 'サービス管理'],
    },
  },
] as const;

export const keyStates = [
  {
    value: 'Enabled',
    description: 'Ready for use.',
    words: { en: ['enabled'], ja: ['有効', '有効化済み', 'イネーブル', 'enabled'] },
  },
  {
    value: 'Disabled',
    description: 'Refuses cryptographic operations until enabled again.',
    words: {
      en: ['disabled', 'turned off', 'switched off'],
      ja: ['無効', '無効化済み', '無効状態', 'ディセーブル', 'disabled'],
    },
  },
  {
    value: 'PendingDeletion',
    description: 'Will be deleted at deletion_at; data under it becomes unreadable then.',
    words: {
      en: ['pending deletion', 'scheduled for deletion', 'being deleted', 'about to be deleted'],
      ja: ['削除待ち', '削除保留', '削除保留中', '削除予定', '削除待機中', '削除待機'],
    },
  },
  {
    value: 'PendingImport',
    description: 'Waits for its key material to be imported.',
    words: {
      en: ['pending import', 'waiting for import', 'without key material'],
      ja: ['インポート待ち', 'キーマテリアルなし'],
    },
  },
  {
    value: 'PendingReplicaDeletion',
    description: 'A multi-Region primary key waiting for its replicas to be deleted.',
    words: { en: ['pending replica deletion'], ja: ['レプリカ削除待ち'] },
  },
  {
    value: 'Unavailable',
    description: 'Its custom key store cannot be reached.',
    words: { en: ['unavailable'], ja: ['利用不可', '使用不可'] },
  },
  {
    value: 'Creating',
    description: 'A replica being created.',
    words: { en: ['creating'], ja: ['作成中'] },
  },
  {
    value: 'Updating',
    description: 'A multi-Region key being updated.',
    words: { en: ['updating'], ja: ['更新中'] },
  },
] as const;

export const keyUsages = [
  {
    value: 'ENCRYPT_DECRYPT',
    description: 'Encrypts and decrypts.',
    words: {
      en: ['encryption', 'encrypt and decrypt', 'encryption keys'],
      ja: ['暗号化', '暗号化用', '暗号化と復号', '暗号化・復号'],
    },
  },
  {
    value: 'SIGN_VERIFY',
    description: 'Signs and verifies.',
    words: {
      en: ['signing', 'signing keys', 'sign and verify'],
      ja: ['署名', '署名用', '署名と検証', '署名・検証'],
    },
  },
  {
    value: 'GENERATE_VERIFY_MAC',
    description: 'Generates and verifies message authentication codes.',
    words: {
      en: ['mac', 'hmac', 'hmac keys', 'message authentication'],
      ja: ['HMAC', 'HMAC用', 'MAC', 'メッセージ認証'],
    },
  },
  {
    value: 'KEY_AGREEMENT',
    description: 'Derives shared secrets.',
    words: {
      en: ['key agreement', 'shared secret', 'shared secrets'],
      ja: ['鍵共有', 'キー合意', '鍵合意'],
    },
  },
  {
    value: 'ENCAPSULATE_DECAPSULATE',
    description: 'Encapsulates and decapsulates shared keys (ML-KEM).',
    words: {
      en: ['key encapsulation', 'encapsulation', 'kem'],
      ja: ['鍵カプセル化', 'キーカプセル化'],
    },
  },
] as const;

export const keyOrigins = [
  {
    value: 'AWS_KMS',
    description: 'Key material made by AWS KMS.',
    words: {
      en: ['generated by kms', 'kms origin', 'kms generated'],
      ja: ['KMS生成', 'KMSで生成'],
    },
  },
  {
    value: 'EXTERNAL',
    description: 'Key material imported by the customer (bring your own key).',
    words: {
      en: ['imported', 'imported material', 'imported key material', 'byok', 'external origin'],
      ja: [
        'インポート',
        'インポート済み',
        'BYOK',
        'インポートされたキーマテリアル',
        'インポートしたキーマテリアル',
        '持ち込み',
      ],
    },
  },
  {
    value: 'AWS_CLOUDHSM',
    description: 'Key material in an AWS CloudHSM key store.',
    words: { en: ['cloudhsm', 'cloud hsm'], ja: ['CloudHSM'] },
  },
  {
    value: 'EXTERNAL_KEY_STORE',
    description: 'Key material outside AWS, behind an external key store proxy.',
    words: { en: ['external key store', 'xks'], ja: ['外部キーストア', 'XKS'] },
  },
] as const;

export const multiRegionTypes = [
  {
    value: 'PRIMARY',
    description: 'The primary key of a multi-Region set.',
    words: {
      en: ['primary', 'multi-region primary', 'primary keys'],
      ja: ['プライマリ', 'プライマリー'],
    },
  },
  {
    value: 'REPLICA',
    description: 'A replica of a multi-Region primary key.',
    words: {
      en: ['replica', 'replicas', 'replica keys', 'multi-region replica'],
      ja: ['レプリカ'],
    },
  },
] as const;

export const usageStatuses = [
  {
    value: 'USED',
    description: 'A use of the key is recorded; last_used_at tells when.',
    words: { en: ['used', 'in use'], ja: ['使用済み', '使用あり'] },
  },
  {
    value: 'NEVER_USED',
    description: 'Usage was tracked since the key was created, and none was recorded.',
    words: {
      en: ['never used', 'never been used', 'not ever used', 'no use ever'],
      ja: ['使用されたことがない', '一度も使われていない'],
    },
  },
  {
    value: 'NO_RECORD',
    description:
      'No use since tracking began, but the key is older than the tracking: it may have been used before.',
    words: {
      en: ['no record', 'no record of use', 'no recorded use', 'without a record of use'],
      ja: ['使用記録なし', '記録なし'],
    },
  },
  {
    value: 'UNKNOWN',
    description: 'Usage could not be read for this key.',
    words: {
      en: ['usage unknown', 'unknown usage', 'usage could not be read'],
      ja: ['使用状況不明', '不明'],
    },
  },
] as const;

export const permissionSources = [
  {
    value: 'POLICY',
    description: 'A statement of the key policy.',
    words: { en: ['key policy', 'policy'], ja: ['キーポリシー', 'ポリシー'] },
  },
  {
    value: 'GRANT',
    description: 'A grant on the key.',
    words: { en: ['grant', 'grants'], ja: ['グラント'] },
  },
] as const;

export const effects = [
  {
    value: 'Allow',
    description: 'Permits.',
    words: { en: ['allow', 'allows', 'allowed'], ja: ['許可'] },
  },
  {
    value: 'Deny',
    description: 'Forbids.',
    words: { en: ['deny', 'denies', 'denied'], ja: ['拒否'] },
  },
] as const;

export const principalTypes = [
  {
    value: 'ACCOUNT',
    description: 'A whole account: its IAM policies decide who in it.',
    words: {
      en: ['account root', 'root', 'root principal', 'account principal', 'whole account'],
      ja: ['アカウントルート', 'ルートプリンシパル', 'アカウント全体'],
    },
  },
  {
    value: 'ROLE',
    description: 'An IAM role.',
    words: { en: ['iam role', 'role', 'roles'], ja: ['ロール', 'IAMロール'] },
  },
  {
    value: 'USER',
    description: 'An IAM user.',
    words: { en: ['iam user', 'iam users', 'user', 'users'], ja: ['IAMユーザー', 'IAMユーザ'] },
  },
  {
    value: 'SESSION',
    description: 'One session of an assumed role, or a federated user session.',
    words: { en: ['session', 'assumed role session', 'assumed-role session'], ja: ['セッション'] },
  },
  {
    value: 'FEDERATED',
    description: 'An identity from a SAML or OIDC provider.',
    words: { en: ['federated', 'saml', 'oidc'], ja: ['フェデレーション'] },
  },
  {
    value: 'SERVICE',
    description: 'An AWS service, such as logs.amazonaws.com.',
    words: {
      en: ['service principal', 'service principals', 'aws service'],
      ja: ['サービスプリンシパル', 'AWSサービス', 'サービス'],
    },
  },
  {
    value: 'CANONICAL',
    description: 'An S3 canonical user id.',
    words: { en: ['canonical user'], ja: ['正規ユーザー'] },
  },
  {
    value: 'ANYONE',
    description: 'Everyone: "*".',
    words: {
      en: ['anyone', 'everyone', 'anybody', 'everybody', 'star principal'],
      ja: ['誰でも', '全員'],
    },
  },
  {
    value: 'DELETED',
    description: 'The unique id (AIDA…, AROA…) of a user or role that no longer exists.',
    words: {
      en: ['deleted principal', 'deleted user', 'deleted role', 'orphaned principal'],
      ja: ['削除されたプリンシパル', '削除済みプリンシパル'],
    },
  },
] as const;

export const trusts = [
  {
    value: 'SAME_ACCOUNT',
    description: "The key's own account.",
    words: { en: ['same account', 'own account'], ja: ['同じアカウント', '自アカウント'] },
  },
  {
    value: 'ORGANIZATION',
    description: 'Another account of the same organization.',
    words: {
      en: ['same organization', 'within the organization', 'in the organization', 'cross-account'],
      ja: ['同じ組織', '組織内'],
    },
  },
  {
    value: 'EXTERNAL',
    description: 'Someone outside the organization.',
    words: {
      en: [
        'external',
        'outside the organization',
        'outside our organization',
        'third party',
        'third-party',
      ],
      ja: ['外部', '組織外'],
    },
  },
  {
    value: 'PUBLIC',
    description: 'Anyone: no condition really restricts who.',
    words: {
      en: ['public', 'publicly accessible', 'open to the world', 'open to everyone'],
      ja: ['公開', 'パブリック'],
    },
  },
  {
    value: 'SERVICE',
    description: 'An AWS service.',
    words: { en: ['service'], ja: ['サービス'] },
  },
] as const;

export const accessLevels = [
  {
    value: 'ADMIN',
    description: 'Can change the key, its policy, state or tags, or delete it.',
    words: {
      en: ['administer', 'administrators', 'admins', 'admin', 'manage', 'change the policy'],
      ja: ['管理', '管理者'],
    },
  },
  {
    value: 'ENCRYPT',
    description: 'Can encrypt or generate data keys.',
    words: { en: ['encrypt'], ja: ['暗号化'] },
  },
  { value: 'DECRYPT', description: 'Can decrypt.', words: { en: ['decrypt'], ja: ['復号'] } },
  {
    value: 'SIGN',
    description: 'Can sign, verify, or make message authentication codes.',
    words: { en: ['sign'], ja: ['署名'] },
  },
  {
    value: 'GRANT',
    description: 'Can create or revoke grants, and so pass access on.',
    words: { en: ['create grants', 'creategrant'], ja: ['グラントの作成'] },
  },
  {
    value: 'READ',
    description: 'Can read metadata.',
    words: { en: ['read metadata', 'describe'], ja: ['メタデータの参照'] },
  },
] as const;

export const severities = [
  {
    value: 'CRITICAL',
    description: 'Act today.',
    words: { en: ['critical'], ja: ['重大', 'クリティカル', '緊急', '致命的', '最高'] },
  },
  {
    value: 'HIGH',
    description: 'Act this week.',
    words: { en: ['high', 'high severity', 'high-severity'], ja: ['高', '高い', 'ハイ'] },
  },
  {
    value: 'MEDIUM',
    description: 'Plan a change.',
    words: { en: ['medium', 'medium severity'], ja: ['中', '中程度', 'ミディアム'] },
  },
  {
    value: 'LOW',
    description: 'Tidy up when you are there.',
    words: { en: ['low', 'low severity'], ja: ['低', '低い', 'ロー'] },
  },
  {
    value: 'INFO',
    description: 'Good to know; nothing is wrong by itself.',
    words: { en: ['info', 'informational'], ja: ['情報', '参考情報', '情報レベル'] },
  },
] as const;

export const usageCategories = [
  {
    value: 'CRYPTO',
    description: 'The key did its work: encrypt, decrypt, sign, generate a data key.',
    words: { en: ['cryptographic', 'crypto'], ja: ['暗号操作', '使用'] },
  },
  {
    value: 'MANAGEMENT',
    description: 'Someone changed the key: its policy, grants, state or rotation.',
    words: { en: ['management', 'administrative', 'changes'], ja: ['管理操作', '変更'] },
  },
] as const;

export const usageSources = [
  { value: 'KMS', description: 'KMS GetKeyLastUsage.' },
  { value: 'CLOUDTRAIL', description: 'CloudTrail LookupEvents (90 days).' },
  { value: 'TRAIL_LOGS', description: "The organization trail's log files." },
] as const;

/**
 * The condition keys that can really restrict who may use a permission, in AWS's spelling: what
 * `restricted_by` can hold. Why these and no others: `collector/policy/conditions.ts`.
 */
export const conditionKeys = [
  'aws:PrincipalOrgID',
  'aws:PrincipalOrgPaths',
  'aws:PrincipalAccount',
  'aws:PrincipalArn',
  'aws:userid',
  'kms:CallerAccount',
  'lambda:SourceFunctionArn',
  'ec2:SourceInstanceArn',
  'ssm:SourceInstanceArn',
  'codebuild:BuildArn',
  'codebuild:ProjectArn',
  'aws:SourceAccount',
  'aws:SourceArn',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
  'aws:SourceVpc',
  'aws:SourceVpce',
  'aws:SourceVpcArn',
  'aws:VpceAccount',
  'aws:VpceOrgID',
  'aws:VpceOrgPaths',
  'aws:PrincipalServiceName',
  'aws:PrincipalServiceNamesList',
  'aws:PrincipalIsAWSService',
] as const;
export type ConditionKey = (typeof conditionKeys)[number];
