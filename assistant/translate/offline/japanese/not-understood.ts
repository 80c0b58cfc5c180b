import type { Translation } from '../../translator.ts';
import { newChart } from '../grammar/chart.ts';
import type { Grammar } from '../grammar/grammar.ts';
import type { Plan } from '../plan/plan.ts';
import { decline } from '../respond.ts';
import type { Token } from '../tokens/token.ts';
import { exampleQuestions } from './examples.ts';
import { isSpelled, spelledAt } from './literals.ts';
import type { Names } from './names.ts';
import { belongTogether } from './nearness.ts';
import { japaneseTokens } from './tokens.ts';
import { goesOnOnly } from './topics.ts';
import { losesWords } from './unsaid.ts';

/** What the reading of a question that was not understood needs. */
interface Reader {
  readonly nearest: () => Translation | null;
  readonly grammar: Grammar;
  readonly names: Names;
  readonly question: (plan: Plan) => string;
  /** The answer that the question may go on from. */
  readonly before: Plan | null;
  /** Whether a reading leaves out, or turns around, what the words of the question ask for. */
  readonly loses: (plan: Plan) => boolean;
}

const MOST_CHOICES = 6;

/** Behind て: please, I would like; or nothing more. What is so (している) is not asked for. */
const please =
  '(?:て(?=ください|下さい|くださ|ほし|欲し|くれ|もら|貰|いただ|頂|お(?:い|き|け|く|願)|ちょうだい|頂戴|ね|よ|[。!?]*$)|といて|ろ|たい(?!キー|鍵)|なさい)';
/** Verbs that would change something, in a form that asks for it. */
const changing = new RegExp(
  `(削除|無効化|有効化|作成|変更|更新|追加|取り消|キャンセル|復旧|ローテーション|暗号化|復号|署名|付与|修正|停止|解除|設定|移動|コピー|インポート)(を)?(し${please}|せよ|する$|お願い|を実行して)|(無効|有効)に(し|戻し)${please}|消し(?:と|ちゃ|て)(?:い)?て(?:もら|くれ|ください|下さい|ほし|お)|(消し|止め|直し|変え|替え|回し|(?<=[キ鍵][ー]?を(?:新しく|新規に)?)作っ)${please}|(?:キー|鍵)を(作っ)て(?=、名前)|タグ(を)?付け${please}`,
  'u',
);
const secret =
  /秘密|シークレット(?!(?:(?:の|を)暗号化)?用|マネージャ|の暗号化に)|パスワード|平文|プレーンテキスト|認証情報|クレデンシャル|暗号文|キーマテリアル(そのもの|自体|を(見せて|表示|取得|出して|教えて))|秘密鍵|中身/u;
/** Words that show that the question is at least about this subject. */
const subject =
  /キー|鍵|カギ|KMS|CMK|アカウント|リージョン|ポリシー|グラント|エイリアス|ローテーション|懸念|検出結果|指摘|権限|プリンシパル|アクセス|未使用|タグ|コスト|費用|料金|収集|スナップショット|データ|ロール|ユーザー?|サービス|操作|変更|復号|暗号|署名|イベント|使用|利用|削除|\bkeys?\b|alias\//iu;
/** Words of nothing else: beside them a word that is not understood still speaks of keys. */
const ofKeys =
  /キー|鍵|カギ|KMS|CMK|ポリシー|グラント|エイリアス|ローテーション|懸念|検出結果|指摘|権限|復号|暗号/iu;
const help =
  /^(ヘルプ|使い方|(?:この(?:ツール|画面|アプリ)|ここ|これ|あなた)?(?:で|に|は|では)?、?何が(でき|聞け|質問でき|分か|わか|調べ)|どんな(こと|質問)が|help)/u;
/** Other things of the cloud, of which this data knows nothing. */
const keys = /キー|鍵|カギ|CMK|\bkeys?\b/iu;
const others =
  /S3バケット|バケット|EC2|インスタンス|Lambda|RDS|データベース|VPC|サブネット|IAMポリシー|ユーザー一覧|セキュリティグループ|CloudFront|DynamoDB|天気|株価|ニュース/iu;

/** Lambda経由で復号した: keys are what is used through a service. */
const throughThem = /経由.{0,8}(?:復号|暗号化|署名|使用|使っ|使わ|利用)/u;

const refusal =
  (question: string) =>
  (message: string, unknown: readonly string[] = []): Translation => ({
    ...decline(message, unknown),
    nearest: nearestExamples(question),
  });

