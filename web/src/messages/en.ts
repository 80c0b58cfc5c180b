import { formatNumber } from '../text/number.ts';

function count(number: number, one: string, many: string): string {
  return `${formatNumber(number)} ${number === 1 ? one : many}`;
}

/** Every sentence of the page, in English. The other languages fill in for what they have. */
export const en = {
  productName: 'KMS Insights',
  skipToQuestion: 'Skip to the question box',
  dataLabel: 'Data',
  dataAsOf: (when: string) => `Data as of ${when}`,
  dataUnknown: 'The state of the data could not be read.',
  dataLoading: 'Reading the state of the data…',
  simulated: 'Simulated data',
  simulatedTitle: 'Example Corp is made up. Nothing here is about a real organization.',
  earlierSnapshot: 'From an earlier snapshot',
  scope: (keys: number, accounts: number) =>
    `${count(keys, 'key', 'keys')} in ${count(accounts, 'account', 'accounts')}`,
  theme: 'Theme',
  themeSystem: 'System',
  themeLight: 'Light',
  themeDark: 'Dark',
  language: 'Language',
  newConversation: 'Start over',
  newConversationTitle: 'Clears this page and its list of earlier questions',

  welcomeTitle: 'Ask about every KMS key of your organization',
  welcomeText:
    'Ask in your own words. Each answer shows what was understood, the rows it rests on, and the query behind it. What cannot be answered from the data is declined, not guessed.',
  starters: 'Questions to start with',

  conversation: 'Questions and answers',
  conversationStart: 'A new conversation starts here. It does not refer to the questions above.',
  question: 'Question',
  questionBox: 'Your question',
  questionPlaceholder: 'Ask about KMS keys',
  questionHelp: 'Enter sends, Shift+Enter starts a new line.',
  send: 'Ask',
  stop: 'Stop',
  stopTitle: 'Stop (Escape)',

  progress: 'Progress',
  understanding: 'Understanding',
  checking: 'Checking the SQL',
  running: 'Running',
  answering: 'Answering',
  announceRunning: 'Working on your question.',
  announceStopped: 'Stopped.',

  feedback: 'Is this right?',
  feedbackRatings: { up: 'Yes', down: 'No' },
  feedbackComment: 'What is right or wrong about it (optional)',
  feedbackSend: 'Send comment',
  feedbackResults: {
    rated: 'Noted, thank you.',
    commented: 'Noted with your comment, thank you.',
    failed: 'This could not be noted. Try again.',
  },

  understood: 'I understood:',
  notes: 'Notes',
  truncated: (shown: number, total: number | null) =>
    total !== null && total > shown
      ? `Only the first ${formatNumber(shown)} of ${formatNumber(total)} matching rows are shown.`
      : `Only the first ${formatNumber(shown)} rows are shown; more match.`,

  table: 'Result table',
  filter: 'Filter these rows',
  rowsShown: (shown: number, all: number) =>
    shown === all
      ? count(all, 'row', 'rows')
      : `${formatNumber(shown)} of ${count(all, 'row', 'rows')}`,
  noRows: 'No row matches.',
  noRowsForFilter: 'No row contains this text.',
  rowNumber: 'Row',
  showRow: (row: number) => `Row ${row}: show all values`,
  rowTitle: (row: number) => `Row ${row}`,
  close: 'Close',
  noValue: 'no value',
  emptyText: 'empty text',
  emptyList: 'empty list',
  emptyMap: 'no entries',
  yes: 'yes',
  no: 'no',
  utc: 'UTC',
  hiddenCharacter: (codePoint: string) => `A character that cannot be seen: ${codePoint}`,

  chart: (y: string, x: string) => `${y} by ${x}`,
  chartLeft: (left: number) => `${count(left, 'more row', 'more rows')} in the table.`,

  provenance: 'Where this answer comes from',
  coverage: 'Coverage',
  downloadCsv: 'Download CSV',
  downloadEvidence: 'Evidence (JSON)',

  how: 'How was this answered?',
  sql: 'SQL',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Not copied: select the text instead',
  engine: 'Engine',
  elapsed: 'Time',
  scanned: 'Data scanned',
  cost: 'Cost of the scan',
  reused: 'Result',
  reusedResult: 'of an earlier, equal query over the same snapshot',
  translator: 'Translator',
  model: 'Model',
  modelTokens: 'Tokens of the model',
  tokensUsed: (read: number, cached: number, written: number) =>
    `${formatNumber(read)} read, ${formatNumber(cached)} of them from the cache; ${formatNumber(written)} written`,
  modelCost: 'Cost of the model',
  byModel: 'Written by the model; its numbers and names were found in the rows.',
  narrative: 'Words of the model',
  narrativeOutcomes: {
    grounded: 'checked against the rows and shown',
    repaired: 'mended after a check against the rows, and shown',
    replaced: 'not shown: they were not borne out by the rows',
    failed: 'none: the model could not be used',
  },
  narrativeWrong: 'Not found in the rows',
  prompt: 'Prompt (version, SHA-256)',
  snapshot: 'Snapshot',
  queryId: 'Query id',
  resultHash: 'Result hash (SHA-256)',
  tables: 'Tables',
  answeredAt: 'Answered at',
  accountRegions: 'Account-Regions',
  coverageCounts: (ok: number, partial: number, failed: number, skipped: number) =>
    `${formatNumber(ok)} read completely, ${formatNumber(partial)} in part, ${formatNumber(failed)} not read, ${formatNumber(skipped)} left out`,

  followUps: 'Ask next',
  clarifyTitle: 'I need to ask back',
  declinedTitle: 'I cannot answer this',
  choices: 'Did you mean',
  nearest: 'What I can answer instead',
  unknownWords: 'Not understood:',

  errorTitle: 'No answer',
  errorNothingClaimed: 'Something broke on the way. Nothing is claimed.',
  whatToDo: 'What to do:',
  errorCode: (code: string) => `Code: ${code}`,
  retry: 'Retry',
  unreachable: 'The server cannot be reached.',
  unreachableHint: 'Check that it is still running and that you are connected, then retry.',
  interrupted: 'The connection ended before the answer was complete.',
  interruptedHint: 'Retry the question. If it happens again, look at the server’s log.',
  unreadable: 'The reply could not be read.',
  unreadableHint:
    'The page and the server may be of different versions: reload the page, then retry.',
  refused: 'The server refused the question.',
  refusedHint: 'Retry; if it happens again, look at the server’s log.',
  stoppedText: 'Stopped before there was an answer.',
  askAgain: 'Ask again',
  storedText: 'Answered earlier.',
  showAnswer: 'Show the answer',
  fetching: 'Fetching the answer…',
  unfetched: 'The earlier answer cannot be read now.',
  gone: 'The server no longer keeps this answer.',
  notDisplayable: 'This answer could not be displayed. Its evidence can still be downloaded.',
};

export type Messages = typeof en;
