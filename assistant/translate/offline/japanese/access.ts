import { access, narrowed } from '../grammar/access.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import { granteeOf, vendorOf } from '../lexicon/values.ts';
import { useLevels } from '../plan/filter-to-words.ts';
import type { Filter, PermissionTest } from '../plan/plan.ts';
import { copula, type Ending, existence, godan, ichidan } from './endings.ts';
import { j, table } from './literals.ts';
import { membersThatMay } from './members.ts';
import type { Names } from './names.ts';
import type { Places } from './places.ts';
import { textOf } from './tokens.ts';

/**
 * Who may use a key. The distinctions are those of the English grammar: 外部 is someone outside the
 * organization or anyone, 外部アカウント is someone outside and not "anyone", 公開 is anyone, 他の
 * アカウント is a named principal of another account, inside the organization or outside.
 */
export interface AccessGrammar {
  readonly who: Parser<PermissionTest>;
  /** Who, as the noun that a question asks for: 外部アカウント, IAMユーザー, プリンシパル, 人. */
  readonly askedWho: Parser<PermissionTest>;
  /** Something a key has: 外部アクセス, 公開アクセス, グラント. */
  readonly object: Parser<Filter>;
  /** A predicate of keys: 外部からアクセスできる, 公開されている. */
  readonly predicate: Parser<{ readonly filter: Filter; readonly ending: Ending }>;
  /** What one can do with a key, as a predicate: 使える, 復号できる, アクセス可能な. */
  readonly ability: Parser<{ readonly levels: readonly string[] | null; readonly ending: Ending }>;
}

const external: PermissionTest = { trust: ['EXTERNAL', 'PUBLIC'] };
const externalAccount: PermissionTest = { trust: ['EXTERNAL'] };
const publicAccess: PermissionTest = { trust: ['PUBLIC'] };
const crossAccount: PermissionTest = { otherAccount: true };
const inside: PermissionTest = { trust: ['ORGANIZATION'] };

const externalWords = [
  '外部',
  '組織外',
  '組織の外',
  '組織外部',
  '組織の外部',
  '社外',
  'サードパーティ',
  'サードパーティー',
  '第三者',
  '外部の人',
  '外部の者',
  '外部のプリンシパル',
  '外部プリンシパル',
  '組織外のプリンシパル',
  '組織の外のプリンシパル',
  '組織外の相手',
  '組織の外の相手',
  '外部の相手',
  '社外の相手',
  '組織外の人',
  '組織外の者',
  '組織外の誰か',
  '社外の人',
  '社外の者',
  '外部の誰か',
  '外部の第三者',
  '社外の第三者',
  '部外者',
  '外の世界',
  '組織外の第三者',
  '会社の外',
  '社外の相手先',
  '組織の外の人',
  '組織の外の誰か',
  '組織に属さない人',
  '組織に属さない相手',
];
const externalAccountWords = [
  '外部アカウント',
  '外部のアカウント',
  '外部AWSアカウント',
  '外部のAWSアカウント',
  '組織外アカウント',
  '組織外のアカウント',
  '組織の外のアカウント',
  '組織外部のアカウント',
  '社外アカウント',
  '社外のアカウント',
  '社外のAWSアカウント',
  '第三者のアカウント',
  'サードパーティのアカウント',
  'サードパーティーのアカウント',
  'ベンダー',
  'ベンダ',
  '外部ベンダー',
  'ベンダーのアカウント',
  'ベンダーアカウント',
  '取引先',
  '取引先のアカウント',
  'パートナー企業',
  '協力会社',
  '委託先',
  '外部委託先',
  '業務委託先',
  '外部パートナー',
  '協力会社のアカウント',
  '委託先のアカウント',
  '外部委託先のアカウント',
  'パートナー企業のアカウント',
  '外部業者',
  '他社',
  '他社のアカウント',
  '他社のAWSアカウント',
  '組織に属さないアカウント',
  '組織に属していないアカウント',
  '組織に所属しないアカウント',
  '組織に含まれないアカウント',
  '組織外のAWSアカウント',
];
const everyone = [
  '誰',
  'だれ',
  '全員',
  '誰でも',
  'だれでも',
  '不特定多数',
  '匿名',
  '匿名ユーザー',
  'インターネット',
  '世界中',
  '全世界',
  '任意のAWSアカウント',
  'あらゆるAWSアカウント',
  '一般',
];
const otherAccountWords = [
  '他のアカウント',
  '他アカウント',
  'ほかのアカウント',
  '別のアカウント',
  '別アカウント',
  '異なるアカウント',
  '他のAWSアカウント',
  '別のAWSアカウント',
];
const insideWords = [
  ...[
    '同じ組織の',
    '同じ組織内の',
    '同一組織の',
    '同一組織内の',
    '組織内の',
    '自組織の',
    '自組織内の',
    '社内の',
  ].flatMap((whose) =>
    [
      '他のアカウント',
      '別のアカウント',
      '別アカウント',
      '他アカウント',
      '別のAWSアカウント',
      '他のAWSアカウント',
      'ほかのアカウント',
      '異なるアカウント',
    ].map((which) => `${whose}${which}`),
  ),
  '自社の他のアカウント',
];
const federatedWords = [
  'フェデレーテッド',
  'フェデレーション',
  'フェデレート',
  'フェデレーティッド',
]
  .flatMap((w) => [
    w,
    `${w}プリンシパル`,
    `${w}ユーザー`,
    `${w}アイデンティティ`,
    `${w}ID`,
    `${w}されたユーザー`,
  ])
  .concat([
    '連携ユーザー',
    'IDプロバイダー',
    'IDプロバイダ',
    'アイデンティティプロバイダー',
    'SAMLプロバイダー',
    'SAMLプロバイダ',
    'OIDCプロバイダー',
    'OIDCプロバイダ',
  ]);
