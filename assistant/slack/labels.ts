import type { Narrative } from '../answer/narrative.ts';
import type { LanguageCode } from '../translate/language.ts';

/** What is said in Slack around an answer. */
export interface Labels {
  readonly question: string;
  /** Stands before the words of a model, whose numbers and names were found in the rows. */
  readonly byModel: string;
  /** Why there are no words of the model. */
  readonly withoutWords: (outcome: Narrative['outcome']) => string;
  readonly understood: string;
  /** How many rows there are besides those shown; null when their number is not known. */
  readonly more: (rows: number | null) => string;
  readonly columnsLeftOut: (columns: number) => string;
  readonly note: string;
  readonly coverage: string;
  readonly data: (asOf: string, snapshotId: string, simulated: boolean) => string;
  readonly next: string;
  readonly whichOne: string;
  readonly answerable: string;
  readonly sql: string;
  readonly csv: string;
  readonly web: string;
  readonly share: string;
  /** Names the person who shared an answer, who stands before it. */
  readonly shared: string;
  readonly sqlOf: string;
  readonly csvOf: (shown: number, all: number) => string;
  readonly cutShort: string;
  readonly working: string;
  readonly busy: string;
  readonly uncertain: string;
  readonly refused: string;
  readonly undelivered: (question: string) => string;
  readonly notShareable: string;
  readonly answerGone: string;
  readonly contextGone: string;
  readonly notShown: string;
  readonly failed: string;
  readonly statusTitle: string;
  readonly status: (keys: number, accounts: number) => string;
  readonly help: string;
  readonly helpCommands: readonly (readonly [string, string])[];
  readonly helpOther: string;
}

const n = (value: number) => value.toLocaleString('en-US');

