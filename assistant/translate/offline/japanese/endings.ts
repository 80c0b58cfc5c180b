import { alt, expand, map, type Parser, seq } from '../grammar/chart.ts';
import { table } from './literals.ts';

/**
 * How predicates end. Japanese says what joins two conditions, and whether one is denied, by the ending
 * of the verb or adjective: 使われている (before a noun), 使われており (and …), 使われていない (not).
 */

/** Where a predicate can stand with this ending. */
export type Slot =
  /** Before a noun, and in plain speech at the end: 使われている, 無効な. */
  | 'attributive'
  /** Before another predicate, meaning "and": 使われており, 無効で. */
  | 'continuative'
  /** A noun without ending: 無効. */
  | 'nominal'
  /** At the end only: 使われています, 無効です. */
  | 'final';

export interface Ending {
  readonly negated: boolean;
  readonly slot: Slot;
}

const forms = (negated: boolean, slot: Slot, ...texts: readonly string[]) =>
  texts.map((text) => [text, { negated, slot }] as const);

/** After て or で: いる, いない, おり, おらず. */
const afterTe = [
  ...forms(false, 'attributive', 'いる', 'る', 'いた', 'ある', 'きた'),
  ...forms(false, 'continuative', 'いて', 'おり', 'あり', 'あって'),
  ...forms(false, 'attributive', 'しまう', 'しまった', 'しまっている', 'しまってる'),
  ...forms(false, 'continuative', 'しまい', 'しまって', 'しまっており', 'しまっていて'),
  ...forms(false, 'final', 'しまいます', 'います', 'いました', 'いますか', 'あります', 'る'),
  ...forms(
    true,
    'attributive',
    'いない',
    'ない',
    'いなかった',
    'おらない',
    'いないまま',
    'いないままの',
    'ないままの',
  ),
  ...forms(true, 'continuative', 'おらず', 'いなくて', 'いなく', 'いず', 'なくて', 'なく'),
  ...forms(true, 'final', 'いません', 'ません', 'いませんでした', 'いないです', 'おりません'),
];

const te = (prefix: string) =>
  afterTe.map(([text, ending]) => [`${prefix}${text}`, ending] as const);

/** A state that goes on: 残ったままの. */
const left = (past: string) => [`${past}まま`, `${past}ままの`, `${past}ままになっている`];

/** Not any more: 使われなくなった. */
const nolonger = ['なくなった', 'なくなっている', 'なくなってる'];

/** Behind the stem of a verb in る, and of the passive and potential forms: 使われ-, 使え-, でき-. */
const ichidanEndings = table<Ending>([
  ...forms(false, 'attributive', 'る', 'た', 'うる', '得る', 'るよう', 'るはずの'),
  ...forms(false, 'attributive', 'ちゃう', 'ちゃった', 'ちゃってる', 'ちゃっている', ...left('た')),
  ...forms(false, 'continuative', 'て', '', 'つつ'),
  ...forms(false, 'final', 'ます', 'ました', 'るの', 'たの'),
  ...te('て'),
  ...forms(false, 'attributive', 'っぱなしの', 'っぱなしになっている', 'っぱなしである'),
  ...forms(true, 'attributive', 'ない', 'なかった', 'ないまま', 'ないままの', ...nolonger),
  ...forms(true, 'continuative', 'ず', 'ずに', 'なくて', 'なく'),
  ...forms(true, 'final', 'ません', 'ませんでした', 'ないです'),
]);

/** A verb in る by its stem, or several. */
export const ichidan = (...stems: readonly string[]): Parser<Ending> =>
  map(seq(table(stems.map((s) => [s, s] as const)), ichidanEndings), ([, ending]) => ending);

/** Nouns that become verbs with する: done, being done. */
export const sahen = (...nouns: readonly string[]): Parser<Ending> =>
  alt(
    ichidan(...nouns.flatMap((n) => [`${n}し`, `${n}を行っ`, `${n}を実施し`])),
    table(forms(false, 'attributive', ...nouns.map((n) => `${n}する`))),
  );

interface Godan {
  /** Before ない: 使わ. */
  readonly a: string;
  /** Before ます: 使い. */
  readonly i: string;
  /** As it stands in a dictionary: 使う. */
  readonly u: string;
  /** Before て and た: 使っ. */
  readonly t: string;
  /** 読んだ, not 読った. */
  readonly voiced?: true;
}

/** Verbs of the other kind: 使う, 持つ, 含む. */
export function godan(...verbs: readonly Godan[]): Parser<Ending> {
  return table<Ending>(
    verbs.flatMap(({ a, i, u, t, voiced }) => {
      const [teForm, taForm] = voiced ? [`${t}で`, `${t}だ`] : [`${t}て`, `${t}た`];
      return [
        ...forms(false, 'attributive', u, taForm, ...left(taForm)),
        ...forms(false, 'continuative', i, teForm),
        ...forms(false, 'final', `${i}ます`, `${i}ました`),
        ...te(teForm),
        ...forms(
          false,
          'attributive',
          `${i}っぱなしの`,
          `${i}っぱなしになっている`,
          `${i}っぱなしである`,
        ),
        ...forms(true, 'attributive', `${a}ない`, `${a}なかった`, `${a}ないまま`, `${a}ないままの`),
        ...forms(true, 'attributive', ...nolonger.map((end) => `${a}${end}`)),
        ...forms(true, 'continuative', `${a}ず`, `${a}ずに`, `${a}なくて`, `${a}なく`),
        ...forms(true, 'final', `${i}ません`, `${i}ませんでした`, `${a}ないです`),
      ];
    }),
  );
}

