import { formatNumber } from '../text/number.ts';
import type { Messages } from './en.ts';

/** The page in Japanese. A sentence left out here appears in English. */
export const ja: Partial<Messages> = {
  skipToQuestion: '質問欄へ移動',
  dataLabel: 'データ',
  dataAsOf: (when) => `データ時点: ${when}`,
  dataUnknown: 'データの状態を読み取れませんでした。',
  dataLoading: 'データの状態を読み取っています…',
  simulated: '模擬データ',
  simulatedTitle: 'Example Corp は架空の組織です。実在の組織のデータではありません。',
  earlierSnapshot: '以前のスナップショット',
  scope: (keys, accounts) => `${formatNumber(accounts)} アカウントの ${formatNumber(keys)} キー`,
  theme: '配色',
  themeSystem: 'システム',
  themeLight: 'ライト',
  themeDark: 'ダーク',
  language: '言語',
  newConversation: '最初から',
  newConversationTitle: 'このページと以前の質問の一覧を消去します',

  welcomeTitle: '組織のすべての KMS キーについて質問できます',
  welcomeText:
    '普段の言葉で質問してください。どの回答にも、解釈した内容、根拠となる行、実行したクエリが示されます。データから答えられないことは、推測せずにお断りします。',
  starters: '質問の例',

  conversation: '質問と回答',
  conversationStart: 'ここから新しい会話です。上の質問の内容は引き継がれません。',
  question: '質問',
  questionBox: '質問',
  questionPlaceholder: 'KMS キーについて質問',
  questionHelp: 'Enter で送信、Shift+Enter で改行します。',
  send: '質問する',
  stop: '停止',
  stopTitle: '停止 (Escape)',

  progress: '進行状況',
  understanding: '質問の解釈',
  checking: 'SQL の検査',
  running: '実行',
  answering: '回答の作成',
  announceRunning: '質問を処理しています。',
  announceStopped: '停止しました。',

  understood: '解釈した内容:',
  notes: '注記',
  truncated: (shown, total) =>
    total !== null && total > shown
      ? `該当する ${formatNumber(total)} 行のうち、最初の ${formatNumber(shown)} 行だけを表示しています。`
      : `最初の ${formatNumber(shown)} 行だけを表示しています。ほかにも該当する行があります。`,

  table: '結果の表',
  filter: '行を絞り込む',
  rowsShown: (shown, all) =>
    shown === all
      ? `${formatNumber(all)} 行`
      : `${formatNumber(all)} 行のうち ${formatNumber(shown)} 行`,
  noRows: '該当する行はありません。',
  noRowsForFilter: 'この文字列を含む行はありません。',
  rowNumber: '行',
  showRow: (row) => `${row} 行目: すべての値を表示`,
  rowTitle: (row) => `${row} 行目`,
  close: '閉じる',
  noValue: '値なし',
  emptyText: '空の文字列',
  emptyList: '空のリスト',
  emptyMap: '項目なし',
  yes: 'はい',
  no: 'いいえ',
  hiddenCharacter: (codePoint) => `目に見えない文字: ${codePoint}`,

  chart: (y, x) => `${x} ごとの ${y}`,
  chartLeft: (left) => `ほかの ${formatNumber(left)} 行は表にあります。`,

  provenance: 'この回答の根拠',
  coverage: '収集範囲',
  downloadCsv: 'CSV をダウンロード',
  downloadEvidence: '証跡 (JSON)',

  how: 'どのように回答したか',
  copy: 'コピー',
  copied: 'コピーしました',
  copyFailed: 'コピーできません。テキストを選択してください',
  engine: 'エンジン',
  elapsed: '所要時間',
  scanned: 'スキャン量',
  translator: '変換方式',
  snapshot: 'スナップショット',
  queryId: 'クエリ ID',
  resultHash: '結果のハッシュ (SHA-256)',
  tables: 'テーブル',
  answeredAt: '回答日時',
  accountRegions: 'アカウント×リージョン',
  coverageCounts: (ok, partial, failed, skipped) =>
    `完全に読み取り ${formatNumber(ok)}、一部 ${formatNumber(partial)}、読み取れず ${formatNumber(failed)}、対象外 ${formatNumber(skipped)}`,

  followUps: '続けて質問する',
  clarifyTitle: '確認させてください',
  declinedTitle: 'この質問には答えられません',
  choices: '次のどれでしょうか',
  nearest: '代わりに答えられる質問',
  unknownWords: '理解できなかった語:',

  errorTitle: '回答できませんでした',
  errorNothingClaimed: '途中で問題が起きたため、何も主張しません。',
  whatToDo: '対処:',
  errorCode: (code) => `コード: ${code}`,
  retry: '再試行',
  unreachable: 'サーバーに接続できません。',
  unreachableHint: 'サーバーが動作し、接続できることを確認してから再試行してください。',
  interrupted: '回答が完了する前に接続が切れました。',
  interruptedHint: '再試行してください。繰り返す場合はサーバーのログを確認してください。',
  unreadable: '応答を読み取れませんでした。',
  unreadableHint:
    'ページとサーバーの版が異なる可能性があります。ページを再読み込みしてから再試行してください。',
  refused: 'サーバーが質問を受け付けませんでした。',
  refusedHint: '再試行してください。繰り返す場合はサーバーのログを確認してください。',
  stoppedText: '回答の前に停止しました。',
  askAgain: 'もう一度質問する',
  storedText: '以前に回答済みです。',
  showAnswer: '回答を表示',
  fetching: '回答を取得しています…',
  unfetched: '以前の回答を今は読み取れません。',
  gone: 'この回答はサーバーに残っていません。',
  notDisplayable: 'この回答を表示できませんでした。証跡はダウンロードできます。',
};
