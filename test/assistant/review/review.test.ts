import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { RecordedQuestion } from '../../../assistant/audit/audit.ts';
import type { FeedbackEntry } from '../../../assistant/audit/feedback.ts';
import { candidatesYaml } from '../../../assistant/review/candidates-yaml.ts';
import { type Candidate, type ReviewInput, review } from '../../../assistant/review/review.ts';
import {
  parseVerified,
  type VerifiedQuestion,
} from '../../../assistant/translate/bedrock/verified.ts';

const SQL =
  'SELECT kms_keys.key_id FROM kms_insights.kms_keys AS kms_keys ORDER BY kms_keys.key_arn LIMIT 1000';

interface Said extends Partial<RecordedQuestion> {
  /** What each person said, by name: `+`, or `-` with a comment. */
  readonly by: Readonly<Record<string, string>>;
}

/** Reviews answers to questions, each with what was said of it. */
function reviewed(
  all: readonly Said[],
  verified: readonly string[] = [],
  over: Partial<ReviewInput> = {},
) {
  const questions = all.map(
    ({ by: _, ...asked }, i): RecordedQuestion => ({
      at: `2026-11-2${i}T00:00:00.000Z`,
      answerId: `00000000-0000-4000-8000-00000000000${i}`,
      question: 'Which keys are there?',
      earlierTurns: 0,
      translator: 'bedrock',
      status: 'answered',
      sql: SQL,
      asOf: '2026-11-23T10:30:00.000Z',
      accountScope: null,
      ...asked,
    }),
  );
  const feedback = all.flatMap(({ by }, i) =>
    Object.entries(by).map(
      ([user, said]): FeedbackEntry => ({
        at: '2026-11-25T00:00:00.000Z',
        user,
        answerId: questions[i]?.answerId ?? '',
        rating: said.startsWith('+') ? 'up' : 'down',
        comment: said.slice(1) || null,
      }),
    ),
  );
  return review({
    feedback,
    questions: new Map(questions.map((q) => [q.answerId, q])),
    verified: verified.map((question) => ({ question }) as VerifiedQuestion),
    interpretationOf: async () => 'All keys.',
    ...over,
  });
}

describe('a question whose answer was found good', () => {
  it('is a candidate, with the SQL that gave it', async () => {
    const { candidates, repairs, leftOut } = await reviewed([{ by: { ada: '+', bob: '+Right.' } }]);
    expect([repairs, leftOut]).toEqual([[], []]);
    expect(candidates).toEqual([
      {
        question: 'Which keys are there?',
        sql: SQL.replace(' LIMIT 1000', ''),
        interpretation: 'All keys.',
        ups: 2,
        remarks: [],
      },
    ]);
  });

  it.each(['Which keys are there?', 'which  keys are THERE'])(
    'is none when it is verified as %s',
    async (verified) => {
      const { candidates, leftOut } = await reviewed([{ by: { ada: '+' } }], [verified]);
      expect(candidates).toEqual([]);
      expect(leftOut).toMatchObject([{ why: 'It is verified already.' }]);
    },
  );

  it('is one candidate however often it was asked: the last, and said so where the queries differ', async () => {
    const other = SQL.replace('key_id', 'alias');
    const { candidates } = await reviewed([
      { by: { ada: '+' } },
      { by: { bob: '+' }, question: 'which keys are there' },
      { by: { eve: '+' }, sql: other },
    ]);
    expect(candidates).toMatchObject([
      {
        sql: other.replace(' LIMIT 1000', ''),
        ups: 3,
        remarks: ['It was answered by 2 queries; this is the last.'],
      },
    ]);
  });

  it('names the moment of the data as a place, and tells of moments that stay', async () => {
    const { candidates } = await reviewed([
      {
        by: { ada: '+' },
        sql: "SELECT key_id FROM kms_keys WHERE created_at < TIMESTAMP '2026-11-23 10:30:00.000' AND created_at > DATE '2026-01-01' LIMIT 7",
      },
    ]);
    expect(candidates).toMatchObject([
      {
        sql: "SELECT key_id FROM kms_keys WHERE created_at < {as_of} AND created_at > DATE '2026-01-01' LIMIT 7",
        remarks: [
          "Fixed moments: DATE '2026-01-01'. Count from {as_of} where they do.",
          'It has no ORDER BY.',
        ],
      },
    ]);
  });

  it('tells of an explanation that names a day', async () => {
    const { candidates } = await reviewed([{ by: { ada: '+' } }], [], {
      interpretationOf: async () => 'All keys, as of 23 November 2026.',
    });
    expect(candidates[0]?.remarks).toEqual(['The explanation speaks of days of then.']);
  });

  it.each<[string, Partial<RecordedQuestion>, RegExp]>([
    ['was asked back', { status: 'clarify', sql: null }, /Nothing was run/],
    ['goes on from another', { earlierTurns: 1 }, /question before/],
    ['was asked within some accounts', { accountScope: ['111122223333'] }, /narrowed/],
    ['is too long', { question: 'x'.repeat(301) }, /longer than 300/],
    ['was answered by SQL that is refused', { sql: 'DROP TABLE kms_keys' }, /guard refuses/],
  ])('is none when it %s', async (_, asked, why) => {
    const { candidates, leftOut } = await reviewed([{ by: { ada: '+' }, ...asked }]);
    expect(candidates).toEqual([]);
    expect(leftOut).toMatchObject([{ why: expect.stringMatching(why) }]);
  });

  it('is left alone when the audit log does not have it', async () => {
    const none = { questions: new Map() };
    expect(await reviewed([{ by: { ada: '+', bob: '-' } }], [], none)).toEqual({
      candidates: [],
      repairs: [],
      leftOut: [],
    });
  });
});

