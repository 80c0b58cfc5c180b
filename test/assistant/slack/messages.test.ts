import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../assistant/answer/answer.ts';
import type { Cell } from '../../../assistant/engine/engine.ts';
import { answerMessage, notice, sharedMessage } from '../../../assistant/slack/answer-message.ts';
import {
  csvMessage,
  helpMessage,
  sqlMessage,
  statusMessage,
} from '../../../assistant/slack/messages.ts';
import { answered } from './answers.ts';
import { buttonsOf, messageSchema, type SentMessage, textElements, textsOf } from './block-kit.ts';

const around = { webUrl: null, after: null, shareable: true };

/** The message as Slack would have it, or a failure that says what Slack would not take. */
const taken = (message: unknown): SentMessage =>
  messageSchema.parse(JSON.parse(JSON.stringify(message)));

const text = (message: unknown) => textsOf(message).join('\n');

describe('the message of an answer', () => {
  it('has the headline, the interpretation, ten rows, how many there are more, and the coverage', () => {
    const rows: Cell[][] = Array.from({ length: 142 }, (_, i) => [`k${i}`, null, i]);
    const message = taken(answerMessage(answered({ rows, summary: '142 keys match.' }), around));
    const table = message.blocks.find((block) => block.type === 'table');
    expect(table?.rows.map((row) => textsOf(row))).toEqual([
      ['key_id', 'alias', 'days_unused'],
      ...Array.from({ length: 10 }, (_, i) => [`k${i}`, '–', String(i)]),
    ]);
    const all = text(message);
    for (const part of [
      '142 keys match.',
      'All keys, as of 23 November 2026',
      '… and 132 more.',
      '9 of 10 account-Regions were read completely.',
      'simulated',
    ]) {
      expect(all).toContain(part);
    }
    expect(message.text).toBe('142 keys match.');
    expect(buttonsOf(message).map((b) => b.text.text)).toEqual([
      'Show SQL',
      'CSV',
      'Share in channel',
      'How many is that?',
    ]);
  });

  it('says that there are more rows where their number is not known', () => {
    expect(text(answerMessage(answered({ totalRows: null, truncated: true }), around))).toContain(
      'whose number is not known',
    );
  });

  it('is in Japanese for a question in Japanese', () => {
    const rows: Cell[][] = Array.from({ length: 12 }, (_, i) => [`k${i}`, null, i]);
    const message = taken(
      answerMessage(answered({ question: '使われていないキーは？', rows }), around),
    );
    expect(text(message)).toContain('…ほか2件。');
    expect(buttonsOf(message).map((b) => b.text.text)).toContain('SQLを表示');
  });

  it('shows one row of many columns upright', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const columns = names.map((name) => ({ name, type: 'varchar' as const }));
    const message = taken(answerMessage(answered({ columns, rows: [names] }), around));
    const table = message.blocks.find((block) => block.type === 'table');
    expect(table?.rows.map((row) => textsOf(row))).toEqual(names.map((name) => [name, name]));
  });

  it("marks the model's words, and says why there are none", () => {
    const words = taken(answerMessage(answered({ narrative: 'Two keys.\nBoth old.' }), around));
    expect(text(words)).toMatch(/model's words, checked.*: \nTwo keys\.\nBoth old\./);
    const { evidence } = answered();
    const narrative = { ...({} as NonNullable<typeof evidence.narrative>), outcome: 'replaced' };
    const without = answered({ evidence: { ...evidence, narrative } as typeof evidence });
    expect(text(answerMessage(without, around))).toContain('not borne out');
  });

  it('links to the page where it has an address, and offers to share only what may be shared', () => {
    const webUrl = 'https://kms.example.com';
    const message = taken(answerMessage(answered(), { ...around, webUrl, shareable: false }));
    const { id } = answered();
    expect(buttonsOf(message).flatMap((b) => b.url ?? [])).toEqual([
      `https://kms.example.com/api/answers/${id}.csv`,
      `https://kms.example.com/?answer=${id}`,
    ]);
    expect(text(message) + JSON.stringify(buttonsOf(message))).not.toContain('Share');
  });

  it('offers the choices of a question back whole, also where they are too long for a button', () => {
    const long = `which keys of ${'x'.repeat(80)} are unused?`;
    const clarify: Answer = {
      id: answered().id,
      question: 'which keys?',
      translator: 'offline',
      status: 'clarify',
      message: 'Which keys do you mean?',
      choices: ['all keys', long],
      unknownWords: [],
    };
    const message = taken(answerMessage(clarify, { ...around, after: null }));
    expect(text(message)).toContain(`2. ${long}`);
    expect(buttonsOf(message).map((b) => [b.text.text, JSON.parse(b.value ?? '').q])).toEqual([
      ['1', 'all keys'],
      ['2', long],
    ]);
  });

  it('is shared with who shared it, and without buttons that would speak for one person', () => {
    const message = taken(sharedMessage(answered(), 'U0AAA', null));
    expect(message.response_type).toBe('in_channel');
    expect(buttonsOf(message)).toEqual([]);
    expect(JSON.stringify(message.blocks[0])).toContain('"user_id":"U0AAA"');
  });
});

