import { describe, expect, it } from 'vitest';
import { parseSuite, readSuites } from '../../../assistant/eval/suite.ts';
import { makeFiller } from '../../../assistant/eval/vocabulary.ts';

const suite = (lines: string) => parseSuite('x.yaml', `category: x\ncases:\n${lines}`);

describe('a suite', () => {
  it('has questions and conversations, in several wordings', () => {
    const { cases } = suite(
      '  - intent: all\n    en: [how many keys, [keys, how many is that]]\n    count: "true"\n',
    );
    expect(cases[0]?.en).toEqual([['how many keys'], ['keys', 'how many is that']]);
  });

  it.each([
    ['expects nothing', '  - intent: a\n    en: [q]\n', 'x.yaml:3'],
    [
      'expects two things',
      '  - intent: a\n    en: [q]\n    declined: true\n    keys: "true"\n',
      'x.yaml:3',
    ],
    ['asks nothing', '  - intent: a\n    declined: true\n', 'asks no question'],
    ['has a key nobody knows', '  - intent: a\n    en: [q]\n    declned: true\n', 'declned'],
    ['has an empty question', '  - intent: a\n    en: [q, ""]\n    declined: true\n', 'x.yaml:4'],
    ['is no YAML', '  - intent: [\n', 'x.yaml'],
  ])('that %s is refused, with the place', (_, lines, place) => {
    expect(() => suite(lines)).toThrow(place);
  });

  it('asks at least 400 questions in English, 120 in Japanese, and 60 outside the domain', async () => {
    const { suites } = await readSuites('test/eval');
    const count = (language: 'en' | 'ja', category?: string) =>
      suites
        .filter((s) => !category || s.category === category)
        .flatMap((s) => s.cases)
        .reduce((n, c) => n + c[language].length, 0);
    expect(count('en')).toBeGreaterThanOrEqual(400);
    expect(count('ja')).toBeGreaterThanOrEqual(120);
    expect(count('en', 'outside')).toBeGreaterThanOrEqual(60);
  });
});

describe('places in questions and queries', () => {
  const filler = makeFiller(new Map([['account', { name: "o'brien-prod", id: '111122223333' }]]), {
    public: "trust = 'PUBLIC'",
    since: 'at >= $1',
    recent: '{since:now()}',
  });

  it.each([
    ['keys in {account.name}', "keys in o'brien-prod"],
    ['keys in {account.name|upper}', "keys in O'BRIEN-PROD"],
    ['keys in {account.name|spaced}', "keys in o'brien prod"],
    ['keys in {account.name|reversed}', "keys in prod o'brien"],
    ['keys in {account.name|typo}', "keys in o'brine-prod"],
  ])('%s', (text, filled) => {
    expect(filler.question(text)).toBe(filled);
  });

  it('are text inside the quotes of a query', () => {
    expect(filler.sql("name = '{account.name}' AND {public} AND {recent}")).toBe(
      "name = 'o''brien-prod' AND trust = 'PUBLIC' AND at >= now()",
    );
  });

  it.each(['{nobody.id}', '{account.age}', '{account.name|shouted}'])('%s is refused', (text) => {
    expect(() => filler.question(text)).toThrow();
  });
});
