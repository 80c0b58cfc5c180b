import type { LanguageCode } from '../language.ts';
import type { Turn } from '../translator.ts';

/**
 * What to say to a question about the last answer itself: for its SQL, or for a file of its rows. Null
 * for any other question, and where the last question was not answered. Nothing runs for it.
 */
export function aboutTheAnswer(
  question: string,
  last: Turn,
  language: LanguageCode,
): string | null {
  const { sql, file, told } = asked[language];
  const text = question.trim();
  if (text.length > LONGEST) return null;
  // How rows become a file is the same, whatever came last.
  if (asFile.alone.test(text)) return told.file;
  if (last.sql === null) return null;
  // In one line: a message has no others.
  if (sql.test(text)) return `${told.sql} ${last.sql.replaceAll(/\s*\n\s*/g, ' ')}`;
  return file.test(text) ? told.file : null;
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

/**
 * A question that ends in what its answer is to become, without that end, and what is said of files; null
 * where it does not.
 */
export function withoutFile(
  question: string,
  language: LanguageCode,
): { readonly question: string; readonly told: string } | null {
  const rest = language === 'en' ? asFile.behind.exec(question.trim())?.[1] : undefined;
  return rest === undefined ? null : { question: rest, told: asked[language].told.file };
}

/** Longer questions ask for more than this. */
const LONGEST = 60;

const asked = {
  en: {
    sql: /^(and |now |please |ok |can you |could you |can i |may i )*(show|see|print|give|get|display|what|which|how)\b.*\b(sql|query)\b|^(the )?(sql|query)\W*$/i,
    file: /\b(export|download|csv|excel|spreadsheet)\b/i,
    told: {
      sql: 'The last answer came from this SQL:',
      file: 'The rows of an answer can be had as CSV: the page has a button for it under the table, and on the command line "ask --json" prints all rows.',
    },
  },
  ja: {
    sql: /(SQL|クエリ)/i,
    file: /(CSV|エクスポート|ダウンロード|書き出)/i,
    told: {
      sql: '直前の回答は次の SQL によるものです。',
      file: '回答の行は CSV で取得できます。画面では表の下のボタンから、コマンドラインでは「ask --json」ですべての行を出力できます。',
    },
  },
} as const;
