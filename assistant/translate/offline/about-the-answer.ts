import type { LanguageCode } from '../language.ts';
import type { Turn } from '../translator.ts';

/**
 * What to say to a question about the last answer itself: for its SQL, a file or a chart of its rows. Null
 * for any other question. Nothing runs for it.
 */
export function aboutTheAnswer(
  question: string,
  last: Turn,
  language: LanguageCode,
): string | null {
  const { sql, file, chart, told } = asked[language];
  const text = question.trim();
  if (text.length > LONGEST) return null;
  // How rows become a file is the same, whatever came last.
  if (asFile.alone.test(text)) return told.file;
  if (last.sql === null) return sql.test(text) ? told.noSql : null;
  // In one line: a message has no others.
  if (sql.test(text)) return `${told.sql} ${last.sql.replaceAll(/\s*\n\s*/g, ' ')}`;
  if (file.test(text)) return told.file;
  return chart.test(text) ? told.chart : null;
}

const format = '(?:csv|excel|xlsx?|spreadsheet)(?: (?:file|format|sheet|table))?';
const asFile = {
  alone: new RegExp(
    `^(?:and |now |ok |so |please |can (?:i|you|we) |could (?:i|you|we) |give me |i need |i want |get |have |export |download |save |put |send |show |me )*(?:it |that |this |them |these |those |(?:the|this|that) (?:answer|results?|rows|table|list) )?(?:(?:as|in|into|to|for|an?) )*${format}(?:,? (?:please|too|as well|of (?:it|that|this)))*\\W*$`,
    'i',
  ),
  behind: new RegExp(
    `^(.+?)[,;.?]?\\s+(?:(?:and )?(?:please )?(?:export|save|send|download|put)(?: it| that| them| this)? )?(?:as|in|into|to) (?:an? )?${format}(?:,? please)?[?.!]*$`,
    'i',
  ),
};

const drawn =
  '(?:(?:bar|line|pie|column|simple|nice|small|quick|donut|stacked) )*(?:chart|graph|plot|diagram|histogram|bars?)';
const draw =
  '(?:(?:can|could|would) (?:you|i|we) )?(?:please )?(?:draw|plot|make|show|give|get|create|generate|build|render|produce|see|have|put|turn|display|visuali[sz]e|chart|graph)';
const asChart = {
  alone: new RegExp(
    `^(?:and |now |ok |so )*(?:${draw} ?(?:me |us )?(?:it |that |this |them |these |those |the (?:answer|results?|rows|table|numbers) )?)?(?:(?:as|in|into|on|of|for|an?) )*(?:${drawn}(?: (?:of|for|from|with) (?:it|that|this|them|these|those|the (?:answer|results?|rows|table|numbers)))?)(?:,? (?:please|too|as well|instead))*\\W*$|^(?:and |now |ok |so )*(?:(?:can|could) you )?(?:please )?(?:plot|visuali[sz]e|chart|graph|draw) (?:it|that|this|them|these|those)(?:,? please)?\\W*$`,
    'i',
  ),
  behind: new RegExp(
    `^(.+?)[,;.]?\\s+(?:(?:and )?(?:please )?(?:show|draw|plot|display|present)(?: it| that| them| this)? )?(?:as|in|on) (?:an? )?${drawn}(?:,? please)?[?.!]*$`,
    'i',
  ),
  before: new RegExp(
    `^(?:and |now |ok |so |please )*(?:${draw} (?:me |us )?an? ${drawn} (?:of|for|showing|with)|(?:an? )?${drawn} (?:of|for|showing)|(?:(?:can|could) you )?(?:please )?(?:plot|visuali[sz]e|chart|graph)) (?:the |our |all )*(?!(?:it|that|this|them|these|those)\\b)(.+?)[?.!]*$`,
    'i',
  ),
};

/**
 * A question without what its answer is to become, a file or a chart, and what is said of these; null where
 * it asks for neither.
 */
export function withoutForm(
  question: string,
  language: LanguageCode,
): { readonly question: string; readonly told: string } | null {
  if (language !== 'en') return null;
  const text = question.trim();
  const { told } = asked.en;
  // "Show it as a chart" is of the answer before.
  if (asFile.alone.test(text) || asChart.alone.test(text)) return null;
  const filed = asFile.behind.exec(text)?.[1];
  if (filed !== undefined) return { question: filed, told: told.file };
  const charted = asChart.behind.exec(text)?.[1] ?? asChart.before.exec(text)?.[1];
  return charted === undefined ? null : { question: charted, told: told.chart };
}

/** Longer questions ask for more than this. */
const LONGEST = 60;

const asked = {
  en: {
    sql: /^(and |now |please |ok |can you |could you |can i |may i )*(show|see|print|give|get|display|what|which|how)\b.*\b(sql|query)\b|^(the )?(sql|query)\W*$/i,
    file: /\b(export|download|csv|excel|spreadsheet)\b/i,
    chart: asChart.alone,
    told: {
      sql: 'The last answer came from this SQL:',
      noSql: 'The last question was not answered, so there is no SQL to show.',
      file: 'The rows of an answer can be had as CSV: the page has a button for it under the table, and on the command line "ask --json" prints all rows.',
      chart:
        'The page draws answers that have groups as a chart, above the table. Ask for groups, such as "per account", "by month" or "per team".',
    },
  },
  ja: {
    sql: /(SQL|クエリ)/i,
    file: /(CSV|エクスポート|ダウンロード|書き出)/i,
    chart: /^(?:それを|これを)?(?:棒|折れ線|円)?(?:グラフ|チャート)(?:に|で|化|を)[^、]{0,12}$/u,
    told: {
      sql: '直前の回答は次の SQL によるものです。',
      noSql: '直前の質問には回答していないため、表示できる SQL はありません。',
      file: '回答の行は CSV で取得できます。画面では表の下のボタンから、コマンドラインでは「ask --json」ですべての行を出力できます。',
      chart:
        'グループのある回答は、画面で表の上にグラフとして表示されます。「アカウント別」「月別」「チーム別」のようにグループを指定してください。',
    },
  },
} as const;
