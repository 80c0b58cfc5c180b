import type { ConcernCode } from '../../../../collector/schema/concerns.ts';

/** Why each concern matters and what to do, in Japanese; the English is in the data contract. */
export const concernExplanations: Readonly<
  Record<ConcernCode, { readonly why: string; readonly fix: string }>
> = {
  ACCOUNT_PRINCIPAL: {
    why: 'キーポリシーがアカウント全体のIAMポリシーに判断を委ねています。これだけであれば既定の設定であり、問題ではありません。',
    fix: 'そのアカウントのIAMポリシーが必要最小限か確認するか、キーポリシーでロールを指定してください。',
  },
  BROAD_NOT_PRINCIPAL: {
    why: 'NotPrincipalによる許可は、指定した相手以外の全員（匿名の呼び出しを含む）に許可を与えます。',
    fix: 'アクセスが必要な相手をPrincipalで指定し、NotPrincipalはDenyでのみ使用してください。',
  },
  CONFUSED_DEPUTY: {
    why: '送信元の条件がないサービスプリンシパルは、他のアカウントのリソースのためにキーを使うよう誘導されるおそれがあります。',
    fix: 'ステートメントにaws:SourceAccount、aws:SourceArn、またはaws:SourceOrgIDの条件を追加してください。',
  },
  CROSS_ACCOUNT_IN_ORG: {
    why: '同じ組織の別のアカウントがキーを使えます。通常は意図されたものですが、確認が必要です。',
    fix: 'そのアカウントが今もキーを必要としているか確認してください。',
  },
  DELETED_PRINCIPAL: {
    why: 'ポリシーに、すでに存在しないユーザーまたはロールのIDが残っています。',
    fix: 'ポリシーからそのIDを削除してください。',
  },
  DISABLED_KEY: {
    why: '無効なキーは暗号操作を拒否しますが、料金は発生し続けます。',
    fix: '不要であることを確認したうえで、削除をスケジュールするか、再び有効にしてください。',
  },
  EXTERNAL_ACCOUNT: {
    why: '組織外の者がキーを使えます。',
    fix: '共有が意図されたものか確認し、操作を限定して条件を追加するか、ステートメントを削除してください。',
  },
  EXTERNAL_GRANT: {
    why: 'グラントにより、組織外のプリンシパルがキーを使えます。キーポリシーからは分かりません。',
    fix: '目的が明らかでない限り、グラントを終了または取り消してください。',
  },
  GRANT_NEVER_RETIRED: {
    why: 'グラントに終わりはありません。終了する者が指定されていないと、誰かが気付くまでアクセスが残ります。',
    fix: '付与先の所有者に必要性を確認し、不要ならkms:RevokeGrantで取り消してください。新しいグラントには終了できるプリンシパルを指定してください。',
  },
  GRANT_WITHOUT_CONSTRAINTS: {
    why: '暗号化コンテキストの制約がない復号のグラントは、そのキーで暗号化されたすべてのデータに及びます。',
    fix: 'EncryptionContextSubsetまたはEncryptionContextEqualsを付けてグラントを作り直し、古いものを終了してください。',
  },
  IAM_USER_PRINCIPAL: {
    why: 'IAMユーザーは長期の認証情報を持ちます。アクセスはロールに与えることが推奨されています。',
    fix: 'アクセスをロールに与え、ポリシーからユーザーを削除してください。',
  },
  IMPORTED_MATERIAL_EXPIRING: {
    why: 'インポートしたキーマテリアルが期限切れになると、再びインポートするまで、そのキーで暗号化されたデータを読めません。',
    fix: '同じキーマテリアルを、より遅い期限または無期限で再びインポートしてください。',
  },
  LOCKOUT_RISK: {
    why: '誰もキーを管理できません。AWSサポートに依頼するしかありません。',
    fix: 'AWSサポートに連絡して管理権限を回復し、kms:PutKeyPolicyをアカウントまたはロールに与えてください。',
  },
  NOT_ACTION_ALLOW: {
    why: 'NotActionによる許可は、指定した操作以外のすべての操作（AWSが今後追加するものを含む）を許可します。',
    fix: '必要な操作をActionで指定してください。',
  },
  NO_ALIAS_OR_TAGS: {
    why: '誰のキーか、何を保護しているかを示すものがありません。',
    fix: 'エイリアスと、少なくとも所有者のタグを付けてください。',
  },
  PENDING_DELETION: {
    why: '待機期間が過ぎると、キーとそのキーで暗号化されたデータは永久に失われます。',
    fix: '削除日までに、キーが不要であることを確認してください。必要なら削除をキャンセルしてください。',
  },
  POLICY_LOCKOUT_BYPASS: {
    why: 'ロックアウトを防ぐ安全性チェックを無効にしてポリシーが設定されました。CloudTrailにイベントが残っている間だけ分かります。',
    fix: 'ポリシーを見直し、安全性チェックを有効にして設定し直してください。',
  },
  PUBLIC_ACCESS: {
    why: 'AWSアカウントを持つ誰もがキーを使えます。相手を制限する条件がありません。',
    fix: 'プリンシパルを指定するか、aws:PrincipalOrgIDなどの条件を追加してください。',
  },
  ROTATION_DISABLED: {
    why: 'キーマテリアルを毎年ローテーションできるキーですが、行われていません。',
    fix: '自動キーローテーションを有効にしてください。',
  },
  UNREADABLE_KEY: {
    why: 'ポリシーを読み取れなかったため、誰がキーを使えるか分かりません。',
    fix: '読み取りロールがそのキーにkms:GetKeyPolicyを実行できるようにしてください。キーポリシーが拒否せず、IAMに委ねるかロールを指定している必要があります。',
  },
  UNUSED_KEY: {
    why: '誰も使わないキーは毎月の費用がかかり、統制の対象を広げます。',
    fix: 'まずキーを無効にし、業務の一巡する期間、CloudTrailでDisabledExceptionを監視してください。削除のスケジュールはその後です。',
  },
  WILDCARD_ACTIONS: {
    why: 'kms:*は、使用、管理、グラント、削除を一度に許可します。',
    fix: 'ステートメントを分け、管理は1つのロールに、必要な暗号操作は別のロールに与えてください。',
  },
};