/** What people ask of keys that this data does not tell, and what it tells instead. */
const untold: readonly (readonly [RegExp, string])[] = [
  [
    /退職|離職|退社|異動した|休職/u,
    '人事の情報（退職や異動など）はこのデータにありません。すでに削除されたユーザーやロールがポリシーに残っているキーは「削除済みプリンシパルが残っているキー」で分かります。',
  ],
  [
    /予測(?!可能)|(?:来|翌|次)(?:年|期|年度|四半期)の(?:KMS|AWS|キー)?(?:全体)?の?(?:コスト|費用|料金|請求|予算)/u,
    '今後の費用の予測はできません。分かるのは現在の月額コストです。「キーの年間コスト」のように、1年分に直した額は質問できます。',
  ],
  [
    /中央値|標準偏差|分散(?!し)|最頻値|パーセンタイル/u,
    '中央値や標準偏差は計算できません。平均、最大、最小、合計は質問できます。',
  ],
  [
    /待機期間|猶予期間/u,
    '削除までの待機期間は記録されていません。分かるのは、削除待ちのキーが削除される日です。「削除待ちのキーを削除日の早い順に」のように質問してください。',
  ],
  [
    /SCP|サービスコントロールポリシー|IAMポリシー|アクセス許可の境界|permissions? boundar/iu,
    'SCPやIAMポリシーは収集していません。分かるのは、キーポリシーとグラントによる許可です。',
  ],
  [
    /業務時間|営業時間|(?:夜間|深夜|早朝)(?!の?[(]?(?:UTC|JST|日本時間)?[の ]?[\d零一二三四五六七八九十])|週末|土日|休日|平日|祝日/u,
    '時間帯や曜日で絞り込むことはできません。「先週の管理操作」のように、期間で質問してください。',
  ],
];

/** Why a question is none for this data, whatever its words. Null when it may be one. */
export function outOfScope(question: string): Translation | null {
  const refuse = refusal(question);
  const text = question.normalize('NFKC');
  if (help.test(text)) {
    return refuse(
      'KMSキー、キーを使える人、使用状況、コスト、懸念事項について、日本語または英語で質問できます。例：',
    );
  }
  const order = changing.exec(text)?.[1] ?? changing.exec(text)?.[0];
  if (
    order &&
    !/(ですか|(?<!て(?:もらえ|くれ|いただけ|頂け))ますか|のは|はどれ|一覧)/u.test(text)
  ) {
    return refuse(
      `このツールは読み取り専用です。${order}などの変更操作はできません。現状の確認はできます。`,
    );
  }
  const hidden = secret.exec(text)?.[0];
  if (hidden) {
    return refuse(
      'シークレット、平文、キーマテリアルはこのデータに含まれていません。含まれるのは、キーとキーを使える人についての情報です。',
      [hidden],
    );
  }
  const absent = untold.find(([words]) => words.test(text));
  if (absent) return refuse(absent[1], [absent[0].exec(text)?.[0] ?? '']);
  return others.test(text) && !keys.test(text) && !throughThem.test(text)
    ? refuse(notAboutKeys)
    : null;
}

const nothingBefore =
  '絞り込みや並べ替えの対象となる直前の回答がありません。何についての質問かを含めて質問してください。';
const notAboutKeys =
  'KMSキーと、そのポリシー、使用状況、コスト、懸念事項に関する質問ではないようです。';

/**
 * What to say when no reading takes in the whole question: names what stands in the way and offers
 * complete questions without it. Never answers.
 */
export function explain(question: string, tokens: readonly Token[], reader: Reader): Translation {
  const refuse = refusal(question);
  if (reader.before === null && goesOnOnly(tokens)) return refuse(nothingBefore);
  const text = question.normalize('NFKC');
  const unknown = unknownPieces(tokens, reader);
  // Short questions after an answer name no subject; what they are made of is known all the same.
  const strange = unknown.reduce((n, u) => n + u.to - u.from, 0);
  if (!subject.test(text) && strange * 2 >= tokens.length) {
    return refuse(
      notAboutKeys,
      unknown.map((u) => u.text),
    );
  }
  return (
    unknownAlias(question, tokens, reader, refuse) ??
    unknownAccounts(tokens, reader, refuse) ??
    beginningOfName(text, unknown, reader) ??
    severalQuestions(text, reader) ??
    because(notRecorded, text, refuse) ??
    unknownWords(text, unknown, reader, refuse) ??
    because(leftOpen, text, refuse) ??
    reader.nearest() ??
    refuse('単語はいずれも分かりますが、質問全体を確実には理解できなかったため、回答しません。')
  );
}

interface Piece {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** Runs of the question that no phrase of the grammar and no name in the data covers. */
function unknownPieces(tokens: readonly Token[], { names }: Reader): readonly Piece[] {
  const chart = newChart(tokens, new Set());
  const covered = new Array<boolean>(tokens.length).fill(false);
  // The cover that leaves the fewest tokens out, from the end.
  const cost = new Array<number>(tokens.length + 1).fill(0);
  const step = new Array<number>(tokens.length).fill(0);
  for (let at = tokens.length - 1; at >= 0; at -= 1) {
    cost[at] = 1 + (cost[at + 1] ?? 0);
    step[at] = 0;
    const named = names.named(['region', 'account', 'ou', 'tag'], false)(chart, at);
    const ends = [
      ...spelledAt(tokens, at),
      ...knownAt(tokens, at, names),
      ...named.map(({ end }) => end),
    ];
    for (const end of ends) {
      const through = cost[end] ?? 0;
      // One character alone says little: a longer phrase is preferred, and so is a whole word.
      const price = end - at === 1 && tokens[at]?.kind === 'character' ? through + 0.4 : through;
      if (price < (cost[at] ?? 0)) {
        cost[at] = price;
        step[at] = end;
      }
    }
  }
  for (let at = 0; at < tokens.length; ) {
    const end = step[at] ?? 0;
    for (let i = at; i < end; i += 1) covered[i] = true;
    at = end > at ? end : at + 1;
  }
  // One known character between unknown ones is part of the unknown word.
  for (let at = 1; at + 1 < tokens.length; at += 1) {
    if (!covered[at - 1] && !covered[at + 1] && tokens[at]?.kind === 'character')
      covered[at] = false;
  }
  const pieces: Piece[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    if (covered[at]) continue;
    let [from, to] = [at, at + 1];
    while (to < tokens.length && !covered[to]) to += 1;
    // A katakana word is one word, however much of it is known: キーボード.
    while (from > 0 && sameRun(tokens[from - 1], tokens[from])) from -= 1;
    while (to < tokens.length && sameRun(tokens[to - 1], tokens[to])) to += 1;
    pieces.push({ text: textOf(tokens.slice(from, to)), from, to });
    at = to - 1;
  }
  return pieces;
}

const sameRun = (a: Token | undefined, b: Token | undefined): boolean =>
  a !== undefined && b !== undefined && belongTogether(a, b);

const textOf = (tokens: readonly Token[]) =>
  tokens.map((t) => `${t.glued ? (t.joint ?? '') : ''}${t.raw}`).join('');

/** Tokens that are understood by their form, and names in the data. */
function knownAt(tokens: readonly Token[], at: number, names: Names): readonly number[] {
  const token = tokens[at];
  if (!token) return [];
  if (!['character', 'word', 'symbol'].includes(token.kind)) return [at + 1];
  if (token.kind === 'symbol' && /^[。?!…・~]+$/u.test(token.text)) return [at + 1];
  if (token.kind === 'word') {
    let end = at + 1;
    while (tokens[end]?.glued) end += 1;
    const text = tokens.slice(at, end);
    return text.every((t) => t.kind === 'number' || names.values.knows(t.text) || isSpelled(t.text))
      ? [end]
      : [];
  }
  return /^[一二三四五六七八九十百千万]$/.test(token.text) ? [at + 1] : [];
}

/** An alias that no key has. */
function unknownAlias(
  question: string,
  tokens: readonly Token[],
  { grammar, names: { values } }: Reader,
  refuse: (message: string, unknown: readonly string[]) => Translation,
): Translation | null {
  const missing = tokens.find(
    (t) =>
      t.kind === 'alias' &&
      !values
        .exactly('alias', t.text.replace(/^alias\//i, ''))
        .some((v) => v.values[0]?.toLowerCase() === t.text.toLowerCase()),
  );
  if (!missing) return null;
  const words = missing.text
    .replace(/^alias\//i, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
  const near = words
    .flatMap((w) => values.containing('alias', w))
    .flatMap((v) => v.values)
    .filter((alias) => /^alias\/[\w/-]+$/.test(alias));
  const choices = [...new Set(near)]
    .map((alias) => question.replace(missing.raw, alias))
    .filter((q) => grammar.read(japaneseTokens(q)).length === 1)
    .slice(0, MOST_CHOICES);
  const message = `エイリアス${missing.raw}のキーは、このデータにありません。`;
  return choices.length > 0
    ? {
        kind: 'clarify',
        message: `${message}次のいずれかでしょうか？`,
        choices,
        unknownWords: [missing.raw],
      }
    : refuse(message, [missing.raw]);
}

/** An account that is none of the organization, whose keys are therefore not here. */
function unknownAccounts(
  tokens: readonly Token[],
  { names: { values } }: Reader,
  refuse: (message: string, unknown: readonly string[]) => Translation,
): Translation | null {
  const ids = tokens
    .filter((t) => t.kind === 'account' && values.accountName(t.text) === undefined)
    .map((t) => t.raw);
  if (ids.length === 0) return null;
  return refuse(
    `質問全体を確実には理解できませんでした。${ids.join('、')}はこのデータの組織のアカウントではないため、そのキーはここにありません。そのアカウントに何が許可されているかは、「アカウント${ids[0]}が使えるキー」のように質問できます。`,
    ids,
  );
}

/** So many letters of a name tell which one may be meant. */
const FEWEST_LETTERS = 6;

/** A name in Latin letters of which only the beginning is written: those that are called so are offered. */
function beginningOfName(
  question: string,
  unknown: readonly Piece[],
  { grammar, names: { values }, loses }: Reader,
): Translation | null {
  for (const { text } of unknown) {
    const written = text.toLowerCase().replaceAll(/[^a-z0-9]/gu, '');
    if (written.length < FEWEST_LETTERS || !/^[\w.@-]+$/u.test(text)) continue;
    const longer = (['principal', 'caller'] as const).flatMap((kind) =>
      [...values.names(kind)]
        .filter((name) => name.replaceAll(' ', '').startsWith(written))
        .flatMap((name) => values.exactly(kind, name))
        .flatMap((v) => v.values.flatMap((value) => value.split('/').at(-1) ?? [])),
    );
    const choices = [...new Set(longer)]
      .map((name) => question.replace(text, name))
      .filter((asked) => {
        const tokens = japaneseTokens(asked);
        const read = grammar.read(tokens);
        return (read.length > 0 ? read : grammar.readFreely(tokens)).some((plan) => !loses(plan));
      })
      .slice(0, MOST_CHOICES);
    if (choices.length > 0) {
      return {
        kind: 'clarify',
        message: `ちょうど「${text}」という名前のものはこのデータにありません。次のいずれかでしょうか？`,
        choices,
        unknownWords: [text],
      };
    }
  }
  return null;
}

/** What a second question adds about some of the same. */
const ofThese = /と、?(?=(?:そのうち|その中で|このうち))/u;
const MOST_OF_ONE = 2;

/**
 * Two questions in one, each of which is understood, the second perhaps as it goes on from the first: they
 * are offered one by one.
 */
function severalQuestions(text: string, { grammar, question }: Reader): Translation | null {
  const parts = text
    .split(/[?。!]+\s*/u)
    .flatMap((part) => part.split(ofThese))
    .map((part) => part.trim())
    .filter(Boolean);
  if (parts.length !== 2) return null;
  const read: (readonly Plan[])[] = [];
  for (const part of parts) {
    const tokens = japaneseTokens(part);
    const [before = null] = read[0] ?? [];
    const further = before
      ? [() => grammar.refine(tokens, before), () => grammar.refineFreely(tokens, before)]
      : [];
    const alone = [() => grammar.read(tokens), () => grammar.readFreely(tokens)];
    const meant =
      firstOf(further, losesWords(tokens, { before, asOf: null })) ??
      firstOf(before === null ? alone : [], losesWords(tokens, { before: null, asOf: null }));
    read.push(meant ?? []);
  }
  const [first = [], second = []] = read;
  if (first.length === 0 || second.length === 0) return null;
  const choices = [...first.slice(0, MOST_OF_ONE), ...second.slice(0, MOST_OF_ONE)].map(question);
  return new Set(choices).size < 2
    ? null
    : {
        kind: 'clarify',
        message: '2つの質問が含まれています。1つずつ回答します。どれですか？',
        choices: [...new Set(choices)],
        unknownWords: [],
      };
}

/** What the first of these ways of reading gives that leaves nothing out; null where none does. */
function firstOf(
  ways: readonly (() => readonly Plan[])[],
  loses: (plan: Plan) => boolean,
): readonly Plan[] | null {
  for (const read of ways) {
    const plans = read().filter((plan) => !loses(plan));
    if (plans.length > 0) return plans;
  }
  return null;
}

type Reasons = readonly (readonly [RegExp, string])[];
/** Why a question has no answer here, where the words tell. */
const notRecorded: Reasons = [
  [
    /(?:コスト|費用|料金|金額|請求額?|月額)(?:の|が|は)?(?:月次|月別|年次)?(?:の)?(?:推移|トレンド|増減|増え|減っ|上がっ|下がっ|前月比|先月比|前年比|変化)|(?:前月|先月|前年|昨年|去年)比|(?:前月|先月|先週|昨日|前年|昨年|去年)の(?:KMS|AWS|キー)?の?(?:コスト|費用|料金|金額|月額|請求)|(?:先月|前月|昨年|去年)(?:と|より|に比べ).*(?:コスト|費用|料金|金額|月額)/u,
    '分かるのは現在の月額コストだけで、以前のコストや推移は記録されていません。「作成年別のコスト」のように、今あるキーについて質問してください。',
  ],
  [
    /(?:最後に|前回|直近で|最終)の?ローテーション|ローテーションされたのが|一度もローテーション/u,
    '過去にいつローテーションされたかは記録されていません。分かるのは、自動ローテーションが有効かどうか、その期間、次回のローテーションの日です。',
  ],
  [
    /回数|頻度|頻繁|(?:最も|一番|いちばん)(?:多く|たくさん|よく|頻繁に)?[^、]{0,6}(?:使|利用|実行|操作|復号|呼)/u,
    '操作の回数は記録されていません。キー、操作、実行者の組み合わせごとに最後の1回だけが分かります。「先月キーの削除を予約したのは誰」のように、誰がいつ行ったかは質問できます。',
  ],
  [
    /(?:前回|1つ前|一つ前|前)の(?:スナップショット|収集|データ)|スナップショット(?:同士|間)の|(?:前回|昨日のデータ)と(?:比べ|比較)/u,
    '以前のスナップショットとの比較はできません。「昨日以降に作成されたキー」「先週の変更」のように、日付や操作で質問してください。',
  ],
  [
    /(?:キー|鍵|CMK)の?(?:本|個|総)?数(?:は|が|の|って)?.{0,8}(?:増え|増加|減っ|減少|増減|推移)|(?:先月|先週|昨日|昨年|去年|前月|前年|以前)(?:末|同期)?(?:と|に|より)(?:比べ|比較し)?.{0,12}(?:増え|減っ)/iu,
    'データは1時点のものなので、以前の数は分かりません（削除されたキーは残っていません）。「月別の作成数」のように、今あるキーの作成日で質問してください。',
  ],
  [
    /\d{1,2}時(?!間|点)/u,
    'この時刻を確実には読み取れませんでした。時刻の範囲は、毎日の時間帯ではなく「昨日の15時から18時に無効化されたキー」のように、1日の中の範囲で質問してください。',
  ],
];
/** Why a question whose words are all known is not clear. */
const leftOpen: Reasons = [
  [
    /(?:上位|下位|トップ|ベスト|ワースト|top) ?\d/iu,
    '何の順の上位かが示されていません。「最近使われた順に5件」「月額コストが高い順に5件」のように、順序を含めて質問してください。',
  ],
];
function because(
  reasons: Reasons,
  text: string,
  refuse: (message: string) => Translation,
): Translation | null {
  const reason = reasons.find(([words]) => words.test(text));
  return reason ? refuse(reason[1]) : null;
}

function unknownWords(
  text: string,
  unknown: readonly Piece[],
  { before, nearest }: Reader,
  refuse: (message: string, unknown: readonly string[]) => Translation,
): Translation | null {
  if (unknown.length === 0) return null;
  const texts = unknown.map((u) => u.text);
  const message = `「${texts.join('」「')}」を理解できなかったため、それを無視して回答することはしません。`;
  const near = before !== null || ofKeys.test(text) ? nearest() : null;
  return near ?? refuse(message, texts);
}

/** The examples that share the most pairs of characters with a question. */
export function nearestExamples(question: string, most = 3): readonly string[] {
  const pairs = (text: string) => {
    const chars = [...text.normalize('NFKC')].filter((c) => /[\p{L}\p{N}]/u.test(c));
    return new Set(chars.slice(1).map((c, i) => `${chars[i]}${c}`));
  };
  const asked = pairs(question);
  return exampleQuestions
    .map((text, order) => {
      const own = pairs(text);
      const shared = [...own].filter((p) => asked.has(p)).length;
      return { text, order, score: shared / Math.sqrt(own.size) };
    })
    .sort((a, b) => b.score - a.score || a.order - b.order)
    .slice(0, most)
    .map((s) => s.text);
}
