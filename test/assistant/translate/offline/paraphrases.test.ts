import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import { exampleValues, request } from './example-data.ts';

const translator = createOfflineTranslator(exampleValues);

/** Each group says one thing in several ways. */
const groups: readonly (readonly string[])[] = [
  [
    'Which keys have external access and were unused for 90 days?',
    'Which keys have external access and were not used in the last 90 days?',
    'Show me keys with external access that have been unused for at least 90 days',
    "Which keys accessible from outside the organization haven't been used for 90 days?",
    'list all externally accessible keys that are unused since 90 days ago',
  ],
  ['How many keys are there per region?', 'number of keys by region', 'Count keys for each region'],
  [
    'Which customer managed keys have rotation disabled?',
    'customer-managed keys without rotation',
    'Show the customer managed keys that are not rotated.',
    'list customer managed keys with rotation off',
  ],
  ['Which keys have no alias?', 'keys without an alias', 'keys that do not have an alias'],
  ['disabled keys in Frankfurt', 'Which keys in eu-central-1 are disabled?'],
];

describe('questions that say the same in other words', () => {
  it.each(groups)('%s', async (...questions) => {
    const sql = await Promise.all(
      questions.map(async (question) => {
        const translation = await translator.translate(request(question));
        return translation.kind === 'query' ? translation.sql : { question, ...translation };
      }),
    );
    for (const one of sql) expect(one).toEqual(sql[0]);
    expect(typeof sql[0]).toBe('string');
  });
});
