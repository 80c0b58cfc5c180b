import { alt, map, opt, type Parser, rule, seq, token } from '../../grammar/chart.ts';
import type { AccessGrammar } from '../../japanese/access.ts';
import { caller } from '../../japanese/callers.ts';
import type { GrammarContext } from '../../japanese/context.ts';
import { j } from '../../japanese/literals.ts';
import type { Places } from '../../japanese/places.ts';
import type { PermissionTest, UsageTest } from '../../plan/plan.ts';
import type { Piece } from '../piece.ts';
import { type Around, depending, standing } from './around.ts';
import { doneByThem } from './wants.ts';

/** What marks someone as doing or being given something. */
const particle = opt(
  j(
    'が',
    'は',
    'に',
    'から',
    'によって',
    'により',
    'による',
    'へ',
    'で',
    'に対して',
    'に対し',
    'からの',
    'への',
    'にも',
    'からも',
    'としても',
    'の',
    '経由で',
    '経由の',
    '経由',
    'を通じて',
    'を通して',
    '越しに',
    'なら',
  ),
);
const lead = opt(
  j(
    'ユーザー',
    'ユーザ',
    'ロール',
    'IAMユーザー',
    'IAMユーザ',
    'IAMロール',
    'プリンシパル',
    'サービス',
    'アカウント',
    'AWSアカウント',
    '担当者',
    'セッション',
  ),
);
const title = opt(
  j('さん', '氏', '様', 'くん', '君', 'ユーザー', 'ユーザ', 'ロール', 'サービス', 'アカウント'),
);

/** What marks someone as the one who did something. */
const agent = opt(
  j(
    'が',
    'は',
    'に',
    'から',
    'からは',
    'によって',
    'により',
    'による',
    'で',
    'からの',
    'にも',
    'からも',
    'の',
    'が実際に',
    'から実際に',
    'に実際に',
    'によって実際に',
    '経由で',
    '経由の',
    '経由',
    'を通じて',
    'を通して',
    '越しに',
    'なら',
    'の資格情報で',
    'の認証情報で',
    'の権限で',
  ),
);

const root = j('root', 'rootユーザー', 'ルートユーザー', 'ルートユーザ', 'ルート');

/** Who did something, by how he stands to the key or how he signed in, where no name is given. */
export const callersApart: Parser<Partial<UsageTest>> = alt(
  map(
    seq(
      opt(
        j(
          'キーとは',
          '所有者とは',
          '所有者と',
          '所有アカウントとは',
          '自分とは',
          '自アカウントとは',
          '所有元とは',
          'キーの所有者とは',
          'キーの所有アカウントとは',
          'キーのアカウントとは',
          'キーを所有するアカウントとは',
          'キーを持つアカウントとは',
        ),
      ),
      j(
        ...[
          '別の',
          '別',
          '他の',
          '他',
          'ほかの',
          '異なる',
          '違う',
          '所有者以外の',
          '所有アカウント以外の',
          'キーの所有者以外の',
        ].flatMap((other) => [`${other}アカウント`, `${other}AWSアカウント`]),
      ),
      opt(j('の人', 'の者', 'の誰か', 'のプリンシパル', 'の呼び出し元')),
    ),
    () => ({ callerFrom: 'OTHER_ACCOUNT' as const }),
  ),
  map(j('アカウントをまたいで', 'アカウントを跨いで', 'クロスアカウントで'), () => ({
    callerFrom: 'OTHER_ACCOUNT' as const,
  })),
  map(
    seq(
      j(
        '組織外',
        '組織外部',
        '組織の外',
        '組織の外部',
        '社外',
        '外部',
        '会社の外',
        '他社',
        '第三者',
        '外部の第三者',
        '部外者',
        'サードパーティ',
        'サードパーティー',
        'ベンダー',
        'ベンダ',
        '外部ベンダー',
        '取引先',
        '委託先',
        '外部委託先',
        '業務委託先',
        '協力会社',
        'パートナー企業',
        ...['組織に属さない', '組織に属していない', '組織に所属しない', '組織に含まれない'].flatMap(
          (outside) => [`${outside}アカウント`, `${outside}AWSアカウント`],
        ),
      ),
      opt(
        j(
          'アカウント',
          'のアカウント',
          'AWSアカウント',
          'のAWSアカウント',
          'の人',
          'の者',
          'の誰か',
          'のプリンシパル',
          'の相手',
          'の呼び出し元',
        ),
      ),
    ),
    () => ({ callerFrom: 'EXTERNAL' as const }),
  ),
  map(j('IAMユーザー', 'IAMユーザ', 'IAM user', 'IAMUser'), () => ({ identityTypes: ['IAMUser'] })),
  map(
    seq(
      j('イベント', 'イベントID', 'イベントのID', 'CloudTrailイベント'),
      opt(j('ID', 'が', ':')),
      token((t) => (t.kind === 'key_id' ? t.text : undefined)),
    ),
    ([, , id]) => ({ eventIds: [id] }),
  ),
);