export const labels: Readonly<Record<LanguageCode, Labels>> = {
  en: {
    question: 'Question: ',
    byModel: "The model's words, checked against the rows: ",
    withoutWords: (outcome) =>
      outcome === 'replaced'
        ? "The model's words are left out: they were not borne out by the rows."
        : 'The model said nothing of the rows, because it could not be used.',
    understood: 'Understood: ',
    more: (rows) =>
      rows === null ? '… and more rows, whose number is not known.' : `… and ${n(rows)} more.`,
    columnsLeftOut: (columns) =>
      `${n(columns)} more column${columns === 1 ? ' is' : 's are'} in the CSV.`,
    note: 'Note: ',
    coverage: 'Coverage: ',
    data: (asOf, snapshotId, simulated) =>
      `Data as of ${asOf}${simulated ? ' (simulated: Example Corp)' : ''}, snapshot ${snapshotId}.`,
    next: 'You could ask next:',
    whichOne: 'Which do you mean?',
    answerable: 'Questions that can be answered:',
    sql: 'Show SQL',
    csv: 'CSV',
    web: 'Open in the web page',
    share: 'Share in channel',
    shared: ' shared this answer.',
    sqlOf: 'The SQL that ran:',
    csvOf: (shown, all) =>
      shown === all ? `CSV, ${n(all)} rows:` : `CSV, the first ${n(shown)} of ${n(all)} rows:`,
    cutShort: 'It is cut short; the web page and the command line have it whole.',
    working: 'Looking for the answer …',
    busy: 'There are too many questions at once, and this one was not taken. Ask again in a minute.',
    uncertain:
      'It is not certain that the question was taken. If no answer comes within a minute, ask again.',
    refused:
      'KMS Insights does not answer you here. Whoever runs it can allow this workspace, channel and user.',
    undelivered: (question) =>
      `Slack did not take the answer to an earlier question: “${question}”. Ask it again.`,
    notShareable:
      'This answer is not shared: people in this channel may not see all the accounts that it may speak of.',
    answerGone: 'This answer is not kept any more. Ask the question again.',
    contextGone:
      'What this question goes on from is not remembered any more. Ask the whole question with /kms.',
    notShown: 'Slack does not take this answer. Ask for less, or ask in the web page.',
    failed:
      'The question could not be answered. Try again; whoever runs KMS Insights has it in the log.',
    statusTitle: 'What answers are made from',
    status: (keys, accounts) => `${n(keys)} keys in ${n(accounts)} accounts.`,
    help: 'Ask about the AWS KMS keys of the organization, in your own words. Answers are shown to you alone until you share them.',
    helpCommands: [
      ['/kms which keys have external access and were unused for 90 days?', 'a question'],
      ['/kms top concerns', 'the concerns that most keys share'],
      ['/kms key alias/NAME', 'one key; its id or ARN will do too'],
      ['/kms status', 'what data there is, and what could not be read'],
      ['/kms help', 'this'],
    ],
    helpOther: '日本語でも質問できます： /kms ヘルプ',
  },
  ja: {
    question: '質問：',
    byModel: 'モデルの説明（結果の行と照合済み）：',
    withoutWords: (outcome) =>
      outcome === 'replaced'
        ? 'モデルの説明は、結果の行で裏付けられないため省略しました。'
        : 'モデルを利用できなかったため、モデルの説明はありません。',
    understood: '解釈：',
    more: (rows) =>
      rows === null ? '…ほかにも行があります（件数は不明）。' : `…ほか${n(rows)}件。`,
    columnsLeftOut: (columns) => `ほかの${n(columns)}列はCSVに含まれます。`,
    note: '注：',
    coverage: '収集範囲：',
    data: (asOf, snapshotId, simulated) =>
      `データ時点：${asOf}${simulated ? '（模擬データ：Example Corp）' : ''}、スナップショット：${snapshotId}。`,
    next: '続けて質問できます：',
    whichOne: 'どれでしょうか？',
    answerable: '回答できる質問の例：',
    sql: 'SQLを表示',
    csv: 'CSV',
    web: 'Webページで開く',
    share: 'チャンネルに共有',
    shared: ' さんがこの回答を共有しました。',
    sqlOf: '実行したSQL：',
    csvOf: (shown, all) =>
      shown === all ? `CSV（${n(all)}行）：` : `CSV（${n(all)}行のうち先頭${n(shown)}行）：`,
    cutShort: '途中までの表示です。全体はWebページかコマンドラインで確認できます。',
    working: '回答を調べています…',
    busy: '質問が混み合っているため、受け付けられませんでした。1分ほどしてからもう一度質問してください。',
    uncertain:
      '質問を受け付けられたか確認できません。1分ほど待っても回答がなければ、もう一度質問してください。',
    refused:
      'KMS Insightsはここでは回答できません。管理者がワークスペース・チャンネル・ユーザーを許可すると利用できます。',
    undelivered: (question) =>
      `前の質問への回答をSlackに届けられませんでした：「${question}」。もう一度質問してください。`,
    notShareable:
      'この回答は共有できません。このチャンネルには、回答に含まれうるアカウントをすべては閲覧できない人がいます。',
    answerGone: 'この回答は保存されていません。もう一度質問してください。',
    contextGone:
      '元の回答が残っていないため、続けて質問できません。/kms で質問全体を入力してください。',
    notShown:
      'この回答はSlackに表示できません。範囲を絞って質問するか、Webページで質問してください。',
    failed: '回答できませんでした。もう一度お試しください。詳細は管理者のログにあります。',
    statusTitle: '回答の元になるデータ',
    status: (keys, accounts) => `${n(accounts)}アカウントの${n(keys)}個のキー。`,
    help: '組織のAWS KMSキーについて、普段の言葉で質問できます。回答は、共有するまで自分だけに表示されます。',
    helpCommands: [
      ['/kms 90日間使われていない外部アクセス可能なキーは？', '質問'],
      ['/kms 主な懸念', '該当するキーの多い懸念事項'],
      ['/kms キー alias/NAME', '1個のキー（キーIDやARNも可）'],
      ['/kms 状態', 'データの範囲と、読み取れなかったもの'],
      ['/kms ヘルプ', 'この説明'],
    ],
    helpOther: 'Questions in English: /kms help',
  },
};