const entry = <T>(words: readonly string[], value: T) => words.map((w) => [w, value] as const);

/** What may be done with a key, as a noun; null for anything. */
export const levelNouns: Parser<readonly string[] | null> = table<readonly string[] | null>([
  ...entry(['アクセス', 'アクセス権', 'アクセス権限', 'アクセス許可', '権限', '許可'], null),
  ...entry(['使用', '利用', '使用権限', '利用権限', '使用アクセス'], useLevels),
  ...entry(['復号', '復号化', '復号アクセス', '復号権限', '復号の権限'], ['DECRYPT']),
  ...entry(['暗号化', '暗号化アクセス', '暗号化権限'], ['ENCRYPT']),
  ...entry(['署名', '署名アクセス', '署名権限'], ['SIGN']),
  ...entry(['管理', '管理アクセス', '管理権限', '管理者権限', '管理者アクセス'], ['ADMIN']),
  ...entry(['グラント作成', 'グラントの作成', 'グラント作成アクセス'], ['GRANT']),
  ...entry(['メタデータ参照', 'メタデータの参照', 'メタデータ参照アクセス'], ['READ']),
]);

interface Ability {
  readonly levels: readonly string[] | null;
  readonly ending: Ending;
}

function able(nouns: readonly string[], levels: readonly string[] | null): Parser<Ability> {
  const can = ichidan(
    ...nouns.flatMap((n) => [
      `${n}でき`,
      `${n}することができ`,
      `${n}する事ができ`,
      `${n}出来`,
      `${n}が許可され`,
      `${n}を許可され`,
      `${n}を許され`,
      `${n}が認められ`,
      `${n}を認められ`,
      ...['に使え', 'に使うことができ', 'に使用でき', 'に利用でき', '用に使え', 'のために使え'].map(
        (use) => `${n}${use}`,
      ),
    ]),
  );
  const possible = map(seq(j(...nouns), j('可能', 'が可能'), copula), ([, , ending]) => ending);
  const impossible: Parser<Ending> = map(
    seq(j(...nouns), j('不可', '不可能', '不能'), copula),
    ([, , e]) => ({ ...e, negated: !e.negated }),
  );
  // 復号されうる
  const conceivable: Parser<Ending> = map(
    seq(
      j(...nouns),
      j(
        'されうる',
        'され得る',
        'される可能性がある',
        'されるおそれがある',
        'される恐れがある',
        'し得る',
        'しうる',
      ),
    ),
    () => ({ negated: false, slot: 'attributive' as const }),
  );
  return map(alt(can, possible, impossible, conceivable), (ending) => ({ levels, ending }));
}