describe('the CSV in a message', () => {
  it('holds whole records, and says how many of how many', () => {
    const rows: Cell[][] = Array.from({ length: 500 }, (_, i) => [`key-${i}`, '=1+1', i]);
    const message = taken(csvMessage(answered({ rows })));
    const [title = '', box = ''] = textsOf(message);
    const lines = box.split('\n');
    expect(lines[0]).toBe('key_id,alias,days_unused');
    expect(lines[1]).toBe("key-0,'=1+1,0");
    expect(lines.at(-1)).toMatch(/^key-\d+,'=1\+1,\d+$/);
    expect(title).toContain(`first ${lines.length - 1} of 500`);
  });
});

/** What a hostile account may call its things. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '<!channel>',
          '<!here>',
          '@channel',
          '@everyone',
          '＠here',
          '<@U012AB3CD>',
          '<#C024BE7LR>',
          '<https://evil.example|AWS>',
          'https://evil.example/x',
          'evil.example',
          'evil．example',
          'xn--evil-abc.example/path',
          '悪.example',
          'a@evil.example',
          '10.0.0.1',
          ':rotating_light:',
          '*bold*',
          '_it_',
          '~no~',
          '`code`',
          '```',
          '&lt;!channel&gt;',
          '\n> quote\n',
          '\u202Eevil',
          '\u200B',
          '\uD83D',
          '"',
          '「',
          '  ',
        ),
        fc.string({ unit: 'grapheme', maxLength: 8 }),
      ),
      { maxLength: 60 },
    )
    .map((parts) => parts.join('')),
);
const cell: fc.Arbitrary<Cell> = fc.oneof(
  hostile,
  fc.constant(null),
  fc.integer(),
  fc.boolean(),
  fc.array(hostile, { maxLength: 3 }),
);
const hostileAnswer = fc
  .record({
    width: fc.integer({ min: 1, max: 30 }),
    height: fc.integer({ min: 0, max: 30 }),
    values: fc.array(cell, { minLength: 1, maxLength: 40 }),
    words: fc.array(hostile, { minLength: 9, maxLength: 9 }),
    total: fc.option(fc.integer({ min: 30, max: 1e6 })),
  })
  .map(({ width, height, values, words, total }) => {
    const at = (i: number) => words[i] || 'x';
    return answered({
      columns: Array.from({ length: width }, (_, i) => ({
        name: `${at(0).slice(0, 40)}${i}`,
        type: 'varchar',
      })),
      rows: Array.from({ length: height }, (_, y) =>
        Array.from({ length: width }, (_, x) => values[(y * width + x) % values.length] ?? null),
      ),
      totalRows: total ?? null,
      question: at(1),
      summary: at(2),
      interpretation: at(3),
      narrative: at(4),
      notes: [at(5), at(6), at(5), at(6)],
      followUps: [at(7), at(8), at(7), at(8), at(7), at(8)],
      sql: at(3),
    });
  });

/** What clients of Slack make something of, in text that is not code. */
const acts =
  /[\p{L}\p{N}][.．｡]\p{L}{2,}|\w+:\/\/|[@＠](?:\w|channel|here|everyone)|<[!@#]|:(?!\d\d:)[\w+-]+:|\d+(?:\.\d+){3}/u;
const unseen = /(?!\n)\p{Cc}|\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u;

function expectInert(message: SentMessage) {
  for (const { text: shown, style } of textElements(message.blocks)) {
    if (!style?.code) expect(shown).not.toMatch(acts);
    expect(shown).not.toMatch(unseen);
  }
  for (const { text: label } of buttonsOf(message)) expect(label.text).not.toMatch(unseen);
  // Here Slack reads its markup, and makes links.
  expect(message.text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
  expect(message.text).not.toMatch(acts);
}

describe('whatever is in the rows and the words', () => {
  it('Slack takes the message, and nothing in it acts', () => {
    fc.assert(
      fc.property(hostileAnswer, fc.boolean(), (answer, plain) => {
        const messages = [
          answerMessage(answer, around, plain),
          sharedMessage(answer, 'U0AAA', 'https://kms.example.com', plain),
          sqlMessage(answer),
          csvMessage(answer),
          notice(answer.summary, answer.question),
        ];
        for (const message of messages) {
          const sent = taken(message);
          expectInert(sent);
          const shown = textsOf(sent.blocks).join('').length;
          expect(shown).toBeLessThan(16_000);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('Slack takes questions back and refusals, and nothing in them acts', () => {
    const words = fc.array(hostile, { maxLength: 8 });
    fc.assert(
      fc.property(hostile, hostile, words, (question, message, choices) => {
        const asked = { id: answered().id, question, translator: 'offline' as const };
        const said = message || 'x';
        const answers: Answer[] = [
          { ...asked, status: 'clarify', message: said, choices, unknownWords: [] },
          { ...asked, status: 'declined', message: said, nearest: choices, unknownWords: [] },
          { ...asked, status: 'error', error: { code: 'X', message: said, hint: '' } },
        ];
        for (const answer of answers) expectInert(taken(answerMessage(answer, around)));
      }),
      { numRuns: 200 },
    );
  });

  it('times stay as they are', () => {
    const rows = [['k1', '2026-11-22 09:02:53.000', 1]];
    const shown = textElements(answerMessage(answered({ rows }), around).blocks);
    expect(shown.filter((e) => e.style?.code)).toEqual([]);
  });

  it('a name that looks like an address is shown whole, as code', () => {
    const rows = [['k1', 'alias/evil.example', 1]];
    const shown = textElements(answerMessage(answered({ rows }), around).blocks);
    const name = shown.find((e) => e.text === 'alias/evil.example');
    expect(name?.style?.code).toBe(true);
  });
});

describe('the other messages', () => {
  it.each(['en', 'ja'] as const)('are taken by Slack (%s)', (language) => {
    const status = {
      snapshotId: 's',
      asOf: '2026-11-23T00:00:00.000Z',
      origin: 'aws' as const,
      coverage: { ok: 1, partial: 0, failed: 0, skipped: 0 },
      coverageText: '',
      keys: 12_345,
      accounts: 42,
      starterQuestions: [],
    };
    expect(text(taken(helpMessage(language)))).toContain('alias/NAME');
    expect(text(taken(statusMessage(status, 'All read.', language)))).toContain('12,345');
  });
});
