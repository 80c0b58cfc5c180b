import type { ControlId } from './controls.ts';
import type { severities } from './enums.ts';
import type { Words } from './types.ts';

export type Severity = (typeof severities)[number]['value'];

/**
 * One kind of concern. `severity` is the usual one; a rule may raise or lower it for a case, and
 * then says why in the concern's detail.
 */
export interface ConcernKind {
  readonly code: string;
  /** The name people see. The four labels of the original workshop are kept to the letter. */
  readonly label: string;
  readonly severity: Severity;
  /** Why the severity is what it is, and when a case is graver or lighter. */
  readonly severityReason: string;
  /** `principal`: about one principal of one statement or grant; `key`: about the key itself. */
  readonly scope: 'principal' | 'key';
  /** Why it matters, one sentence. */
  readonly why: string;
  /** What to do, one or two sentences. */
  readonly fix: string;
  /** Controls of CIS AWS Foundations, AWS Security Hub, PCI DSS and NIST 800-53; see `controls.ts`. */
  readonly controls: readonly ControlId[];
  readonly words?: Words;
}

const UNUSED_ADVICE =
  'Disable the key first, watch CloudTrail for DisabledException for a full business cycle, and only then schedule its deletion.';

/** Every concern the product knows, in order of code. The rules live in `collector/policy/`. */
export const concernKinds = [
  {
    code: 'ACCOUNT_PRINCIPAL',
    label: 'Principal is account',
    severity: 'INFO',
    severityReason:
      'Nobody gains access by it until an IAM policy of that account gives it; AWS KMS recommends this statement.',
    scope: 'principal',
    why: 'The key policy hands the decision to the IAM policies of a whole account; on its own that is the default and no fault.',
    fix: 'Make sure the IAM policies of the account are as tight as the key needs, or name roles in the key policy instead.',
    controls: ['NIST.800-53.r5 AC-6'],
    words: {
      en: ['account principal', 'root principal', 'account root', 'default key policy'],
      ja: [
        'アカウントプリンシパル',
        'プリンシパルがアカウント',
        'ルートプリンシパル',
        'デフォルトのキーポリシー',
      ],
    },
  },
  {
    code: 'BROAD_NOT_PRINCIPAL',
    label: 'Allow with NotPrincipal',
    severity: 'CRITICAL',
    severityReason:
      'It admits strangers, and the short list of those it spares hides how many. MEDIUM where a condition restricts who that can be.',
    scope: 'principal',
    why: 'Allow with NotPrincipal admits everyone except those named, including anonymous callers.',
    fix: 'Name the principals that need access in Principal; use NotPrincipal only with Deny.',
    controls: ['NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-6'],
    words: {
      en: [
        'notprincipal',
        'not principal',
        'allow together with notprincipal',
        'notprincipal with allow',
      ],
      ja: ['NotPrincipalによる許可', 'NotPrincipal'],
    },
  },
  {
    code: 'CONFUSED_DEPUTY',
    label: 'Confused deputy risk',
    severity: 'MEDIUM',
    severityReason:
      'Misuse needs a service that can be pointed at a resource of somebody else. LOW where only metadata can be read.',
    scope: 'principal',
    why: 'A service principal without a source condition can be led to use the key for a resource of another account.',
    fix: 'Add aws:SourceAccount, aws:SourceArn or aws:SourceOrgID to the statement.',
    controls: ['NIST.800-53.r5 AC-3'],
    words: {
      en: ['confused deputy', 'service without source condition'],
      ja: [
        '混乱した代理',
        '混乱した代理人',
        '混乱した使節',
        '混乱した代理のリスク',
        '混乱した代理問題',
        'confused deputy',
        'コンフューズドデピュティ',
      ],
    },
  },
  {
    code: 'CROSS_ACCOUNT_IN_ORG',
    label: 'Cross-account within the organization',
    severity: 'INFO',
    severityReason:
      'Sharing within an organization is ordinary; it is listed so that it can be confirmed.',
    scope: 'principal',
    why: 'Another account of the same organization may use the key.',
    fix: 'Confirm that the other account needs the key; otherwise remove it from the policy.',
    controls: ['NIST.800-53.r5 AC-4'],
    words: {
      en: ['cross-account', 'cross account', 'shared within the organization'],
      ja: ['組織内のクロスアカウントアクセス', '組織内クロスアカウント'],
    },
  },
  {
    code: 'DELETED_PRINCIPAL',
    label: 'Deleted principal',
    severity: 'LOW',
    severityReason:
      'A unique id is never given out again, so nobody has access by it; it is a matter of order.',
    scope: 'principal',
    why: 'The policy names a user or role that was deleted; the entry is dead and hides who was meant.',
    fix: 'Remove the unique id (AIDA… or AROA…) from the policy, or name the replacement; revoke a grant that names one.',
    controls: ['NIST.800-53.r5 AC-2'],
    words: {
      en: ['deleted principal', 'deleted principals', 'orphaned principal', 'stale principal'],
      ja: [
        '削除されたプリンシパル',
        '削除済みプリンシパル',
        '削除済みのプリンシパル',
        '存在しないプリンシパル',
      ],
    },
  },
  {
    code: 'DISABLED_KEY',
    label: 'Disabled key',
    severity: 'LOW',
    severityReason:
      'Nothing is exposed; the harm is a cost, and data that one call makes readable again.',
    scope: 'key',
    why: 'A disabled key still costs money, and data under it cannot be read.',
    fix: 'Enable it if data under it is needed; otherwise schedule its deletion after checking CloudTrail for DisabledException.',
    controls: [],
    words: { en: ['disabled key', 'disabled keys'], ja: ['無効なキー'] },
  },
  {
    code: 'EXTERNAL_ACCOUNT',
    label: 'External account',
    severity: 'HIGH',
    severityReason:
      'Somebody whom the organization does not govern can use the key today; not critical, because that party was chosen by name. MEDIUM where a network is all that is named; LOW where a Deny keeps everybody outside the organization out, or where only administration is given, which AWS KMS does not let other accounts do.',
    scope: 'principal',
    why: 'An account outside the organization may use the key.',
    fix: 'Confirm the business need and the owner of the account; restrict the actions and add a condition, or remove the statement.',
    controls: ['NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-4', 'NIST.800-53.r5 AC-6'],
    words: {
      en: ['external account', 'external accounts', 'third-party account'],
      ja: ['外部アカウント', '外部のアカウント'],
    },
  },
  {
    code: 'EXTERNAL_GRANT',
    label: 'External grant',
    severity: 'HIGH',
    severityReason:
      'As grave as an external account in the policy, and no review of the policy shows it. LOW where a Deny keeps everybody outside the organization out.',
    scope: 'principal',
    why: 'A grant lets a principal outside the organization use the key, where the key policy does not show it.',
    fix: 'Retire or revoke the grant unless its purpose is known.',
    controls: ['NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-4', 'NIST.800-53.r5 AC-6'],
    words: { en: ['external grant', 'external grants'], ja: ['外部グラント', '外部へのグラント'] },
  },
  {
    code: 'GRANT_NEVER_RETIRED',
    label: 'Old grant that nobody retires',
    severity: 'INFO',
    severityReason:
      'A long-lived grant may well be wanted; it is listed so that it can be confirmed. LOW where the key itself is unused.',
    scope: 'principal',
    why: 'A grant has no end of its own: one that names nobody to retire it gives access until somebody thinks of it.',
    fix: 'Ask the owner of the grantee whether the grant is still needed; if not, revoke it with kms:RevokeGrant. Name a retiring principal in new grants.',
    controls: ['NIST.800-53.r5 AC-2', 'NIST.800-53.r5 AC-6'],
    words: {
      en: [
        'grant never retired',
        'grants never retired',
        'unretired grant',
        'unretired grants',
        'stale grant',
        'stale grants',
      ],
      ja: ['終了されないグラント', '古いグラント', '誰も終了しないグラント'],
    },
  },
  {
    code: 'GRANT_WITHOUT_CONSTRAINTS',
    label: 'Grant without constraints',
    severity: 'LOW',
    severityReason:
      'The grantee was chosen and is meant to decrypt; a second limit is missing. INFO where a service is the grantee.',
    scope: 'principal',
    why: 'A grant for decryption without an encryption-context constraint covers everything under the key.',
    fix: 'Create the grant again with EncryptionContextSubset or EncryptionContextEquals, then retire the old one.',
    controls: ['NIST.800-53.r5 AC-6'],
    words: {
      en: ['grant without constraints', 'unconstrained grant', 'unconstrained grants'],
      ja: ['制約のないグラント', '制約なしのグラント', '無制約のグラント'],
    },
  },
  {
    code: 'IAM_USER_PRINCIPAL',
    label: 'Access provided to IAM user',
    severity: 'MEDIUM',
    severityReason:
      'One leaked access key is enough and works until somebody notices, but the policy alone admits no stranger.',
    scope: 'principal',
    why: 'IAM users have long-lived credentials; roles are the recommended way to give access.',
    fix: 'Give the access to a role and remove the user from the policy.',
    controls: ['NIST.800-53.r5 AC-2', 'NIST.800-53.r5 AC-3'],
    words: {
      en: ['iam user', 'iam users', 'access for iam users'],
      ja: ['IAMユーザー', 'IAMユーザーへのアクセス許可', 'IAMユーザーのプリンシパル'],
    },
  },
  {
    code: 'IMPORTED_MATERIAL_EXPIRING',
    label: 'Imported key material expires soon',
    severity: 'HIGH',
    severityReason:
      'The day is fixed, and only whoever still holds the key material can undo the loss.',
    scope: 'key',
    why: 'When imported key material expires, everything under the key becomes unreadable until it is imported again.',
    fix: 'Import the same key material again with a later expiry, or without one.',
    controls: ['NIST.800-53.r5 SC-12'],
    words: {
      en: ['expiring material', 'expiring key material', 'imported material expiring'],
      ja: [
        'インポートしたキーマテリアルの期限切れ',
        'キーマテリアルの期限切れ',
        '期限切れが近いキーマテリアル',
      ],
    },
  },
  {
    code: 'LOCKOUT_RISK',
    label: 'No principal can change the key policy',
    severity: 'HIGH',
    severityReason:
      'The key goes on working, but a wrong policy can no longer be mended without AWS Support.',
    scope: 'key',
    why: 'Nobody can manage the key any more; only AWS Support can help.',
    fix: 'Contact AWS Support to regain access, then give kms:PutKeyPolicy to the account or to a role.',
    controls: ['NIST.800-53.r5 SC-12'],
    words: {
      en: ['lockout', 'locked out', 'lockout risk', 'nobody can manage'],
      ja: ['ロックアウト', 'ロックアウトのリスク', '誰もキーポリシーを変更できない'],
    },
  },
  {
    code: 'NOT_ACTION_ALLOW',
    label: 'Allow with NotAction',
    severity: 'HIGH',
    severityReason:
      'It nearly always includes administration and grants, which no one who lists actions would give by accident.',
    scope: 'principal',
    why: 'Allow with NotAction admits every action except those named, including ones AWS will add.',
    fix: 'Name the actions that are needed in Action.',
    controls: ['NIST.800-53.r5 AC-6'],
    words: { en: ['notaction', 'not action'], ja: ['NotActionによる許可', 'NotAction'] },
  },
  {
    code: 'NO_ALIAS_OR_TAGS',
    label: 'No alias and no tags',
    severity: 'INFO',
    severityReason: 'Nothing is exposed; it only makes every other finding slower to settle.',
    scope: 'key',
    why: 'Nothing tells whose key it is or what it protects.',
    fix: 'Add an alias and at least an owner tag.',
    controls: [],
    words: {
      en: ['no alias or tags', 'unlabelled keys', 'unlabeled keys', 'anonymous keys'],
      ja: ['エイリアスもタグもない', '名前のないキー'],
    },
  },
  {
    code: 'PENDING_DELETION',
    label: 'Pending deletion',
    severity: 'MEDIUM',
    severityReason:
      'Usually planned, and it can be cancelled until the day. HIGH where the key was used within 30 days. AWS Security Hub rates each one critical, for it does not look at use.',
    scope: 'key',
    why: 'After the waiting period the key and everything under it is lost for good.',
    fix: 'Confirm that nothing needs the key before deletion_at; otherwise cancel the deletion.',
    controls: ['AWS Security Hub KMS.3', 'NIST.800-53.r5 SC-12', 'NIST.800-53.r5 SC-12(2)'],
    words: { en: ['pending deletion', 'scheduled for deletion'], ja: ['削除待ち', '削除予定'] },
  },
  {
    code: 'POLICY_LOCKOUT_BYPASS',
    label: 'Policy lockout safety check bypassed',
    severity: 'MEDIUM',
    severityReason:
      'By itself it gives nobody access; it switches off the guard against locking everybody out.',
    scope: 'key',
    why: 'The policy was set with the lockout safety check switched off; this shows only while CloudTrail has the event.',
    fix: 'Review the policy and set it again with the safety check on.',
    controls: ['NIST.800-53.r5 SC-12'],
    words: {
      en: ['lockout bypass', 'safety check bypassed'],
      ja: [
        'ロックアウト安全性チェックの回避',
        '安全性チェックの回避',
        'ロックアウトチェックのバイパス',
      ],
    },
  },
  {
    code: 'PUBLIC_ACCESS',
    label: 'Public access',
    severity: 'CRITICAL',
    severityReason:
      'Anyone with an AWS account can use the key, with no further mistake needed. HIGH where it gives away metadata only or admits a few addresses only; MEDIUM where a Deny keeps everybody outside the organization out.',
    scope: 'principal',
    why: 'Anyone with an AWS account may use the key; no condition restricts who.',
    fix: 'Name the principals, or add a condition such as aws:PrincipalOrgID.',
    controls: [
      'AWS Security Hub KMS.5',
      'CIS AWS Foundations v7.0.0/2.21',
      'NIST.800-53.r5 AC-3',
      'NIST.800-53.r5 AC-4',
      'NIST.800-53.r5 AC-6',
    ],
    words: {
      en: ['public access', 'public', 'publicly accessible', 'open to the world'],
      ja: ['パブリックアクセス', '公開アクセス', '公開', '一般公開'],
    },
  },
  {
    code: 'ROTATION_DISABLED',
    label: 'Rotation disabled',
    severity: 'MEDIUM',
    severityReason:
      'As AWS Security Hub rates it (KMS.4): benchmarks ask for it, but key material is not weak by its age alone.',
    scope: 'key',
    why: 'The key could rotate its material every year and does not.',
    fix: 'Enable automatic key rotation.',
    controls: [
      'AWS Security Hub KMS.4',
      'CIS AWS Foundations v3.0.0/3.6',
      'CIS AWS Foundations v5.0.0/3.6',
      'CIS AWS Foundations v7.0.0/4.6',
      'NIST.800-53.r5 SC-12',
      'NIST.800-53.r5 SC-12(2)',
      'NIST.800-53.r5 SC-28(3)',
      'PCI DSS v4.0.1/3.7.4',
    ],
    words: {
      en: ['rotation disabled', 'rotation off', 'no rotation', 'without rotation', 'not rotated'],
      ja: ['ローテーション無効', 'ローテーションの無効', 'ローテーション未設定'],
    },
  },
  {
    code: 'UNREADABLE_KEY',
    label: 'Unreadable key',
    severity: 'MEDIUM',
    severityReason:
      'It is no weakness by itself, but the gravest of the others can hide behind it.',
    scope: 'key',
    why: 'The policy could not be read, so nothing can be said about who may use the key.',
    fix: 'Let the read role call kms:GetKeyPolicy on the key: the key policy must not deny it, and must delegate to IAM or name the role.',
    controls: [],
    words: {
      en: ['unreadable', 'unreadable key', 'unreadable keys', 'unreadable policy'],
      ja: ['読み取り不可', '読み取れないキー', '読み取り不能'],
    },
  },
  {
    code: 'UNUSED_KEY',
    label: 'Unused key',
    severity: 'LOW',
    severityReason:
      'The harm of keeping it is a cost; the harm of deleting it in haste can be data.',
    scope: 'key',
    why: 'A key that nobody uses costs money every month and widens what must be governed.',
    fix: UNUSED_ADVICE,
    controls: [],
    words: { en: ['unused key'], ja: ['未使用のキー', '使われていないキー', '未使用キー'] },
  },
  {
    code: 'WILDCARD_ACTIONS',
    label: 'Key policy overly permissive',
    severity: 'MEDIUM',
    severityReason:
      'The principal was chosen, but it can delete the key or give it to others. INFO in the default key policy.',
    scope: 'principal',
    why: 'kms:* gives use, administration, grants and deletion at once.',
    fix: 'Split the statement: administration for one role, the needed cryptographic actions for another.',
    controls: ['NIST.800-53.r5 AC-6'],
    words: {
      en: [
        'overly permissive',
        'too permissive',
        'too open',
        'wildcard',
        'wildcards',
        'wildcard actions',
        'kms:*',
      ],
      ja: [
        '過度に広い権限',
        '広すぎる権限',
        '過剰な権限',
        '過剰な許可',
        '過大な権限',
        '過度な権限',
        '過度に許容的',
        'ワイルドカード',
        'ワイルドカードアクション',
        'ワイルドカードのアクション',
        'kms:*',
      ],
    },
  },
] as const satisfies readonly ConcernKind[];

export type ConcernCode = (typeof concernKinds)[number]['code'];

const byCode: ReadonlyMap<string, ConcernKind> = new Map(concernKinds.map((k) => [k.code, k]));

/** The kind of a concern code. Throws on an unknown code, which is a defect of the caller. */
export function concernKind(code: ConcernCode): ConcernKind {
  const kind = byCode.get(code);
  if (!kind) throw new Error(`unknown concern code ${code}`);
  return kind;
}