const ability: Parser<Ability> = rule(() =>
  alt(
    able(['アクセス'], null),
    map(
      seq(
        j('アクセス権', 'アクセス権限', 'アクセス許可', '権限'),
        j('が', 'を', 'の'),
        alt(
          godan({ a: '持た', i: '持ち', u: '持つ', t: '持っ' }),
          ichidan('有し', '与えられ', '付与され'),
          table<Ending>([
            ['ある', { negated: false, slot: 'attributive' }],
            ['あり', { negated: false, slot: 'continuative' }],
            ['あります', { negated: false, slot: 'final' }],
            ['ない', { negated: true, slot: 'attributive' }],
          ]),
        ),
      ),
      ([, , ending]) => ({ levels: null, ending }),
    ),
    map(
      seq(
        table<readonly string[]>([
          ...entry(['復号権限', '復号の権限', '復号化権限', '復号の許可'], ['DECRYPT']),
          ...entry(['暗号化権限', '暗号化の権限'], ['ENCRYPT']),
          ...entry(['署名権限', '署名の権限'], ['SIGN']),
          ...entry(['管理権限', '管理者権限', '管理の権限'], ['ADMIN']),
          ...entry(['使用権限', '利用権限', '使用する権限', '利用する権限', '使う権限'], useLevels),
        ]),
        j('が', 'を', 'の'),
        alt(
          godan({ a: '持た', i: '持ち', u: '持つ', t: '持っ' }),
          ichidan('有し', '与えられ', '付与され'),
        ),
      ),
      ([levels, , ending]) => ({ levels, ending }),
    ),
    able(['使用', '利用'], useLevels),
    map(ichidan('使え', 'つかえ', '使うことができ', '使う事ができ', '使い得'), (ending) => ({
      levels: useLevels,
      ending,
    })),
    map(j('使用されうる', '使われうる', '使用され得る', '利用されうる'), () => ({
      levels: useLevels,
      ending: { negated: false, slot: 'attributive' as const },
    })),
    able(['復号', '復号化', 'データを復号', 'データの復号'], ['DECRYPT']),
    able(['暗号化', 'データを暗号化'], ['ENCRYPT']),
    able(['署名'], ['SIGN']),
    able(['管理', 'ポリシーを変更', 'ポリシーの変更', '管理操作'], ['ADMIN']),
    able(['グラントを作成', 'グラントの作成', 'グラント作成'], ['GRANT']),
    able(['メタデータを参照', 'メタデータの参照', 'メタデータ参照'], ['READ']),
  ),
);

/** Verbs of giving access: 許可している, 公開されている, 開いている. */
export const shared: Parser<Ending> = alt(
  ichidan(
    ...['許可', '公開', '共有', '開放', '解放', '付与', '提供'].flatMap((n) => [
      `${n}し`,
      `${n}され`,
    ]),
    '許し',
    '許され',
    '与え',
    '与えられ',
    '認め',
    '認められ',
    '開かれ',
    'さらされ',
    '晒され',
    '渡し',
    '渡され',
    '開け',
    '開けられ',
  ),
  godan({ a: '渡ら', i: '渡り', u: '渡る', t: '渡っ' }),
  godan({ a: '開か', i: '開き', u: '開く', t: '開い' }),
);

/** A statement that denies something, as a thing that a policy has. */
export const denials = j(
  '拒否ステートメント',
  '拒否のステートメント',
  '拒否文',
  '明示的な拒否',
  '明示的拒否',
  '明示的な拒否ステートメント',
  'Denyステートメント',
  'Denyのステートメント',
  'Deny文',
  '明示的なDeny',
  '明示的なDenyステートメント',
  'Deny',
);

