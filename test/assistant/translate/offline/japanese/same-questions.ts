/** A question in English, and ways in which people ask it in Japanese. All mean the same plan. */
export const sameQuestions: readonly (readonly [english: string, japanese: readonly string[]])[] = [
  // Inventory
  [
    'show me all keys',
    ['すべてのキーを表示して', '全てのキーの一覧', 'キー一覧を見せてください', '鍵の一覧を出して'],
  ],
  [
    'How many keys are there?',
    [
      'キーは何個ありますか？',
      'キーは全部でいくつ？',
      'KMSキーの数を教えてください',
      'キーの総数は？',
      '鍵は全部で何件ありますか',
      'キー数',
    ],
  ],
  [
    'disabled keys',
    [
      '無効なキー',
      '無効になっているキーはどれですか？',
      '無効化されたキーの一覧を見せて',
      '無効なキーはありますか',
    ],
  ],
  [
    'How many keys are disabled?',
    ['無効なキーは何個ですか', 'いくつのキーが無効になっていますか？'],
  ],
  [
    'disabled keys in Tokyo',
    [
      '東京リージョンの無効なキー',
      '東京にある無効なキーを一覧してください',
      '東京で無効になっているキーは？',
    ],
  ],
  [
    'disabled keys in Frankfurt or Tokyo',
    ['フランクフルトまたは東京の無効なキー', 'フランクフルトか東京にある無効なキー'],
  ],
  [
    'keys in us-east-1 and eu-west-1',
    [
      'バージニア北部とアイルランドのキー',
      'us-east-1とeu-west-1のキー',
      'us-east-1およびeu-west-1にあるキーを表示',
    ],
  ],
  ['customer managed keys', ['カスタマー管理キー', 'カスタマーマネージドキーの一覧', 'CMKの一覧']],
  ['AWS managed keys', ['AWS管理キー', 'AWSマネージドキーを一覧して', 'AWSが管理しているキー']],
  [
    'how many customer managed keys do we have?',
    ['カスタマー管理キーはいくつありますか', 'CMKは何個ある？', 'カスタマー管理のキーの数'],
  ],
  [
    'number of aws managed keys per region',
    ['リージョン別のAWS管理キーの数', 'AWS管理キーはリージョンごとに何個ありますか'],
  ],
  [
    'keys pending deletion',
    ['削除待ちのキー', '削除予定のキーはどれ？', '削除がスケジュールされているキーの一覧'],
  ],
  [
    'How many keys are not enabled?',
    ['有効でないキーは何個ありますか', '有効ではないキーの数は？'],
  ],
  ['multi-region replica keys', ['マルチリージョンのレプリカキー', 'レプリカキーの一覧']],
  [
    'Which keys are multi-region?',
    ['マルチリージョンキーはどれですか', 'どのキーがマルチリージョンですか'],
  ],
  ['signing keys', ['署名用のキー', '署名キーの一覧']],
  ['RSA keys', ['RSAのキー', 'RSAキーを一覧して']],
  ['RSA_2048 keys', ['RSA_2048のキー', 'キースペックがRSA_2048のキー']],
  ['asymmetric keys', ['非対称キー', '非対称鍵の一覧']],
  [
    'keys with imported material',
    [
      'インポートされたキーマテリアルを持つキー',
      'BYOKのキー',
      'キーマテリアルがインポートされたキー',
    ],
  ],
  [
    'Which keys have no alias?',
    [
      'エイリアスがないキーは？',
      'エイリアスのないキー',
      'エイリアスが付いていないキーを一覧',
      '別名の無いキーはどれ',
    ],
  ],
  [
    'keys with neither an alias nor tags',
    ['エイリアスもタグもないキー', 'エイリアスもタグも付いていないキーは？'],
  ],
  ['untagged keys', ['タグのないキー', 'タグが付いていないキー', 'タグ無しのキーの一覧']],
  [
    'Which keys have no owner tag?',
    ['ownerタグがないキー', 'ownerタグの付いていないキーはどれ', 'タグownerがないキー'],
  ],
  [
    'keys tagged owner=platform',
    ['owner=platformのタグが付いたキー', 'ownerタグがplatformのキー', 'タグowner=platformのキー'],
  ],
  ['keys with at least 2 tags', ['タグが2個以上のキー', '２つ以上のタグを持つキー']],
  [
    'keys whose alias contains payments',
    ['エイリアスにpaymentsを含むキー', '「payments」という文字を含むエイリアスのキー'],
  ],
  ['keys whose description contains "nightly backup"', ['説明に「nightly backup」を含むキー']],
  ['keys with aliases starting with alias/prod', ['エイリアスがalias/prodで始まるキー']],
  // Places
  [
    'keys in account payments-prod',
    ['payments-prodアカウントのキー', 'アカウントpayments-prodにあるキーの一覧'],
  ],
  [
    'How many keys does payments-prod have?',
    ['payments-prodにはキーがいくつありますか', 'payments-prodのキーは何個？'],
  ],
  [
    'keys in account 111111111111',
    ['アカウント111111111111のキー', '１１１１１１１１１１１１のキー'],
  ],
  [
    'How many keys does account 111111111111 have in eu-west-1?',
    ['アカウント111111111111のeu-west-1にあるキーは何個ですか'],
  ],
  ['keys in OU Root/Security', ['OU Root/Securityのキー', 'Root/Security OUにあるキー']],
  [
    'Which keys in the production OU have external access?',
    ['Production OUのキーで外部からアクセスできるものは？'],
  ],
  ['keys not in production', ['本番以外のキー', 'Production以外のキー']],
  // Groups
  [
    'How many keys are there per region?',
    [
      'リージョン別のキー数',
      'リージョンごとのキーの数を教えて',
      'キーはリージョンごとに何個ありますか？',
      '各リージョンのキー数は？',
      'リージョン毎にキーがいくつあるか教えてください',
    ],
  ],
  [
    'How many keys are there per account?',
    ['アカウント別のキー数', 'アカウントごとに鍵は何件ありますか', 'キー数をアカウント別に表示'],
  ],
  [
    'Count the keys by key state and region',
    ['状態とリージョン別のキー数', 'キーの数を状態別・リージョン別に'],
  ],
  ['keys per OU', ['OU別のキー数', '組織単位ごとのキーの数']],
  ['keys per owner tag', ['ownerタグ別のキー数', 'タグownerごとのキーの数']],
  [
    'how many disabled keys per region',
    ['無効なキーの数をリージョン別に', 'リージョンごとの無効なキー数'],
  ],
  ['How many keys were created per year?', ['作成年別のキー数', '年ごとに作成されたキーの数']],
  [
    'Which account has the most keys?',
    [
      'キーが最も多いアカウントは？',
      '一番キーが多いアカウントはどこですか',
      'キー数が最多のアカウント',
    ],
  ],
  ['Which region has the fewest keys?', ['キーが最も少ないリージョンは？']],
  [
    'top 5 accounts by number of disabled keys',
    [
      '無効なキーが多いアカウント上位5件',
      '無効なキーの数が多いアカウントトップ5',
      '無効なキーが多い順にアカウントを5つ',
    ],
  ],
  [
    'Which OU has the most keys with external access?',
    ['外部アクセスのあるキーが最も多いOUはどこ？'],
  ],
  [
    'Which regions have more than 10 keys?',
    ['キーが10個を超えるリージョン', 'キーが10個より多いリージョンは？'],
  ],
  ['breakdown of keys by account', ['キーのアカウント別内訳', 'アカウント別のキーの内訳を見せて']],
  // Order and limit
  [
    'List the 10 oldest customer managed keys',
    [
      '最も古いカスタマー管理キー10件',
      '古い順にカスタマー管理キーを10件',
      '作成日が古いカスタマー管理キー上位10件',
    ],
  ],
  ['the oldest key', ['最も古いキー', '一番古いキーはどれですか', '最古のキーは？']],
  ['the newest key', ['最も新しいキーはどれ？', '最新のキー']],
  [
    'disabled keys ordered by creation date ascending',
    ['無効なキーを作成日順に', '無効なキーを古い順に一覧して'],
  ],
  [
    'the 3 most expensive keys',
    ['最もコストが高いキー3件', 'コストが高い順にキーを3つ', '月額の高いキー トップ3'],
  ],
  ['the most recently used key', ['最後に使われたキーはどれですか', '最も最近使われたキー']],
  // Access
  [
    'Which keys have external access?',
    [
      '外部からアクセスできるキーはどれですか',
      '外部アクセスのあるキー',
      '外部アクセスがあるキーを一覧してください',
      '組織外からアクセス可能な鍵は？',
      '組織の外部に共有されているキー',
    ],
  ],
  [
    'Which keys can be accessed by external accounts?',
    [
      '外部アカウントからアクセスできるキー',
      '外部アカウントがアクセスできるキーは？',
      '外部アカウントにアクセスを許可しているキー',
    ],
  ],
  [
    'Which keys have public access?',
    [
      '公開されているキー',
      'パブリックアクセスのあるキーは？',
      '誰でもアクセスできるキー',
      '一般公開されている鍵はありますか',
    ],
  ],
  ['keys with no external access', ['外部アクセスがないキー', '外部からアクセスできないキー']],
  [
    'keys with cross-account access',
    [
      'クロスアカウントアクセスのあるキー',
      '他のアカウントからアクセスできるキー',
      '別アカウントと共有されているキー',
    ],
  ],
  [
    'Which keys can be used by IAM users?',
    ['IAMユーザーが使えるキー', 'IAMユーザーが使用できるキーは？', 'IAMユーザーに使用されうるキー'],
  ],
  ['Which keys can anyone decrypt with?', ['誰でも復号できるキー']],
  [
    'Which keys can role deploy use?',
    [
      'ロールdeployが使えるキー',
      'deployロールが使用できるキーはどれですか',
      'role deployで使えるキー',
    ],
  ],
  [
    'Which keys can account 123456789012 use?',
    ['アカウント123456789012が使えるキー', '123456789012から使用できるキーの一覧'],
  ],
  [
    'Which keys have external access through grants?',
    ['グラント経由で外部アクセスがあるキー', 'グラントによる外部アクセスのあるキー'],
  ],
  [
    'Who can decrypt with alias/payments-prod?',
    [
      'alias/payments-prodで復号できるのは誰ですか',
      '誰がalias/payments-prodで復号できますか',
      'alias/payments-prodで復号できるプリンシパルの一覧',
    ],
  ],
  [
    'Who has access to alias/orders?',
    [
      'alias/ordersにアクセスできるのは誰？',
      '誰がalias/ordersにアクセスできますか',
      'alias/orders にアクセスできる人を教えて',
      'alias/ordersへのアクセス権を持つのは誰',
    ],
  ],
  [
    'Who can use alias/orders?',
    [
      'alias/ordersを使えるのは誰？',
      '誰がalias/ordersを使用できる？',
      'alias/orders を使うことができるプリンシパル',
    ],
  ],
  [
    'Who can administer alias/orders?',
    ['alias/ordersを管理できるのは誰ですか', 'alias/ordersの管理者は？'],
  ],
  [
    'Which external accounts have access to our keys?',
    ['キーにアクセスできる外部アカウントは？', 'どの外部アカウントがキーにアクセスできますか'],
  ],
  ['what can role deploy do', ['ロールdeployは何ができますか', 'deployロールにできることは？']],
  [
    'How many grants are there per account?',
    ['アカウント別のグラント数', 'アカウントごとのグラントの数は？'],
  ],
  ['list all grants', ['グラントの一覧', 'すべてのグラントを表示']],
  ['how many grants are there', ['グラントは何件ありますか', 'グラントの数']],
  ['how many grants to IAM roles', ['IAMロールへのグラントは何件ですか']],
  // Usage
  [
    'Which keys were never used?',
    [
      '一度も使われていないキー',
      '一度も使用されたことのないキーはどれですか',
      '使われたことがない鍵の一覧',
    ],
  ],
  [
    'keys unused for 90 days',
    [
      '90日間使われていないキー',
      '過去90日間使われていないキーはどれですか',
      '９０日以上使用されていないキー',
      '九十日使っていない鍵を表示して',
      '直近90日間利用されていないキー',
      'ここ90日使われていないキー',
      '90日以上未使用のキー',
    ],
  ],
  [
    'keys unused for more than 90 days',
    ['90日より長く使われていないキー', '90日を超えて使用されていないキー'],
  ],
  [
    'keys unused for 6 months',
    [
      '半年間使われていないキー',
      '過去6か月使われていないキー',
      '６ヶ月以上使われていないキー',
      '過去6カ月間使われていない鍵',
    ],
  ],
  ['keys unused for 1 year', ['1年間使われていないキー', '一年以上使われていないキー']],
  [
    'Which keys have external access and were unused for 90 days?',
    [
      '外部からアクセスできて、過去90日間使われていないキー',
      '外部アクセスがあり、かつ90日以上使われていないキーは？',
      '90日間使われておらず、外部からアクセス可能なキーを教えてください',
      '外部アクセスのあるキーのうち、90日間使われていないものはどれですか',
      '外部からアクセスできるのに90日間使われていないキー',
    ],
  ],
  ['keys used in the last 90 days', ['過去90日間に使われたキー', '直近90日以内に使用されたキー']],
  ['keys used yesterday', ['昨日使われたキー', '昨日使用された鍵は？']],
  ['keys used this week', ['今週使われたキー']],
  ['keys not used since March', ['3月以降使われていないキー', '３月から使われていないキー']],
  [
    'Which keys were last used before 2024?',
    ['最後に使われたのが2024年より前のキー', '最終使用日が2024年より前のキー'],
  ],
  ['keys without a record of use', ['使用記録のないキー', '使用の記録がないキー']],
  [
    'Who used alias/orders?',
    [
      'alias/ordersを使ったのは誰ですか',
      '誰がalias/ordersを使いましたか',
      'alias/ordersを使用したのは誰',
    ],
  ],
  [
    'Who last used alias/orders?',
    ['alias/ordersを最後に使ったのは誰？', '最後にalias/ordersを使用したのは誰ですか'],
  ],
  [
    'Who has used alias/orders in the last 7 days?',
    ['過去7日間にalias/ordersを使ったのは誰', '直近7日間でalias/ordersを使用したのは誰ですか'],
  ],
  [
    'who changed the policy of alias/payments-prod',
    [
      'alias/payments-prodのポリシーを変更したのは誰ですか',
      '誰がalias/payments-prodのキーポリシーを変更しましたか',
    ],
  ],
  ['Which keys did alice use?', ['aliceが使ったキー', 'aliceが使用したキーはどれですか']],
  ['keys used by s3', ['s3が使ったキー', 'S3に使われたキー']],
  [
    'When was alias/payments-prod last used?',
    [
      'alias/payments-prodが最後に使われたのはいつですか',
      'alias/payments-prodの最終使用日は？',
      'alias/payments-prodは最後にいつ使われた？',
    ],
  ],
  [
    'When was alias/orders created?',
    [
      'alias/ordersはいつ作成されましたか',
      'alias/ordersの作成日は？',
      'alias/ordersが作られたのはいつ？',
    ],
  ],
  ['What is the state of alias/orders?', ['alias/ordersの状態は？', 'alias/ordersの状態を教えて']],
  [
    'Tell me about alias/orders',
    ['alias/ordersについて教えて', 'alias/ordersの詳細を見せて', 'alias/orders'],
  ],
  [
    'When was key 1234abcd-12ab-34cd-56ef-1234567890ab created?',
    ['キー1234abcd-12ab-34cd-56ef-1234567890abの作成日はいつ？'],
  ],
  [
    'Is alias/orders public?',
    ['alias/ordersは公開されていますか', 'alias/ordersはパブリックですか？'],
  ],
  [
    'Does alias/orders have external access?',
    ['alias/ordersに外部アクセスはありますか', 'alias/ordersは外部からアクセスできますか？'],
  ],
  ['Is rotation enabled for alias/orders?', ['alias/ordersのローテーションは有効ですか']],
  ['usage history of alias/orders', ['alias/ordersの使用履歴', 'alias/ordersの利用履歴を見せて']],
  ['changes to alias/orders', ['alias/ordersの変更履歴', 'alias/ordersに対する変更を一覧して']],
  // Rotation, dates, age
  [
    'Which customer managed keys have rotation disabled?',
    [
      'ローテーションが無効なカスタマー管理キー',
      'カスタマー管理キーでローテーションが無効なものは？',
      'ローテーションされていないCMKはどれですか',
      '自動ローテーションが有効になっていないカスタマー管理キー',
      'カスタマー管理キーのうちローテーションが無効なのはどれ',
    ],
  ],
  ['keys with rotation', ['ローテーションが有効なキー', '自動ローテーションされているキー']],
  ['keys created last month', ['先月作成されたキー', '先月作られた鍵']],
  ['keys created this month', ['今月作成されたキー', '今月作られたキーはどれ？']],
  ['keys created last year', ['昨年作成されたキー', '去年作られたキー']],
  ['keys created this year', ['今年作成されたキー']],
  ['keys created last week', ['先週作成されたキー']],
  ['keys created yesterday', ['昨日作成されたキー']],
  [
    'Which keys were created in the last 30 days?',
    ['過去30日間に作成されたキー', 'ここ30日で作られたキーは？', '30日以内に作成されたキー'],
  ],
  ['Keys created before January 2020', ['2020年1月より前に作成されたキー']],
  ['keys created before 2020', ['2020年より前に作成されたキー', '作成日が2020年より前のキー']],
  ['keys created since March 2023', ['2023年3月以降に作成されたキー', '2023年3月以降に作られた鍵']],
  ['Which keys were created in 2024?', ['2024年に作成されたキー', '2024年に作られたキーはどれ？']],
  [
    'keys created between 2024-01-01 and 2024-03-31',
    [
      '2024年1月1日から2024年3月31日までに作成されたキー',
      '2024/01/01から2024/03/31の間に作成されたキー',
    ],
  ],
  [
    'keys created after 2024-06-01 in us-east-1',
    ['2024年6月1日より後にバージニア北部で作成されたキー'],
  ],
  [
    'keys older than 2 years',
    [
      '2年以上前に作成されたキー',
      '作成から2年以上経過しているキー',
      '作成から２年以上経っているキー',
    ],
  ],
  [
    'keys older than 5 years that are still enabled',
    ['5年以上前に作成され、まだ有効なキー', '作成から5年以上経った有効なキー'],
  ],
  [
    'Which keys are scheduled for deletion in the next 7 days?',
    ['7日以内に削除されるキー', '今後7日間に削除される予定のキー'],
  ],
  [
    'Which keys expire within 30 days?',
    [
      '30日以内に期限切れになるキー',
      '30日以内に有効期限が切れるキーは？',
      '今後30日以内に失効するキー',
    ],
  ],
  // Concerns
  [
    'What are the top 5 concerns?',
    [
      '懸念事項の上位5件は？',
      '懸念トップ5',
      '最も多い懸念事項5つ',
      '上位5つの懸念事項を教えてください',
    ],
  ],
  ['list concerns', ['懸念事項の一覧', '検出結果を表示して', '問題点を一覧']],
  [
    'How many critical concerns are there?',
    ['重大な懸念事項は何件ありますか', 'クリティカルな懸念は何件？', '重大な検出結果の数'],
  ],
  [
    'How many concerns are there per severity?',
    ['重要度別の懸念事項の数', '重要度ごとの検出結果の件数は？'],
  ],
  ['list all concerns of severity high', ['重要度が高の懸念事項', '重要度が高い懸念事項を一覧']],
  ['number of concerns per kind', ['種類別の懸念事項の数', '懸念の種類ごとの件数']],
  [
    'Which keys have high or critical concerns?',
    ['重要度が高または重大の懸念事項があるキー', '重大または高の懸念があるキー'],
  ],
  [
    'keys with critical concerns',
    ['重大な懸念事項のあるキー', 'クリティカルな問題があるキーは？', '重大な懸念事項を持つ鍵'],
  ],
  ['keys without concerns', ['懸念事項のないキー', '問題のないキー']],
  [
    'Which keys are overly permissive?',
    [
      '権限が過度に広いキー',
      '過度に広い権限を持つキーは？',
      '権限が広すぎるキー',
      'キーポリシーが過剰に許可しているキー',
    ],
  ],
  [
    'keys flagged as confused deputy',
    ['混乱した代理のリスクがあるキー', 'Confused deputyの懸念があるキー'],
  ],
  [
    'What concerns does alias/orders have?',
    [
      'alias/ordersの懸念事項は？',
      'alias/ordersにはどんな問題がありますか',
      'alias/ordersはなぜ指摘されているの？',
      'alias/ordersの何が問題ですか',
    ],
  ],
  [
    'What concerns are there in payments-prod?',
    ['payments-prodの懸念事項', 'payments-prodアカウントにはどんな懸念がありますか'],
  ],
  ['critical concerns in production', ['本番の重大な懸念事項', '本番環境の重大な懸念事項']],
  ['Which account has the most critical concerns?', ['重大な懸念事項が最も多いアカウントは？']],
  ['keys with more than 3 concerns', ['懸念が3種類より多いキー', '3つを超える懸念事項があるキー']],
  [
    'unreadable keys',
    ['ポリシーを読み取れないキー', '読み取れないキー', 'ポリシーが読み取れなかったキー'],
  ],
  // Cost
  [
    'What is the total monthly cost?',
    [
      '月額コストの合計は？',
      '合計コスト',
      '毎月のコストはいくらですか',
      'KMSキーの月額費用の合計を教えて',
    ],
  ],
  [
    'What is the total monthly cost of customer managed keys per account?',
    [
      'アカウント別のカスタマー管理キーの月額コスト',
      'カスタマー管理キーの月額コスト合計をアカウント別に',
    ],
  ],
  [
    'What would we save if we deleted the keys unused for a year?',
    [
      '1年間使われていないキーを削除するといくら節約できますか',
      '一年使われていないキーを削除したら節約額は？',
    ],
  ],
  [
    'how much do keys unused for 90 days cost per month',
    [
      '90日間使われていないキーの月額コストは？',
      '90日間使われていないキーに毎月いくらかかっていますか',
    ],
  ],
  [
    'Which account spends the most?',
    ['コストが最も高いアカウントは？', '一番費用がかかっているアカウントはどこ'],
  ],
  [
    'average age of customer managed keys',
    ['カスタマー管理キーの平均経過日数', 'カスタマー管理キーの平均年齢は？'],
  ],
  ['average cost per key', ['キーの平均コスト', 'キー1個あたりの平均コスト']],
  [
    'Which keys cost more than $1 per month?',
    ['月額1ドルを超えるキー', '月額コストが$1より高いキー'],
  ],
  // Shares
  [
    'What percentage of customer managed keys have rotation enabled?',
    [
      'カスタマー管理キーのうちローテーションが有効なものの割合',
      'カスタマー管理キーのうち、ローテーションが有効なキーは何パーセントですか',
      'カスタマー管理キーのうちローテーションが有効なのは何%？',
      'カスタマー管理キーに占めるローテーションが有効なキーの割合は？',
    ],
  ],
  [
    'percentage of keys without alias',
    ['エイリアスのないキーの割合', 'エイリアスがないキーは全体の何%ですか'],
  ],
  [
    'What percentage of customer managed keys have rotation enabled per account?',
    ['アカウント別の、カスタマー管理キーのうちローテーションが有効なものの割合'],
  ],
  // Accounts and coverage
  ['list accounts', ['アカウントの一覧', 'アカウントを一覧表示して']],
  ['How many accounts are there?', ['アカウントはいくつありますか', 'アカウント数は？']],
  [
    'Which accounts have keys with external access?',
    [
      '外部アクセスのあるキーを持つアカウント',
      '外部からアクセスできるキーがあるアカウントはどれですか',
    ],
  ],
  [
    'Which accounts have no keys?',
    ['キーのないアカウント', 'キーを持たないアカウントは？', 'キーを1つも持っていないアカウント'],
  ],
  [
    'accounts with more than 10 disabled keys',
    ['無効なキーが10個を超えるアカウント', '無効なキーを10個より多く持つアカウント'],
  ],
  ['which accounts are suspended', ['停止中のアカウント', '停止されているアカウントは？']],
  [
    'accounts in OU Production',
    ['Production OUのアカウント', 'OU Productionにあるアカウントの一覧'],
  ],
  ['How many accounts per OU?', ['OU別のアカウント数', 'OUごとのアカウントの数は？']],
  [
    'Which accounts could not be read?',
    [
      '読み取れなかったアカウントは？',
      '読み取れなかったアカウントはどれですか',
      '収集できなかったアカウント',
    ],
  ],
  ['How many accounts could not be read?', ['読み取れなかったアカウントは何件ですか']],
  ['Which accounts failed?', ['収集に失敗したアカウント', '読み取りに失敗したアカウントは？']],
  ['which accounts were skipped', ['スキップされたアカウント']],
  [
    'How fresh is the data?',
    [
      'データはいつのものですか',
      'データの鮮度は？',
      'データはいつ収集されましたか',
      '最終収集日時は？',
    ],
  ],
  ['What is the coverage?', ['収集状況は？', 'カバレッジを見せて']],
  // Combinations
  [
    'keys with external access or unused for 90 days',
    [
      '外部アクセスがあるか、90日間使われていないキー',
      '外部アクセスがある、または90日間使われていないキー',
    ],
  ],
  [
    'keys that are not disabled and not pending deletion',
    ['無効でも削除待ちでもないキー', '無効ではなく、削除待ちでもないキー'],
  ],
  [
    'all keys except AWS managed keys',
    ['AWS管理キー以外のキー', 'AWS管理キーを除くすべてのキー', 'AWS管理キーを除いたキーの一覧'],
  ],
  [
    'Which keys have external access but no owner tag?',
    ['外部アクセスがあるがownerタグがないキー', '外部アクセスがあるのにownerタグのないキー'],
  ],
  [
    'never used customer managed keys older than 1 year',
    [
      '作成から1年以上経過していて一度も使われていないカスタマー管理キー',
      '1年以上前に作成され、一度も使われていないCMK',
    ],
  ],
  [
    'keys in account payments-prod that are not rotated and have public access',
    [
      'payments-prodアカウントのキーで、ローテーションが無効かつ公開されているもの',
      'payments-prodのキーのうちローテーションされておらず公開されているものは？',
    ],
  ],
  [
    'How many keys with external access are disabled per account?',
    ['外部アクセスがあって無効なキーの数をアカウント別に'],
  ],
  [
    'multi-region replica keys',
    [
      'マルチリージョンキーのうち、レプリカのもの',
      'マルチリージョンのレプリカキーの一覧をください',
    ],
  ],
  ['untagged keys', ['タグが一つも付いていないキー']],
  ['signing keys', ['署名に使うキーの一覧を出して']],
  ['RSA_2048 keys', ['RSA2048のキー']],
  ['What is the total monthly cost?', ['毎月のコストはいくらかかっていますか']],
];
