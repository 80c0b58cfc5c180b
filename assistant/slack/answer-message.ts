import type { KnownBlock, RichTextSection } from '@slack/types';
import type { Answer, Answered } from '../answer/answer.ts';
import { type LanguageCode, languageOf } from '../translate/language.ts';
import { actions, button, link, questionButtons } from './buttons.ts';
import { labels } from './labels.ts';
import type { Message } from './message.ts';
import { cut, inert, plainFallback, richText, section, shortened } from './rich-text.ts';
import { columnsLeftOut, SHOWN_ROWS, table, tableAsLines } from './table.ts';

/** An answer as a message. */

/** UTF-16 units that are shown of each part; the rest is in the page. Together they fit in a message. */
const longest = {
  question: 600,
  summary: 1_000,
  narrative: 1_500,
  interpretation: 1_500,
  note: 300,
  coverage: 600,
  message: 1_500,
  fallback: 600,
} as const;

const NOTES = 3;

export interface Around {
  /** Address of the page; null when answers have no links to it. */
  readonly webUrl: string | null;
  /** The answer that a choice goes on from, where the answer itself is none to go on from. */
  readonly after: string | null;
  /** Whether everyone in the channel may see it. */
  readonly shareable: boolean;
}

export const languageOfAnswer = ({ question }: Pick<Answer, 'question'>): LanguageCode =>
  languageOf(question, 'en');

/** A message for the caller alone. `fallback` is what is heard in place of the blocks. */
export const ephemeral = (fallback: string, blocks: KnownBlock[]): Message => ({
  response_type: 'ephemeral',
  text: plainFallback(shortened(fallback, longest.fallback)),
  mrkdwn: false,
  blocks,
});

/** A message of a few words, each text a paragraph. A person's words may stand in it. */
export const notice = (...texts: readonly string[]): Message =>
  ephemeral(texts.join(' '), [
    richText(...texts.map((text) => section(...inert(shortened(text, longest.message))))),
  ]);

/** What the caller gets for a question. With `plain` the rows are lines, for where the table is refused. */
export function answerMessage(answer: Answer, around: Around, plain = false): Message {
  const say = labels[languageOfAnswer(answer)];
  const asked = said(say.question, answer.question, longest.question);
  switch (answer.status) {
    case 'answered':
      return ephemeral(answer.summary, [
        ...answeredBlocks(answer, plain),
        actions('answer', answerButtons(answer, around)),
        ...questionButtons(say.next, answer.followUps, answer.id),
      ]);
    case 'clarify':
    case 'declined': {
      const isQuestion = answer.status === 'clarify';
      const [title, questions] = isQuestion
        ? [say.whichOne, answer.choices]
        : [say.answerable, answer.nearest];
      return ephemeral(answer.message, [
        richText(asked, bold(answer.message, longest.message)),
        ...questionButtons(title, questions, around.after),
      ]);
    }
    case 'error': {
      const { message, hint } = answer.error;
      return ephemeral(message, [
        richText(asked, bold(message, longest.message), said('', hint, longest.note)),
      ]);
    }
  }
}

/** The answer as everyone in the channel sees it: without buttons that would speak for one of them. */
export function sharedMessage(
  answer: Answered,
  user: string,
  webUrl: string | null,
  plain = false,
): Message {
  const say = labels[languageOfAnswer(answer)];
  const by = section({ type: 'user', user_id: user }, ...inert(say.shared));
  const links = webUrl === null ? [] : [link('web', say.web, pageOf(webUrl, answer.id))];
  return {
    ...ephemeral(answer.summary, [
      richText(by),
      ...answeredBlocks(answer, plain),
      ...(links.length > 0 ? [actions('answer', links)] : []),
    ]),
    response_type: 'in_channel',
  };
}

function answeredBlocks(answer: Answered, plain: boolean): KnownBlock[] {
  const say = labels[languageOfAnswer(answer)];
  const { evidence, narrative } = answer;
  const rows = plain ? tableAsLines(answer) : table(answer);
  const words =
    narrative !== null
      ? paragraphs(say.byModel, narrative)
      : evidence.narrative
        ? [said('', say.withoutWords(evidence.narrative.outcome), longest.note)]
        : [];
  const shown = Math.min(answer.rows.length, SHOWN_ROWS);
  const isMore = answer.totalRows === null || answer.totalRows > shown;
  const left = columnsLeftOut(answer);
  const below = [
    ...(isMore ? [say.more(answer.totalRows === null ? null : answer.totalRows - shown)] : []),
    ...(left > 0 && rows ? [say.columnsLeftOut(left)] : []),
  ];
  return [
    richText(
      said(say.question, answer.question, longest.question),
      bold(answer.summary, longest.summary),
      ...words,
      said(say.understood, answer.interpretation, longest.interpretation),
    ),
    ...(rows ? [rows] : []),
    richText(
      ...(below.length > 0 ? [said('', below.join(' '), longest.note)] : []),
      ...answer.notes.slice(0, NOTES).map((note) => said(say.note, note, longest.note)),
      said(say.coverage, evidence.coverageText, longest.coverage),
      said(
        '',
        say.data(evidence.asOf, evidence.snapshotId, evidence.origin === 'simulated'),
        longest.note,
      ),
    ),
  ];
}

function answerButtons(answer: Answered, { webUrl, shareable }: Around) {
  const say = labels[languageOfAnswer(answer)];
  const csv =
    webUrl === null
      ? button('csv', say.csv, answer.id)
      : link('csv-link', say.csv, `${webUrl}/api/answers/${answer.id}.csv`);
  return [
    button('sql', say.sql, answer.id),
    ...(answer.rows.length > 0 ? [csv] : []),
    ...(webUrl === null ? [] : [link('web', say.web, pageOf(webUrl, answer.id))]),
    ...(shareable ? [button('share', say.share, answer.id)] : []),
  ];
}

const pageOf = (webUrl: string, answerId: string): string => `${webUrl}/?answer=${answerId}`;

/** The words of a model, whose lines stay apart. */
const paragraphs = (label: string, text: string): RichTextSection[] =>
  cut(text, longest.narrative)
    .split('\n')
    .map((line, i) => said(i === 0 ? label : '', line, longest.narrative));

/** A paragraph; sections of rich text stand on a line of their own. */
const said = (label: string, text: string, most: number): RichTextSection =>
  section(...inert(label, { italic: true }), ...inert(shortened(text, most)));

const bold = (text: string, most: number): RichTextSection =>
  section(...inert(shortened(text, most), { bold: true }));
