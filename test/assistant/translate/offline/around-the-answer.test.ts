import { describe, expect, it } from 'vitest';
import {
  aboutTheAnswer,
  withoutForm,
} from '../../../../assistant/translate/offline/about-the-answer.ts';
import { gravityAskedFor } from '../../../../assistant/translate/offline/remedy.ts';
import { apartBySentence } from '../../../../assistant/translate/offline/two-measures.ts';

describe('what an answer is to become', () => {
  it.each([
    ['keys per region as a bar chart', 'keys per region'],
    ['plot the keys per region', 'keys per region'],
    ['draw a chart of keys per region please', 'keys per region please'],
    ['disabled keys, as csv please', 'disabled keys'],
  ])('%s', (question, left) => {
    expect(withoutForm(question, 'en')?.question).toBe(left);
  });

  it.each(['keys per region', 'plot that', 'keys tagged chart', 'which keys does charts-prod use'])(
    'is not asked by %s',
    (question) => {
      expect(withoutForm(question, 'en')).toBeNull();
    },
  );

  it('is told after an answer only', () => {
    const last = { question: 'keys per region', sql: 'SELECT 1', state: null };
    expect(aboutTheAnswer('as a chart?', last, 'en')).toContain('chart');
    expect(aboutTheAnswer('as a chart?', { ...last, sql: null }, 'en')).toBeNull();
    expect(aboutTheAnswer('what is charted?', last, 'en')).toBeNull();
  });
});

describe('how bad it is', () => {
  it.each(['how bad is that?', 'Is this a problem', 'why does it matter', 'should I worry'])(
    'is asked by %s',
    (question) => {
      expect(gravityAskedFor(question)).toBe(true);
    },
  );

  it.each(['how bad is public access', 'is that key public', 'why was it disabled'])(
    'is not asked by %s',
    (question) => {
      expect(gravityAskedFor(question)).toBe(false);
    },
  );
});

describe('two questions in one', () => {
  it('are told apart at an "and" before a question', () => {
    expect(apartBySentence('how fresh is the data and is it complete?')).toEqual([
      'how fresh is the data',
      'is the data complete',
    ]);
  });

  it('are not found where there is one', () => {
    expect(apartBySentence('keys that are disabled and old')).toBeNull();
  });
});
