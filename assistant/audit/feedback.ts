import { z } from 'zod';
import { appendRecord, readRecords } from './records.ts';

/** The longest comment, in UTF-16 units. */
export const LONGEST_COMMENT = 2_000;

/** What a person said of an answer. The comment is as they wrote it: anyone's text, for people to read. */
const feedbackSchema = z.object({
  at: z.string(),
  user: z.string(),
  answerId: z.uuid(),
  rating: z.enum(['up', 'down']),
  comment: z.string().nullable(),
});

export type FeedbackEntry = z.infer<typeof feedbackSchema>;

/** Keeps what people say of answers. Of what one person says of one answer, the last counts. */
export interface FeedbackLog {
  /** Saying the same again changes nothing. */
  readonly give: (entry: FeedbackEntry) => Promise<void>;
  /** The last that anyone said of each of these answers. */
  readonly of: (answerIds: readonly string[]) => Promise<ReadonlyMap<string, FeedbackEntry>>;
}

const FILE = 'feedback.jsonl';

/** Appends to `audit/feedback.jsonl` of the data folder, beside the audit log and in its manner. */
export function fileFeedback(dataFolder: string): FeedbackLog {
  // One after the other, so that the same that comes twice at once is written once.
  let last: Promise<void> = Promise.resolve();
  const give = async (entry: FeedbackEntry) => {
    const { entries } = await readFeedback(dataFolder);
    const said = entries.find((e) => e.user === entry.user && e.answerId === entry.answerId);
    if (said?.rating === entry.rating && said.comment === entry.comment) return;
    await appendRecord(dataFolder, FILE, entry);
  };
  return {
    give: (entry) => {
      const given = last.then(() => give(entry));
      last = given.catch(() => {});
      return given;
    },
    of: async (answerIds) => {
      const { entries } = await readFeedback(dataFolder);
      const wanted = new Set(answerIds);
      const newestLast = entries
        .filter(({ answerId }) => wanted.has(answerId))
        .sort((a, b) => (a.at < b.at ? -1 : 1));
      return new Map(newestLast.map((entry) => [entry.answerId, entry]));
    },
  };
}

export interface GivenFeedback {
  /** What counts: one entry for each person and answer, in the order in which they were first given. */
  readonly entries: readonly FeedbackEntry[];
  /** Lines that could not be read. */
  readonly unreadable: number;
}

export async function readFeedback(dataFolder: string): Promise<GivenFeedback> {
  const { records, others } = await readRecords(dataFolder, FILE, feedbackSchema);
  const latest = new Map(records.map((r) => [JSON.stringify([r.user, r.answerId]), r]));
  return { entries: [...latest.values()], unreadable: others };
}