/** What the values of columns with a closed set of values mean, where people ask. */
export const valueExplanations: Readonly<Record<string, string>> = {
  'key_manager.CUSTOMER': 'アカウントが作成し、料金を払い、統制するキーです。',
  'key_manager.AWS':
    'AWSのサービスが作成するキーです（エイリアスはaws/…）。無料で、ポリシーはAWSが定めます。',
  'key_state.Enabled': '使用できる状態です。',
  'key_state.Disabled': '再び有効にするまで暗号操作を拒否する状態です。',
  'key_state.PendingDeletion':
    '削除日に削除される状態です。そのキーで暗号化されたデータは読めなくなります。',
  'key_state.PendingImport': 'キーマテリアルのインポートを待っている状態です。',
  'key_state.Unavailable': 'カスタムキーストアに接続できない状態です。',
  'multi_region_type.PRIMARY': 'マルチリージョンキーの主となるキーです。',
  'multi_region_type.REPLICA': 'マルチリージョンのプライマリキーの複製です。',
  'origin.EXTERNAL': 'お客様がインポートしたキーマテリアルを使うキーです（BYOK）。',
  'origin.EXTERNAL_KEY_STORE': 'キーマテリアルがAWSの外（外部キーストア）にあるキーです。',
  'origin.AWS_CLOUDHSM': 'キーマテリアルがAWS CloudHSMキーストアにあるキーです。',
  'usage_status.USED': '使用が記録されています。',
  'usage_status.NEVER_USED': '作成以来使用が記録されており、一度も使われていません。',
  'usage_status.NO_RECORD':
    '記録開始以降の使用がありません。記録開始より前に作成されたキーのため、それ以前に使われた可能性があります。',
  'usage_status.UNKNOWN': 'このキーの使用状況を読み取れませんでした。',
};

/** Terms of the subject that are no value of the data. */
export const terms: readonly (readonly [words: readonly string[], text: string])[] = [
  [
    ['外部アクセス', '外部からのアクセス'],
    '組織外の者または任意の者に、キーポリシーかグラントで有効な許可があることです。相手を実際に制限する条件は考慮しています。',
  ],
  [
    ['グラント', 'grant'],
    'キーポリシーとは別に、特定のプリンシパルにキーの使用を許可する仕組みです。',
  ],
  [
    ['クロスアカウントアクセス', 'クロスアカウント'],
    '組織の内外を問わず、他のアカウントの特定のプリンシパルに有効な許可があることです。公開アクセスとは区別しています。',
  ],
  [
    ['ローテーション', '自動ローテーション', 'キーローテーション'],
    'キーマテリアルを定期的に（既定では毎年）自動で更新することです。古いデータも引き続き復号できます。',
  ],
];