/** One who is given something did not do it: bobにグラントを作成した, 外部に付与された. */
const given = /グラント|許可|権限|アクセス権|付与|与え|渡/u;
/** に marks whoever did it only before a passive: aliceに使われた. */
const passive = /^[^、。]*?(され|われ|られ|かれ|まれ)/u;

/** One who gives access is not the one who is given it: payments-prodが許可している. */
const gives =
  /^(許可して|公開して|共有して|開放して|付与して|提供して|渡して|開いて|許可する|公開する|共有する)/u;
const verbsOfGiving = /(許可し|公開し|共有し|開放し|付与し|提供し|渡し|開い|許し)/u;

/** Behind the name of whoever uses keys. */
const doesNext =
  /^(?:が|は)(?:実際に|最近|先月|今月|昨日)?(?:使っ|使う|使用し|利用し|復号し|暗号化し|署名し)|^(?:に|によって|から)(?:使われ|使用され|利用され)/u;

/** Anyone a question can name: as a principal of policies, as a caller, or as both. */
export function someone(
  { names }: GrammarContext,
  access: AccessGrammar,
  places: Places,
): Parser<Piece> {
  const did: Parser<Partial<UsageTest>> = alt(
    caller(names),
    map(root, () => ({ callers: ['root'] })),
    map(seq(root, j('以外', '以外の人', '以外のユーザー', '以外の誰か')), () => ({
      butNot: { callers: ['root'] },
    })),
    map(seq(places.account, j('アカウント')), ([callerAccount]) => ({ callerAccount })),
    // payments-prodが使っている: an account does so as well as a user.
    map(
      standing(names.named(['account'], false), ({ after }) => doesNext.test(after)),
      (v) => ({ callerAccount: v.values[0] ?? '' }),
    ),
    callersApart,
    // 直接使われた: through no service.
    map(
      standing(j('直接', '直に'), ({ after }) =>
        /^(?:に|、)?(?:キーを|鍵を)?(?:使(?:われ|っ)|(?:使用|利用|復号|暗号化|署名)(?:さ|し)|呼ば|呼び出|叩)/u.test(
          after,
        ),
      ),
      () => ({ direct: true as const }),
    ),
  );
  const may = grantee(access);
  return rule(() =>
    alt(
      depending(
        seq(lead, may, opt(j('さん', 'ユーザー', 'ロール')), particle),
        ([, test, , how], around): readonly Piece[] =>
          isGiver(how, around.after) || notDone.test(around.after) || wasDone.test(around.after)
            ? []
            : [{ is: 'someone', someone: { may: test, did: null } }],
      ),
      depending(seq(lead, did, title, agent), ([, test, , how], around): readonly Piece[] =>
        isReceiver(how, around.after) ||
        (isKind(test) && (isHead(how, around) || owns(how, around)))
          ? []
          : [{ is: 'someone', someone: { may: null, did: test } }],
      ),
      // Lambdaだけが使っている: nobody else did.
      map(
        standing(seq(lead, did, title, nobodyElse), ({ after }) => usesNext.test(after)),
        ([, test]): Piece => ({
          is: 'someone',
          someone: { may: null, did: test },
          alone: true,
        }),
      ),
    ),
  );
}

