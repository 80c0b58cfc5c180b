import { describe, expect, it } from 'vitest';
import { withoutChatter } from '../../../../assistant/translate/offline/lexicon/chatter.ts';

describe('what is said around a question', () => {
  it.each([
    ['For our ISO audit: how many keys', 'how many keys'],
    ['asking for a friend – how many keys', 'how many keys'],
    ["I'm preparing slides for the board: how many keys", 'how many keys'],
    ["How many keys? It's for the quarterly report.", 'How many keys'],
    ['Our CISO wants to know which keys are public', 'which keys are public'],
  ])('%s is left out', (question, rest) => {
    expect(withoutChatter(question)).toBe(rest);
  });

  it.each([
    'for audit: how many keys',
    'for the audit account: disabled keys',
    'for the security team: disabled keys',
    "I'm preparing payments-prod: disabled keys",
    'audit keys',
    'keys deleted before the audit',
    'for the board',
  ])('%s stays', (question) => {
    expect(withoutChatter(question)).toBe(question);
  });
});
