import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import { addPeriod } from '../../../../assistant/translate/offline/plan/moment.ts';
import { exampleValues, request } from './example-data.ts';

const translator = createOfflineTranslator(exampleValues);

async function where(question: string, timeZone = 'UTC'): Promise<string | undefined> {
  const translation = await translator.translate({ ...request(question), timeZone });
  if (translation.kind !== 'query') throw new Error(JSON.stringify(translation));
  return /WHERE (.*)/.exec(translation.sql)?.[1];
}
const created = (from: string | null, to: string | null) =>
  [
    ...(from ? [`(k.created_at >= TIMESTAMP '${from}')`] : []),
    ...(to ? [`(k.created_at < TIMESTAMP '${to}')`] : []),
  ].join(' AND ');

describe('calendar time, as of Monday 23 November 2026', () => {
  it.each<[question: string, from: string | null, to: string | null]>([
    ['keys created in 2024', '2024-01-01 00:00:00', '2025-01-01 00:00:00'],
    ['keys created since March', '2026-03-01 00:00:00', null],
    ['keys created since December', '2025-12-01 00:00:00', null],
    ['keys created in March 2020', '2020-03-01 00:00:00', '2020-04-01 00:00:00'],
    ['keys created before 2024-02-29', null, '2024-02-29 00:00:00'],
    ['keys created after 2024-02-29', '2024-03-01 00:00:00', null],
    ['keys created on 1 May 2024', '2024-05-01 00:00:00', '2024-05-02 00:00:00'],
    ['keys created on May 1, 2024', '2024-05-01 00:00:00', '2024-05-02 00:00:00'],
    [
      'keys created between 2024-01-01 and 2024-01-31',
      '2024-01-01 00:00:00',
      '2024-02-01 00:00:00',
    ],
    ['keys created from January 2024 to March 2024', '2024-01-01 00:00:00', '2024-04-01 00:00:00'],
    ['keys created last month', '2026-10-01 00:00:00', '2026-11-01 00:00:00'],
    ['keys created this week', '2026-11-23 00:00:00', '2026-11-30 00:00:00'],
    ['keys created yesterday', '2026-11-22 00:00:00', '2026-11-23 00:00:00'],
    ['keys created in the last two weeks', '2026-11-09 00:00:00', null],
    ['keys created in the past year', '2025-11-23 00:00:00', null],
    ['keys created more than twenty-five months ago', null, '2024-10-23 00:00:00'],
  ])('%s', async (question, from, to) => {
    expect(await where(question)).toBe(created(from, to));
  });

  it('begins days at midnight of the asker', async () => {
    expect(await where('keys created since 2026-07-01', 'Europe/Zurich')).toBe(
      created('2026-06-30 22:00:00', null),
    );
    expect(await where('keys created since 2026-01-01', 'Asia/Tokyo')).toBe(
      created('2025-12-31 15:00:00', null),
    );
  });

  it('has no 30 February', async () => {
    const translation = await translator.translate(request('keys created before 2024-02-30'));
    expect(translation.kind).not.toBe('query');
  });
});

describe('what lies ahead', () => {
  it.each([
    ['keys pending deletion next month', '2026-12-01 00:00:00', '2027-01-01 00:00:00'],
    ['keys pending deletion next week', '2026-11-30 00:00:00', '2026-12-07 00:00:00'],
    ['keys pending deletion in the next month', '2026-11-23 00:00:00', '2026-12-23 00:00:00'],
    ['keys pending deletion in the next 7 days', '2026-11-23 00:00:00', '2026-11-30 00:00:00'],
    ['keys due for deletion within a week', '2026-11-23 00:00:00', '2026-11-30 00:00:00'],
  ])('%s', async (question, from, to) => {
    expect(await where(question)).toBe(created(from, to).replaceAll('created_at', 'deletion_at'));
  });
});

describe('groups by time', () => {
  it.each([
    ['keys created per year', 'year(k.created_at) AS created_year'],
    ['keys created per month', 'substr(CAST(k.created_at AS varchar), 1, 7) AS created_month'],
  ])('show the year, not a moment: %s', async (question, column) => {
    const translation = await translator.translate(request(`how many ${question}`));
    expect(translation.kind === 'query' && translation.sql).toContain(column);
  });
});

describe('months and years', () => {
  it('end on the last day of a shorter month', () => {
    const end = new Date('2026-05-31T12:00:00Z');
    expect(addPeriod(end, -3, 'month').toISOString()).toBe('2026-02-28T12:00:00.000Z');
    expect(addPeriod(new Date('2024-02-29T00:00:00Z'), -1, 'year').toISOString()).toBe(
      '2023-02-28T00:00:00.000Z',
    );
  });
});