/** アカウントxが許可している gives access, and アカウントxが許可されている has it. */
function notTheGiver<T>(parser: Parser<T>): Parser<T> {
  return (chart, at) =>
    parser(chart, at).filter(
      ({ end }) =>
        !givesAsSubject.test(
          chart.tokens
            .slice(at, end)
            .map((t) => t.raw)
            .join(''),
        ),
    );
}
const givesAsSubject =
  /^[^にへと]*(?<!アクセス|アクセス権|権限|許可)が((アクセス|アクセス権|権限|使用|利用|復号|暗号化|署名|管理)[をが]?)?(許可し|公開し|共有し|開放し|解放し|付与し|提供し|許し|与え(?!られ)|認め(?!られ)|渡し|開け(?!られ))/u;

/** Through what: グラント経由で. */
const through = table<string | null>([
  ['', null],
  ...entry(
    [
      'グラント経由で',
      'グラント経由の',
      'グラントによる',
      'グラントにより',
      'グラントによって',
      'グラントで',
      'グラントを通じて',
      'グラントを通じた',
      'grant経由で',
    ],
    'GRANT',
  ),
  ...entry(
    [
      'キーポリシー経由で',
      'キーポリシー経由の',
      'キーポリシーによる',
      'キーポリシーにより',
      'キーポリシーによって',
      'キーポリシーで',
      'ポリシーで',
      'ポリシーによる',
      'ポリシー経由で',
      'キーポリシーを通じて',
    ],
    'POLICY',
  ),
  // Not by the policy but by a grant: the grant is what is asked about.
  ...entry(
    ['ポリシー', 'キーポリシー'].flatMap((policy) =>
      ['ではなく', 'でなく', 'じゃなく', 'じゃなくて', 'ではなくて'].flatMap((not) =>
        [
          'グラント経由で',
          'グラントによって',
          'グラントにより',
          'グラントで',
          'グラントを通じて',
        ].map((by) => `${policy}${not}${by}`),
      ),
    ),
    'GRANT',
  ),
]);

/** What stands behind someone who may do something, and not behind the name of a thing. */
const behindVendor = /^(?:が|に|から|へ|も)/u;

