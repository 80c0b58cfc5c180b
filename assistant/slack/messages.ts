import type { Answered } from '../answer/answer.ts';
import { toCsv } from '../answer/csv.ts';
import { visibleLines } from '../answer/inert-text.ts';
import type { StatusBody } from '../server/api.ts';
import type { LanguageCode } from '../translate/language.ts';
import { ephemeral, languageOfAnswer } from './answer-message.ts';
import { labels } from './labels.ts';
import type { Message } from './message.ts';
import { cut, inert, preformatted, richText, section } from './rich-text.ts';

/** Messages besides answers. */

/** UTF-16 units of a box. */
const LONGEST_BOX = 8_000;

export function helpMessage(language: LanguageCode): Message {
  const { help, helpCommands, helpOther } = labels[language];
  const commands = helpCommands.map(([command, what]) =>
    section({ type: 'text', text: command, style: { code: true } }, ...inert(`  ${what}`)),
  );
  return ephemeral(help, [
    richText(section(...inert(help)), ...commands, section(...inert(helpOther))),
  ]);
}

export function statusMessage(
  status: StatusBody,
  coverage: string,
  language: LanguageCode,
): Message {
  const say = labels[language];
  const keys = say.status(status.keys, status.accounts);
  return ephemeral(keys, [
    richText(
      section(...inert(say.statusTitle, { bold: true })),
      section(...inert(keys)),
      section(...inert(coverage)),
      section(...inert(say.data(status.asOf, status.snapshotId, status.origin === 'simulated'))),
    ),
  ]);
}

export function sqlMessage(answer: Answered): Message {
  const say = labels[languageOfAnswer(answer)];
  const sql = visibleLines(answer.sql);
  const note = sql.length > LONGEST_BOX ? [section(...inert(say.cutShort))] : [];
  return ephemeral(say.sqlOf, [
    richText(section(...inert(say.sqlOf)), preformatted(cut(sql, LONGEST_BOX)), ...note),
  ]);
}

/** As many rows as a message holds, each whole; for where the page cannot be linked to. */
export function csvMessage(answer: Answered): Message {
  const say = labels[languageOfAnswer(answer)];
  const [head = '', ...records] = [
    toCsv({ ...answer, rows: [] }),
    ...answer.rows.map((row) => toCsv({ columns: [], rows: [row] }).replace(/^\r\n/, '')),
  ].map((record) => visibleLines(record.replace(/\r\n$/, '')));
  let box = head;
  let shown = 0;
  for (const record of records) {
    if (box.length + record.length + 1 > LONGEST_BOX) break;
    box += `\n${record}`;
    shown += 1;
  }
  const all = answer.totalRows ?? answer.rows.length;
  const title = say.csvOf(shown, all);
  const note = shown < all ? [section(...inert(say.cutShort))] : [];
  return ephemeral(title, [
    richText(section(...inert(title)), preformatted(cut(box, LONGEST_BOX)), ...note),
  ]);
}
