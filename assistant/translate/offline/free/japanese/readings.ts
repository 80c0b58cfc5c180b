import { alt, map, type Parser, seq } from '../../grammar/chart.ts';
import { j } from '../../japanese/literals.ts';
import type { Piece } from '../piece.ts';
import { standing } from './around.ts';

const reading =
  (...statuses: readonly string[]) =>
  (): Piece => ({ is: 'reading', statuses });

const verbs = [
  '読み取',
  '読みと',
  '読',
  '取',
  '収集',
  '取得',
  '読み込',
  '取り込',
  'スキャン',
  '把握',
];
const potential: Readonly<Record<string, string>> = {
  読み取: 'れ',
  読みと: 'れ',
  読: 'め',
  取: 'れ',
  読み込: 'め',
  取り込: 'め',
};
/** Stems to which ない and た are added: 読み取れ, 収集でき. */
const able = verbs.map((v) => `${v}${potential[v] ?? 'でき'}`);
const objects = ['', 'データを', 'データが', '情報を', '情報が', 'うまく', '正しく', '正常に'];
const denied = [
  'なかった',
  'ていない',
  'てない',
  'ない',
  'ませんでした',
  'ていません',
  'なかったの',
  'ていないの',
];
const done = ['た', 'ている', 'てる', 'ていた', 'ました', 'ています'];

const notAtAll = objects.flatMap((o) => able.flatMap((v) => denied.map((end) => `${o}${v}${end}`)));
const inPart = ['一部しか', '一部だけしか', '部分的にしか', '途中までしか', '不完全にしか'].flatMap(
  (part) =>
    objects.flatMap((o) => able.flatMap((v) => denied.map((end) => `${part}${o}${v}${end}`))),
);
const partly = ['一部だけ', '一部のみ', '部分的に', '途中まで'].flatMap((part) =>
  able.flatMap((v) => done.map((end) => `${part}${v}${end}`)),
);
const incomplete = ['不完全', '途中', '中途半端', '部分的'].flatMap((w) =>
  ['な', 'の', 'だった', 'である', 'になっている', 'で終わった', 'に終わった'].flatMap((end) => [
    `収集が${w}${end}`,
    `読み取りが${w}${end}`,
    `データが${w}${end}`,
  ]),
);
const runs = [
  '収集',
  '読み取り',
  'データ収集',
  'データの収集',
  '取得',
  'データ取得',
  'データの取得',
  'スキャン',
  '取り込み',
];
const failed = runs.flatMap((run) => [
  ...['に', 'が'].flatMap((p) =>
    [
      '失敗した',
      '失敗している',
      '失敗してる',
      '失敗しました',
      '失敗となった',
      '失敗になった',
      '失敗に終わった',
    ].map((end) => `${run}${p}${end}`),
  ),
  ...['が', 'の状態が', 'のステータスが', '状態が', 'ステータスが', '状況が', '結果が', ''].flatMap(
    (p) =>
      ['', 'の', 'になった', 'になっている', 'だった', 'である', 'となった', 'となっている'].map(
        (end) => `${run}${p}FAILED${end}`,
      ),
  ),
]);
const erroneous = ['収集', '読み取り', 'データ収集', '取得', ''].flatMap((run) =>
  ['エラーが', 'エラーの', 'で、エラーが', 'でエラーが', 'エラーに']
    .filter((w) => (run === '' ? w.startsWith('エラー') : true))
    .flatMap((w) =>
      (w.endsWith('に')
        ? ['なった', 'なっている', 'なってる']
        : [
            '出た',
            '出ている',
            '出てる',
            '発生した',
            '発生している',
            '起きた',
            '起きている',
            'あった',
            'ある',
          ]
      ).map((end) => `${run}${w}${end}`),
    ),
);
const status = (code: string) =>
  runs.flatMap((run) =>
    ['が', 'の状態が', 'のステータスが', '状態が', 'ステータスが', '状況が', '結果が', ''].flatMap(
      (p) =>
        ['', 'の', 'になった', 'になっている', 'だった', 'である', 'となった', 'となっている'].map(
          (end) => `${run}${p}${code}${end}`,
        ),
    ),
  );
