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
  if (text.length > LONGEST || last.sql === null) return null;
  // In one line: a message has no others.
  if (sql.test(text)) return `${told.sql} ${last.sql.replaceAll(/\s*\n\s*/g, ' ')}`;
  return file.test(text) ? told.file : null;
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
