/** Why a kind of concern matters, and what to do about it, in Japanese. The contract has them in English. */

export interface AdviceText {
  readonly why: string;
  readonly fix: string;
}

/** By the code of the concern, in the contract's order. */
export const adviceJa: Readonly<Record<string, AdviceText>> = {
  ACCOUNT_PRINCIPAL: {
    why: 'キーポリシーは、アカウント全体の IAM ポリシーに判断を委ねています。これだけであれば既定の設定であり、誤りではありません。',
    fix: 'アカウントの IAM ポリシーをキーに必要な範囲まで絞るか、代わりにキーポリシーでロールを指定してください。',
  },
  BROAD_NOT_PRINCIPAL: {
    why: 'NotPrincipal による許可は、指定したもの以外のすべてを許可します。匿名の呼び出し元も含まれます。',
    fix: 'アクセスが必要なプリンシパルを Principal で指定し、NotPrincipal は拒否 (Deny) でのみ使用してください。',
  },
  CONFUSED_DEPUTY: {
    why: '送信元の条件がないサービスプリンシパルは、別のアカウントのリソースのためにキーを使うよう誘導される可能性があります。',
    fix: 'ステートメントに aws:SourceAccount、aws:SourceArn または aws:SourceOrgID の条件を追加してください。',
  },
  CROSS_ACCOUNT_IN_ORG: {
    why: '同じ組織の別のアカウントがこのキーを使用できます。',
    fix: 'そのアカウントにキーが必要かを確認し、不要であればポリシーから削除してください。',
  },
  DELETED_PRINCIPAL: {
    why: 'ポリシーが、削除されたユーザーまたはロールを指定しています。この記載は無効で、誰を意図していたのかが分かりません。',
    fix: 'ポリシーから固有 ID (AIDA… または AROA…) を削除するか、代わりのプリンシパルを指定してください。それを指定しているグラントは取り消してください。',
  },
  DISABLED_KEY: {
    why: '無効なキーにも料金がかかり、そのキーで暗号化されたデータは読み取れません。',
    fix: 'データが必要であればキーを有効にしてください。不要であれば、CloudTrail で DisabledException を確認してから削除を予約してください。',
  },
  EXTERNAL_ACCOUNT: {
    why: '組織外のアカウントがこのキーを使用できます。',
    fix: '業務上の必要性とアカウントの所有者を確認し、アクションを制限して条件を追加するか、ステートメントを削除してください。',
  },
  EXTERNAL_GRANT: {
    why: 'グラントにより、組織外のプリンシパルがこのキーを使用できます。キーポリシーには現れません。',
    fix: '目的が明らかでない限り、グラントを使用停止 (retire) するか、取り消して (revoke) ください。',
  },
  GRANT_NEVER_RETIRED: {
    why: 'グラントには期限がありません。使用停止にするプリンシパルが指定されていないグラントは、誰かが気付くまでアクセスを許可し続けます。',
    fix: '被付与者の所有者に、グラントがまだ必要かを確認してください。不要であれば kms:RevokeGrant で取り消してください。新しいグラントには、使用停止にするプリンシパルを指定してください。',
  },
  GRANT_WITHOUT_CONSTRAINTS: {
    why: '暗号化コンテキストの制約がない復号のグラントは、このキーで暗号化されたすべてのデータに及びます。',
    fix: 'EncryptionContextSubset または EncryptionContextEquals を指定してグラントを作り直し、その後で古いグラントを使用停止にしてください。',
  },
  IAM_USER_PRINCIPAL: {
    why: 'IAM ユーザーは長期の認証情報を持ちます。アクセスはロールで許可することが推奨されています。',
    fix: 'ロールにアクセスを許可し、ポリシーからユーザーを削除してください。',
  },
  IMPORTED_MATERIAL_EXPIRING: {
    why: 'インポートしたキーマテリアルが失効すると、再びインポートするまで、このキーで暗号化されたデータはすべて読み取れなくなります。',
    fix: '同じキーマテリアルを、より後の有効期限で、または期限なしで再びインポートしてください。',
  },
  LOCKOUT_RISK: {
    why: 'このキーを管理できるプリンシパルがいません。対処できるのは AWS サポートだけです。',
    fix: 'AWS サポートに連絡してアクセスを回復し、その後でアカウントまたはロールに kms:PutKeyPolicy を許可してください。',
  },
  NOT_ACTION_ALLOW: {
    why: 'NotAction による許可は、指定したもの以外のすべてのアクションを許可します。AWS が今後追加するアクションも含まれます。',
    fix: '必要なアクションを Action で指定してください。',
  },
  NO_ALIAS_OR_TAGS: {
    why: '誰のキーで、何を保護しているのかが分かりません。',
    fix: 'エイリアスと、少なくとも所有者のタグを追加してください。',
  },
  PENDING_DELETION: {
    why: '待機期間が過ぎると、キーと、そのキーで暗号化されたすべてのデータが永久に失われます。',
    fix: 'deletion_at より前に、このキーが不要であることを確認してください。必要であれば削除を取り消してください。',
  },
  POLICY_LOCKOUT_BYPASS: {
    why: 'ポリシーは、ロックアウトの安全性チェックを省略して設定されました。これは CloudTrail にイベントがある間だけ分かります。',
    fix: 'ポリシーを見直し、安全性チェックを有効にして設定し直してください。',
  },
  PUBLIC_ACCESS: {
    why: 'AWS アカウントを持つ誰もがこのキーを使用できます。呼び出し元を制限する条件はありません。',
    fix: 'プリンシパルを指定するか、aws:PrincipalOrgID などの条件を追加してください。',
  },
  ROTATION_DISABLED: {
    why: 'このキーは毎年キーマテリアルをローテーションできますが、していません。',
    fix: '自動キーローテーションを有効にしてください。',
  },
  UNREADABLE_KEY: {
    why: 'ポリシーを読み取れなかったため、誰がこのキーを使用できるかについて何も言えません。',
    fix: '読み取り用ロールにこのキーの kms:GetKeyPolicy を許可してください。キーポリシーはこれを拒否せず、IAM に委ねるか、ロールを指定する必要があります。',
  },
  UNUSED_KEY: {
    why: '誰も使わないキーには毎月料金がかかり、統制すべき範囲も広がります。',
    fix: 'まずキーを無効にし、業務が一巡する期間にわたって CloudTrail で DisabledException を監視してください。削除を予約するのは、その後です。',
  },
  WILDCARD_ACTIONS: {
    why: 'kms:* は、使用、管理、グラント、削除を一度に許可します。',
    fix: 'ステートメントを分け、管理は 1 つのロールに、必要な暗号化の操作は別のロールに許可してください。',
  },
};