export function accessGrammar(names: Names, places: Places): AccessGrammar {
  const { named } = names;
  const members = membersThatMay(names);
  const principalText = token((t) =>
    t.kind === 'arn' || t.kind === 'quoted' ? t.text : undefined,
  );
  const typed = (type: string) =>
    expand(named(['principal']), (v): readonly PermissionTest[] => {
      const fitting = v.values.filter((p) => p.includes(`:${type}/`));
      return fitting.length > 0 ? [{ grantee: granteeOf(fitting) }] : [];
    });
  const accountNumber = token((t) => (t.kind === 'account' ? t.text : undefined));
  const roleNoun = j('ロール', 'IAMロール', 'role', 'iam role');
  const userNoun = j('ユーザー', 'ユーザ', 'IAMユーザー', 'IAMユーザ', 'user', 'iam user');
  const groups: Parser<PermissionTest> = table<PermissionTest>([
    ...entry(externalWords, external),
    ...entry(externalAccountWords, externalAccount),
    ...entry(otherAccountWords, crossAccount),
    ...entry(insideWords, inside),
    ...entry(['IAMユーザー', 'IAMユーザ', 'IAM user', 'IAMユーザーたち'], { types: ['USER'] }),
    ...entry(['IAMロール', 'IAM role'], { types: ['ROLE'] }),
    ...entry(['AWSサービス', 'サービスプリンシパル'], { types: ['SERVICE'] }),
    ...entry(federatedWords, { types: ['FEDERATED'] }),
    // As a policy writes it; a condition may still limit who that is.
    ...entry(['Principal*', 'Principal "*"', 'ワイルドカードプリンシパル'], {
      types: ['ANYONE'],
      source: ['POLICY'],
    }),
  ]);
  // CloudVaultが, FastPayに: a vendor outside the organization, by a word of the name of a role of his.
  const vendor: Parser<PermissionTest> = (chart, at) =>
    map(seq(names.values.recalled('principal'), opt(j('社', 'さん', '側'))), ([v]) =>
      vendorOf(names.values, v.values),
    )(chart, at).flatMap(({ value: account, end }) =>
      account && behindVendor.test(textOf(chart.tokens.slice(end)))
        ? [{ value: { grantee: { account } }, end }]
        : [],
    );
  const who: Parser<PermissionTest> = rule(() =>
    alt(
      groups,
      members,
      vendor,
      map(seq(groups, j('など', '等')), ([t]) => t),
      map(seq(roleNoun, opt(j('の')), typed('role')), ([, , t]) => t),
      map(seq(userNoun, opt(j('の')), typed('user')), ([, , t]) => t),
      map(seq(typed('role'), opt(j('という', 'というIAM')), roleNoun), ([t]) => t),
      map(seq(typed('user'), opt(j('という', 'というIAM')), userNoun), ([t]) => t),
      // 外部委託先 111122223333: an account, said to be outside.
      map(
        seq(j(...externalAccountWords), opt(j('の', 'である', 'のID', 'ID')), accountNumber),
        ([, , account]): PermissionTest => ({ ...externalAccount, grantee: { account } }),
      ),
      map(
        seq(j('アカウント', 'AWSアカウント'), opt(j('ID')), places.account),
        ([, , account]): PermissionTest => ({ grantee: { account } }),
      ),
      map(
        seq(places.account, j('アカウント')),
        ([account]): PermissionTest => ({ grantee: { account } }),
      ),
      map(
        token((t) => (t.kind === 'account' ? t.text : undefined)),
        (account): PermissionTest => ({ grantee: { account } }),
      ),
      map(seq(j('プリンシパル', 'サービス', 'principal'), named(['principal'])), ([, v]) => ({
        grantee: granteeOf(v.values),
      })),
      map(
        seq(opt(j('ロール', 'ユーザー', 'プリンシパル')), principalText),
        ([, p]): PermissionTest => ({ grantee: { principals: [p] } }),
      ),
      map(
        named(['principal'], false),
        (v): PermissionTest => ({
          grantee: granteeOf(v.values),
        }),
      ),
    ),
  );
  const askedWho: Parser<PermissionTest> = rule(() =>
    alt(
      table<PermissionTest>([
        ...entry(
          ['人', '者', 'ユーザー', 'プリンシパル', 'アイデンティティ', '主体', '権限保持者'],
          {},
        ),
        ...entry(['ロール', 'IAMロール'], { types: ['ROLE'] }),
        ...entry(['IAMユーザー', 'IAMユーザ'], { types: ['USER'] }),
        ...entry(['サービス', 'AWSサービス', 'サービスプリンシパル'], { types: ['SERVICE'] }),
        ...entry(
          federatedWords.filter((w) => /プリンシパル|ユーザー|アイデンティティ/u.test(w)),
          { types: ['FEDERATED'] },
        ),
        ...entry(externalAccountWords, externalAccount),
        ...entry(['外部のプリンシパル', '外部プリンシパル', '組織外のプリンシパル'], external),
        ...entry(otherAccountWords, crossAccount),
      ]),
    ),
  );
  const anyone = j(...everyone.filter((w) => w !== '誰' && w !== 'だれ'));
  const whoCan: Parser<PermissionTest> = rule(() =>
    alt(
      map(
        seq(
          who,
          j(
            'が',
            'から',
            'は',
            'も',
            'に',
            'で',
            'によって',
            'により',
            'からも',
            'でも',
            'にも',
            'からは',
            'が直接',
          ),
        ),
        ([test]) => test,
      ),
      map(seq(anyone, opt(j('が', 'から', 'も', 'に'))), () => publicAccess),
    ),
  );
  const kindOfAccess: Parser<PermissionTest> = rule(() =>
    alt(
      table<PermissionTest>([
        ...entry(
          [
            '外部',
            '組織外',
            '社外',
            'サードパーティ',
            '外部からの',
            '組織外からの',
            '組織の外からの',
            '組織外部からの',
            '社外からの',
            '外部への',
            '外部の',
            '第三者の',
            '第三者からの',
            '外部による',
          ],
          external,
        ),
        ...entry(
          [
            '公開',
            'パブリック',
            '一般公開',
            '匿名',
            '誰からでも',
            '誰でも可能な',
            '不特定多数からの',
            'パブリックな',
            'public',
          ],
          publicAccess,
        ),
        ...entry(
          [
            'クロスアカウント',
            'クロスアカウントの',
            'アカウント間',
            'アカウント間の',
            'アカウントをまたぐ',
            'cross-account',
          ],
          crossAccount,
        ),
        ...entry(
          ['組織内のクロスアカウント', '組織内クロスアカウント', '同じ組織内のクロスアカウント'],
          inside,
        ),
      ]),
      map(seq(who, j('の', 'から', 'からの', 'への', 'による', 'に対する')), ([test]) => test),
    ),
  );
  const object: Parser<Filter> = rule(() =>
    alt(
      map(seq(through, kindOfAccess, levelNouns), ([source, test, levels]) =>
        narrowed(test, levels, source),
      ),
      map(seq(kindOfAccess, through, levelNouns), ([test, source, levels]) =>
        narrowed(test, levels, source),
      ),
      map(
        seq(through, j('何らかのアクセス', '何らかのアクセス権', 'なんらかのアクセス')),
        ([source]) => narrowed({}, null, source),
      ),
      // 復号アクセス; アクセス alone would say nothing.
      expand(seq(through, levelNouns), ([source, levels]) =>
        levels === null && source === null
          ? []
          : levels === null
            ? []
            : [narrowed({}, levels, source)],
      ),
      map(j('グラント', 'grant', 'グラント(許可)', '有効なグラント', 'アクティブなグラント'), () =>
        access({ source: ['GRANT'] }),
      ),
      map(j('外部グラント', '外部へのグラント', '外部のグラント', '組織外へのグラント'), () =>
        access({ ...external, source: ['GRANT'] }),
      ),
      map(seq(who, j('への', 'に対する', '向けの'), j('グラント')), ([test]) =>
        access({ ...test, source: ['GRANT'] }),
      ),
      map(denials, () => access({ denied: true, source: ['POLICY'] })),
      map(seq(who, j('への', 'に対する', '向けの'), denials), ([test]) =>
        access({ ...test, denied: true, source: ['POLICY'] }),
      ),
    ),
  );
  const predicate: Parser<{ filter: Filter; ending: Ending }> = rule(() =>
    alt(
      map(seq(through, whoCan, through, ability), ([before, test, after, { levels, ending }]) => ({
        filter: narrowed(test, levels, before ?? after),
        ending,
      })),
      notTheGiver(
        map(
          seq(
            through,
            alt(
              who,
              map(anyone, () => publicAccess),
            ),
            j('に', 'へ', 'と', 'に対して', 'にも', 'に対し', 'との間で', 'が', 'にまで'),
            opt(seq(levelNouns, opt(j('を', 'が')))),
            shared,
          ),
          ([source, test, , level, ending]) => ({
            filter: narrowed(test, level?.[0] ?? null, source),
            ending,
          }),
        ),
      ),
      // 管理者権限を外部に渡している
      map(
        seq(
          through,
          levelNouns,
          j('を', 'が'),
          alt(
            who,
            map(anyone, () => publicAccess),
          ),
          j('に', 'へ', 'に対して', 'にも', 'に対し', 'にまで'),
          shared,
        ),
        ([source, levels, , test, , ending]) => ({
          filter: narrowed(test, levels, source),
          ending,
        }),
      ),
      // aliceに許可が残っている
      map(
        seq(
          through,
          who,
          j('に', 'には', 'にも', 'に対して', 'に対する', 'へ', 'への'),
          levelNouns,
          j('が', 'の', 'も'),
          alt(
            godan({ a: '残ら', i: '残り', u: '残る', t: '残っ' }),
            ichidan('残され', '設定され', '付与され'),
          ),
        ),
        ([source, test, , levels, , ending]) => ({
          filter: narrowed(test, levels, source),
          ending,
        }),
      ),
      map(
        seq(
          through,
          kindOfAccess,
          levelNouns,
          alt(
            map(
              seq(
                j('を', 'が'),
                alt(
                  shared,
                  ichidan('でき', '可能でき'),
                  map(seq(j('可能'), copula), ([, e]) => e),
                ),
              ),
              ([, e]) => e,
            ),
            map(seq(j('可能'), copula), ([, e]) => e),
          ),
        ),
        ([source, test, level, ending]) => ({ filter: narrowed(test, level, source), ending }),
      ),
      map(
        seq(
          j('公開', '一般公開', '一般に公開', 'パブリックに公開', '全世界に公開'),
          ichidan('され'),
        ),
        ([, ending]) => ({ filter: access(publicAccess), ending }),
      ),
      map(
        seq(j('外部公開', '外部共有', '社外公開', '社外共有'), ichidan('され')),
        ([, ending]) => ({
          filter: access(external),
          ending,
        }),
      ),
      map(
        seq(
          j(
            'クロスアカウント共有',
            'クロスアカウントで共有',
            'クロスアカウントで公開',
            'アカウント間で共有',
            'アカウント間共有',
            'アカウントをまたいで共有',
            'アカウントを跨いで共有',
          ),
          ichidan('され'),
        ),
        ([, ending]) => ({
          filter: access(crossAccount),
          ending,
        }),
      ),
      map(
        seq(
          table<PermissionTest>([
            ...entry(['公開', 'パブリック', '公開状態', 'public', '一般公開'], publicAccess),
            ...entry(['クロスアカウント'], crossAccount),
            ...entry(['外部公開', '外部共有'], external),
          ]),
          copula,
        ),
        ([test, ending]) => ({ filter: access(test), ending }),
      ),
      map(seq(object, existence), ([filter, ending]) => ({ filter, ending })),
    ),
  );
  return {
    who,
    askedWho,
    object: alt(
      object,
      map(seq(unconditionally, object), ([, f]) => withoutCondition(f)),
      map(seq(beside, object), ([also, f]) => withBeside(f, also)),
    ),
    predicate: alt(
      predicate,
      map(seq(unconditionally, predicate), ([, { filter, ending }]) => ({
        filter: withoutCondition(filter),
        ending,
      })),
      map(seq(beside, predicate), ([also, { filter, ending }]) => ({
        filter: withBeside(filter, also),
        ending,
      })),
    ),
    ability,
  };
}

