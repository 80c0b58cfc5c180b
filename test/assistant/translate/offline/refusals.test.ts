import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import { exampleValues, request } from './example-data.ts';

const translator = createOfflineTranslator(exampleValues);
const translate = (question: string) => translator.translate(request(question));

describe('declines', () => {
  it.each([
    ['', /empty/],
    ['   ', /empty/],
    ['x'.repeat(2_001), /longer than 2,000/],
    ['What is the weather in Tokyo?', /not seem to be a question about KMS/],
    ['tell me a joke', /not seem/],
    ['Which S3 buckets are public?', /not seem/],
    ['delete key alias/orders', /only reads/],
    ['Please disable all unused keys', /only reads/],
    ['could you schedule the deletion of alias/orders', /only reads/],
    ['decrypt this with alias/orders', /only reads/],
    ['What is the plaintext of alias/orders?', /Secrets/],
    ['how do I rotate a key', /only reads/],
    ['print the private key of alias/orders', /material/],
    ['keys keys keys keys keys', /./],
    ['Which keys did not never have access?', /./],
  ])('%s', async (question, message) => {
    const translation = await translate(question);
    expect(translation.kind).toBe('declined');
    if (translation.kind !== 'declined') return;
    expect(translation.message).toMatch(message);
    expect(translation.nearest.length).toBeGreaterThan(0);
    for (const nearest of translation.nearest) {
      expect((await translate(nearest)).kind).toBe('query');
    }
  });
});

describe('asks back what is worst, or belongs in a summary', () => {
  it.each([
    ['en', 'what should I fix first?'],
    ['en', 'riskiest accounts'],
    ['en', 'how secure are we?'],
    ['en', 'give me a summary'],
    ['ja', '何から直せばいいですか'],
    ['ja', '一番危険なアカウントは？'],
    ['ja', '全体の概要を教えてください'],
  ] as const)('with questions that are answered (%s): %s', async (language, question) => {
    const ask = (text: string) => translator.translate({ ...request(text), language });
    const translation = await ask(question);
    expect(translation.kind).toBe('clarify');
    if (translation.kind !== 'clarify') return;
    for (const choice of translation.choices) expect((await ask(choice)).kind).toBe('query');
  });

  it.each([
    'most dangerous animals',
    'the worst movie',
    'summary of the news',
    '一番危険な動物は？',
  ])('of keys only: %s', async (question) => {
    expect((await translate(question)).kind).toBe('declined');
  });
});

describe('says what a word means', () => {
  it.each([
    ['what does External account mean?', /outside the organization may use the key.*Confirm/],
    ['What is a confused deputy?', /service principal without a source condition/],
    ['what does NO_RECORD mean', /older than the tracking|KMS/],
    ['What is meant by "Public access", in simple words?', /anyone/i],
    ['explain lockout risk to me', /policy/],
  ])('%s', async (question, text) => {
    const translation = await translate(question);
    if (translation.kind !== 'query') throw new Error(JSON.stringify(translation));
    expect(translation.lead).toMatch(text);
  });
});

describe('asks back', () => {
  it.each<[question: string, unknown: readonly string[]]>([
    ['unused keys', []],
    ['Which keys are not used?', []],
    ['keys without alias and tags', []],
    ['Which keys are disabled or pending deletion and unused for 90 days?', []],
    ['keys that are not disabled or unused for 90 days', []],
    ['keys with no external access or rotation disabled', []],
    ['external keys', []],
    ['keys that are either public or external', []],
    ['imported keys expiring soon', []],
    ['percentage of disabled keys in Frankfurt', []],
    ['show me keys in payments', []],
    ['Which keys in production are blorp disabled?', ['blorp']],
    ['Which keys in Frankfrut are disabled?', ['Frankfrut']],
    ['Who can use alias/payment-prod?', ['alias/payment-prod']],
    ['Which keys can only role deploy use?', ['only']],
    ['How many keys had external access last year?', ['last year']],
    ['keys pending deletion per account, wobbly', ['wobbly']],
  ])('%s', async (question, unknownWords) => {
    const translation = await translate(question);
    expect(translation.kind).toBe('clarify');
    if (translation.kind !== 'clarify') return;
    expect(translation.unknownWords).toEqual(unknownWords);
    expect(translation.choices.length).toBeGreaterThan(0);
    const meanings = new Set<string>();
    for (const choice of translation.choices) {
      const chosen = await translate(choice);
      expect({ choice, kind: chosen.kind }).toEqual({ choice, kind: 'query' });
      if (chosen.kind === 'query') meanings.add(chosen.sql);
    }
    expect(meanings.size).toBe(translation.choices.length);
  });
});