/** だけが, だけから, だけに of whoever did what follows. */
const nobodyElse = j(
  ...['だけ', 'のみ', '経由だけ', '経由のみ'].flatMap((only) =>
    ['が', 'から', 'に', 'によって', 'により', 'が実際に', 'に実際に', 'から実際に'].map(
      (how) => `${only}${how}`,
    ),
  ),
);
const usesNext =
  /^(?:実際に|最近|先月|今月|今週|(?:過去|直近)の?\d+(?:日|か月|ヶ月|カ月|週)(?:間|以内)?(?:に|で)?|、)*(?:キーを|鍵を)?(?:使(?!え|用でき)|(?:使用|利用|復号化?|暗号化|署名|アクセス|操作|変更|呼び出)(?:を)?[しさに]|呼[ばん]|触[らっ])/u;

/** Whether he used it is denied, in a condition that knows nothing of him: aliceは使っていない. */
const notDone =
  /^(では|でも|には|からは|からも|から|で|に|[はもが])?、?(過去|直近|ここ)?[\d一二三四五六七八九十半]*(日|か月|ヶ月|カ月|年|週)?(間|以上)?(も|は)?(まだ|一度も|1度も|全く|まったく|実際に)?(使|利用|使用)(わ|っ|し|され|われ)(て)?(い|お)?(ない|なく|なかった|ず|らず|ません)/u;

/** What follows was done, whoever may: ロールが使った. */
const wasDone =
  /^[はがに]?(から)?(実際に)?(使っ|使われ|(利用|使用|復号|暗号化|署名|変更|操作)(し|され))(た|て)/u;

/** Whether it is not the one who did what follows; `による` then asks for what was done. */
function isReceiver(how: string | null, after: string): boolean {
  if (how === 'による' || how === 'からの') return doneByThem.test(after);
  if (how === null && /^(に(?!よ)|へ)/u.test(after)) return true;
  if (notDone.test(after)) return true;
  return how !== null && /^に(も)?$/u.test(how) && (given.test(after) || !passive.test(after));
}

const isKind = ({ callerFrom, identityTypes }: Partial<UsageTest>) =>
  callerFrom !== undefined || identityTypes !== undefined;

/** 復号したIAMユーザー asks for them, not for the keys; は誰 says so itself. */
const isHead = (how: string | null, { before, after }: Around) =>
  /[たる]$/u.test(before) && (how === null || how === 'は') && !/^(誰|だれ|どなた)/u.test(after);

/** 他のアカウントのキー: whose key it is, not who did something. */
const owns = (how: string | null, { after }: Around) =>
  (how === 'の' && ofKey.test(after)) ||
  (how === null && after.startsWith('の') && ofKey.test(after.slice(1)));
const ofKey = /^(KMS)?(キー|鍵|CMK)/iu;

function isGiver(how: string | null, after: string): boolean {
  const subject = how === 'が' || how === 'は' || (how === null && /^[がは]/u.test(after));
  return subject && (gives.test(after) || verbsOfGiving.test(after));
}

/** One who may use keys. */
export const grantee = (access: AccessGrammar): Parser<PermissionTest> => alt(access.who, kinds);

/** Kinds of principals, besides those of the access grammar. */
const kinds: Parser<PermissionTest> = alt(
  map(
    j(
      '誰でも',
      'だれでも',
      '不特定多数',
      '全世界',
      '世界中',
      'インターネット',
      '匿名ユーザー',
      '一般',
    ),
    (): PermissionTest => ({ trust: ['PUBLIC'] }),
  ),
  map(
    standing(j('ロール'), ({ after }) =>
      /^(と|や|、|または|および|が|に|から|も|だけ|のみ|の?(一覧|リスト|数|人数)|は|って|を|$)/u.test(
        after,
      ),
    ),
    (): PermissionTest => ({ types: ['ROLE'] }),
  ),
);