/** 同じキーに復号アクセスもある者の, as questions that are offered write it. */
const beside: Parser<NonNullable<PermissionTest['beside']>> = map(
  seq(
    j('同じキーに'),
    levelNouns,
    alt(
      map(j('もある者の'), () => true),
      map(j('はない者の'), () => false),
    ),
  ),
  ([, levels, holds]) => ({ levels: [...(levels ?? useLevels)], holds }),
);
const withBeside = (filter: Filter, beside: PermissionTest['beside']): Filter =>
  'is' in filter && filter.is === 'access'
    ? { ...filter, test: { ...filter.test, beside } }
    : filter;

/** No condition of the statement, and no constraint of the grant, limits it. */
const unconditionally = j(
  ...['条件なし', '条件無し', '無条件', 'Conditionなし', 'Condition無し'].flatMap((w) => [
    `${w}の`,
    `${w}で`,
    `${w}に`,
  ]),
  ...['条件', 'Condition', '条件句', 'Condition句', '条件指定'].flatMap((w) =>
    ['が', 'の', 'も', 'を'].flatMap((p) =>
      [
        'ない',
        '無い',
        'なく',
        '付いていない',
        'ついていない',
        '付けずに',
        'つけずに',
        '付けないで',
        '設定せずに',
        '設定されていない',
      ].map((not) => `${w}${p}${not}`),
    ),
  ),
);
function withoutCondition(filter: Filter): Filter {
  return 'is' in filter && filter.is === 'access' && !filter.test.denied
    ? { ...filter, test: { ...filter.test, unconditional: true } }
    : filter;
}