const skipped = ['収集', '読み取り', 'データ収集', 'スキャン', '取得', ''].flatMap((run) => [
  ...['スキップされた', 'スキップされている', 'スキップした', 'スキップされました'].flatMap(
    (end) => (run === '' ? [end] : [`${run}が${end}`, `${run}を${end}`, `${run}で${end}`]),
  ),
  ...(run === ''
    ? []
    : [
        `${run}の対象外になった`,
        `${run}の対象外になっている`,
        `${run}対象外の`,
        `${run}の対象外の`,
      ]),
]);

/** なぜ失敗したのですか: of the reading that an answer was about. */
const whyNot: Parser<Piece> = standing(
  map(
    seq(
      j('なぜ', 'どうして', 'なんで', '何で', '何故', 'なにゆえ'),
      j('', '、'),
      j(
        ...[...able.flatMap((v) => denied.map((end) => `${v}${end}`))],
        ...['', '収集に', '読み取りに', '取得に', '収集が', '読み取りが'].flatMap((run) =>
          ['失敗した', '失敗している', '失敗してる', '失敗しました', '失敗'].map(
            (w) => `${run}${w}`,
          ),
        ),
        'エラーになった',
        'エラーになっている',
        'エラーが出た',
        'エラー',
      ),
      j(
        '',
        'の',
        'のか',
        'のです',
        'のですか',
        'んですか',
        'のでしょう',
        'のでしょうか',
        'んだろう',
        'か',
        'なの',
        'んだ',
      ),
    ),
    (): Piece => ({ is: 'errors' }),
  ),
  ({ before, after }) =>
    /^(それは|それらは|これは|では|で)?、?$/u.test(before) && /^[。?!]*$/u.test(after),
);

/** What was read are accounts and their Regions, not policies or keys. */
const ofAccounts = /アカウント|リージョン|どこ|領域|場所/u;
const ofKeys = /キー|鍵|CMK|ポリシー/iu;

/** How the reading of accounts and Regions went. A "not" belongs to the words themselves. */
export const readings: Parser<Piece> = alt(
  whyNot,
  standing(
    alt(
      map(j(...notAtAll), reading('FAILED', 'PARTIAL')),
      map(j(...inPart, ...partly, ...incomplete, ...status('PARTIAL')), reading('PARTIAL')),
      map(j(...failed), reading('FAILED')),
      map(
        standing(j(...erroneous), ({ after }) => ofAccounts.test(after)),
        reading('FAILED', 'PARTIAL'),
      ),
      map(j(...skipped, ...status('SKIPPED')), reading('SKIPPED')),
      map(
        j(
          'アカウントとリージョン',
          'アカウント・リージョン',
          'アカウントやリージョン',
          'アカウントおよびリージョン',
          'アカウントとリージョンの組み合わせ',
          'アカウントとリージョンの組',
        ),
        (): Piece => ({ is: 'dimension', entity: 'coverage', dimension: { column: 'region' } }),
      ),
      map(
        j('アカウント', 'AWSアカウント'),
        (): Piece => ({ is: 'dimension', entity: 'coverage', dimension: { column: 'account_id' } }),
      ),
      map(
        j('リージョン', 'AWSリージョン'),
        (): Piece => ({ is: 'dimension', entity: 'coverage', dimension: { column: 'region' } }),
      ),
      map(
        j(
          'エラーコード',
          'とエラーコード',
          'エラー内容',
          'とエラー内容',
          'エラー',
          'エラーメッセージ',
          'その理由',
          'とその理由',
          'と理由',
          'その原因',
          'とその原因',
          'と原因',
          '理由',
          '原因',
          'とエラー',
        ),
        (): Piece => ({ is: 'errors' }),
      ),
    ),
    ({ all }) => ofAccounts.test(all) && !ofKeys.test(all) && asksOfReading.test(all),
  ),
);
const asksOfReading =
  /エラー(?:が|に|の)|取れ(?:な|て|た|ま)|収集|読み取|読みと|読め|読み込|取得|取り込|スキャン|スキップ|把握でき/u;