describe('a question whose answer was found wrong', () => {
  it('is to be mended, with what was said, and is no candidate though others found it good', async () => {
    const { candidates, repairs } = await reviewed([
      { by: { ada: '+', bob: '-Staging is missing.', eve: '-' } },
      { by: { joe: '+' } },
    ]);
    expect(candidates).toEqual([]);
    expect(repairs).toEqual([
      {
        question: 'Which keys are there?',
        ups: 2,
        downs: 2,
        answers: [
          {
            answerId: '00000000-0000-4000-8000-000000000000',
            at: '2026-11-20T00:00:00.000Z',
            status: 'answered',
            translator: 'bedrock',
            sql: SQL,
            comments: ['Staging is missing.'],
          },
        ],
        isVerified: false,
      },
    ]);
  });

  it('is to be mended also when it is verified, or nothing was run', async () => {
    const asked = { status: 'declined', sql: null, by: { ada: '-' } };
    const { repairs } = await reviewed([asked], ['Which keys are there?']);
    expect(repairs).toMatchObject([{ isVerified: true, answers: [{ sql: null, comments: [] }] }]);
  });
});

describe('what people wrote', () => {
  const attack = 'x\n- question: y ![a](https://evil.example)\u202e\u001b[2J <script>';

  it('cannot act or hide in a candidate or a repair', async () => {
    const all = await reviewed(
      [
        { by: { ada: '+' }, question: attack },
        { by: { ada: `-${attack}` }, question: `Why ${attack}` },
      ],
      [],
      { interpretationOf: async () => attack },
    );
    expect(all.candidates).toHaveLength(1);
    expect(all.repairs).toHaveLength(1);
    const texts = [
      all.candidates[0]?.question,
      all.candidates[0]?.interpretation,
      all.repairs[0]?.question,
      ...(all.repairs[0]?.answers[0]?.comments ?? []),
    ];
    for (const text of texts) expect(text).not.toMatch(/[\p{Cc}\p{Cf}]|:\/\/|!\[|\]\(|<script/u);
    expect(all.candidates[0]?.remarks).toContainEqual(expect.stringMatching(/spelt otherwise/));
  });
});

const candidate = (over: Partial<Candidate> = {}): Candidate => ({
  question: 'Which keys are there?',
  sql: 'SELECT key_id FROM kms_keys ORDER BY key_arn',
  interpretation: 'All keys.',
  ups: 1,
  remarks: ['One.', 'Two.'],
  ...over,
});

describe('the file of candidates', () => {
  it('has the form of the verified questions, but for what a person must add', () => {
    const yaml = candidatesYaml([
      candidate(),
      candidate({ question: 'And?', interpretation: null }),
    ]);
    expect(yaml).toContain(
      '# Found good by 1 person.\n# One.\n# Two.\n- question: Which keys are there?\n',
    );
    expect(() => parseVerified('new.yaml', yaml)).toThrow(/tags/);
    const finished = yaml
      .replaceAll('tags: []', 'tags: [inventory, list]')
      .replace('explanation: ""', 'explanation: All of them.');
    expect(parseVerified('new.yaml', finished)).toEqual([
      {
        question: 'Which keys are there?',
        sql: 'SELECT key_id FROM kms_keys ORDER BY key_arn',
        explanation: 'All keys.',
        tags: ['inventory', 'list'],
        topic: 'new',
      },
      expect.objectContaining({ question: 'And?', explanation: 'All of them.' }),
    ]);
  });

  it('holds each text as it is, and nothing that a text could add to it', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(
          fc.constantFrom(
            '- question: x',
            '\n',
            '\r',
            '  ',
            '#',
            ' #',
            ': ',
            '"',
            "'",
            '|',
            '{',
            '\t',
            '---',
            '...',
            '&a',
            '*a',
            '!!js',
            '\u2028',
            '\u0085',
            'x',
          ),
          { maxLength: 8 },
        )
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, text, text, (question, sql, interpretation) => {
        const yaml = candidatesYaml([candidate({ question, sql, interpretation })]);
        expect(parse(yaml)).toEqual([{ question, sql, explanation: interpretation, tags: [] }]);
      }),
    );
  });
});