/** Behind a noun that is a predicate: 無効な, 無効で, 無効ではない, 無効になっている; or nothing. */
export const copula: Parser<Ending> = table<Ending>([
  ...forms(false, 'nominal', ''),
  ...forms(
    false,
    'attributive',
    'な',
    'の',
    'である',
    'であった',
    'だった',
    'になった',
    'にした',
    'にある',
    'のまま',
    'のままの',
    'のままになっている',
    'のままである',
    'なまま',
    'なままの',
    'なままになっている',
    'なままである',
    'なままとなっている',
    'になったまま',
    'になったままの',
    'にしたまま',
    'にしたままの',
    'となった',
    'となる',
    'とされている',
    'の状態の',
    'な状態の',
    '状態の',
    '状態である',
    '状態にある',
    'の状態にある',
    'という',
  ),
  ...forms(
    false,
    'continuative',
    'で',
    'であり',
    'であって',
    'でありながら',
    'のままで',
    'なままで',
    'のままであり',
    'になったままで',
    'となり',
    'になり',
    '状態で',
    '状態であり',
    'の状態で',
  ),
  ...forms(false, 'final', 'です', 'だ', 'でした', 'なの', 'でしょう', 'であります'),
  ...te('になって'),
  ...te('となって'),
  ...te('にして'),
  ...te('にされて'),
  ...te('に設定されて'),
  ...te('と設定されて'),
  ...forms(false, 'attributive', 'に設定された', 'にされた', 'に設定した'),
  ...forms(
    true,
    'attributive',
    'でない',
    'ではない',
    'じゃない',
    'でなかった',
    'ではなかった',
    'でもない',
  ),
  ...forms(
    true,
    'continuative',
    'でなく',
    'ではなく',
    'じゃなく',
    'でなくて',
    'ではなくて',
    'じゃなくて',
    'でもなく',
  ),
  ...forms(
    true,
    'final',
    'ではありません',
    'でありません',
    'じゃありません',
    'ではないです',
    'でないです',
    'でもありません',
  ),
]);

/** Behind what a thing has or has not: がある, のない, を持つ, が付いている, なしの. */
export const existence: Parser<Ending> = existenceEndings();

function existenceEndings(): Parser<Ending> {
  const subject = table(['が', 'の', 'は', 'も', 'を', 'って', ''].map((p) => [p, p] as const));
  const thereIs = table<Ending>([
    ...forms(
      false,
      'attributive',
      'ある',
      'あった',
      '有る',
      '付きの',
      'つきの',
      'ありの',
      '有りの',
    ),
    ...forms(false, 'continuative', 'あり', 'あって', '有り', '付きで', 'ありで'),
    ...forms(false, 'final', 'あります', 'ありました', 'ございます', 'あるの'),
    ...forms(false, 'nominal', 'あり', '有り', '付き'),
    ...forms(
      true,
      'attributive',
      'ない',
      '無い',
      'なかった',
      'なしの',
      '無しの',
      'ゼロの',
      '未設定の',
    ),
    ...forms(true, 'continuative', 'なく', '無く', 'なくて', '無くて', 'なしで', '無しで'),
    ...forms(true, 'final', 'ありません', 'ないです', 'ございません', 'ありませんか'),
    ...forms(true, 'nominal', 'なし', '無し', '未設定'),
  ]);
  const has = alt(
    godan(
      { a: '持た', i: '持ち', u: '持つ', t: '持っ' },
      { a: 'もた', i: 'もち', u: 'もつ', t: 'もっ' },
      { a: '付か', i: '付き', u: '付く', t: '付い' },
      { a: 'つか', i: 'つき', u: 'つく', t: 'つい' },
      { a: '残ら', i: '残り', u: '残る', t: '残っ' },
      { a: '含ま', i: '含み', u: '含む', t: '含ん', voiced: true },
      { a: '見つから', i: '見つかり', u: '見つかる', t: '見つかっ' },
      { a: '挙がら', i: '挙がり', u: '挙がる', t: '挙がっ' },
      { a: '上がら', i: '上がり', u: '上がる', t: '上がっ' },
    ),
    ichidan('付けられ', 'つけられ', '備え', '認められ', '抱え', '出', '挙げられ'),
    ichidan(
      '割り当てられ',
      ...[
        '設定',
        '付与',
        '登録',
        '記録',
        '存在',
        '検出',
        '検知',
        '許可',
        '定義',
        '報告',
        '残存',
      ].flatMap((n) => [`${n}され`, `${n}し`]),
      '与え',
      '与えられ',
      '許し',
      '認め',
      '有し',
    ),
    table(forms(false, 'attributive', '有する', '存在する', '許可する', '許す')),
  );
  // タグが一つも付いていない
  const none = table(
    [
      '一つも',
      '1つも',
      'ひとつも',
      '一個も',
      '1個も',
      '何も',
      '全く',
      'まったく',
      '1件も',
      '一件も',
    ].map((p) => [p, p] as const),
  );
  return alt(
    expand(seq(subject, none, alt(thereIs, has)), ([, , ending]) =>
      ending.negated ? [ending] : [],
    ),
    map(seq(subject, thereIs), ([, ending]) => ending),
    map(seq(subject, has), ([, ending]) => ending),
  );
}

/** Only those that can stand at the end of a sentence. */
export const endsSentence = ({ slot }: Ending): boolean =>
  slot === 'attributive' || slot === 'final' || slot === 'nominal';
