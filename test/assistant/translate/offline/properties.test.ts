import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleQuestions } from '../../../../assistant/translate/offline/examples.ts';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import type { DataValues } from '../../../../assistant/translate/translator.ts';
import { isThorough, step } from '../../../thorough.ts';
import { exampleValues, request } from './example-data.ts';

const translator = createOfflineTranslator(exampleValues);

const vocabulary =
  'keys key not and or in with without per top 5 90 days unused used disabled public access external account production Tokyo alias/orders , ( ) either both never all only except the most oldest cost average how many which that are have rotation tagged owner=platform since March 2024 last between over more than'.split(
    ' ',
  );

describe('whatever is asked', () => {
  it('arbitrary text gets an answer of some kind', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (question) => {
        expect(['query', 'clarify', 'declined']).toContain(
          (await translator.translate(request(question))).kind,
        );
      }),
      { numRuns: isThorough ? 200 : 20 },
    );
  });

  it('any string of known words gets one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...vocabulary), { maxLength: 25 }),
        async (words) => {
          expect(['query', 'clarify', 'declined']).toContain(
            (await translator.translate(request(words.join(' ')))).kind,
          );
        },
      ),
      { numRuns: isThorough ? 200 : 15 },
    );
  });
});

describe('a word that is not understood', () => {
  it.each(exampleQuestions)('never leaves the answer as it was: %s', async (question) => {
    const known = await translator.translate(request(question));
    if (known.kind !== 'query') throw new Error(`${question}: ${known.message}`);
    const words = question.split(' ');
    for (let at = 0; at <= words.length; at += step(20)) {
      const changed = [...words.slice(0, at), 'zorbly', ...words.slice(at)].join(' ');
      const translation = await translator.translate(request(changed));
      expect({ changed, kind: translation.kind }).not.toEqual({ changed, kind: 'query' });
    }
  });

  const someQuestions = exampleQuestions.filter((_, i) => i % 7 === 0);
  it.each(['not', 'never', 'only', 'or', 'except', 'half'])(
    'nor does "%s" in front of anything',
    async (word) => {
      for (const question of someQuestions) {
        const known = await translator.translate(request(question));
        const words = question.split(' ');
        for (let at = 1; at <= words.length; at += step(20)) {
          const changed = [...words.slice(0, at), word, ...words.slice(at)].join(' ');
          const translation = await translator.translate(request(changed));
          if (translation.kind !== 'query' || known.kind !== 'query') continue;
          // "Only" before a condition that already narrows changes nothing.
          if (word === 'only') continue;
          expect({ changed, sql: translation.sql }).not.toEqual({ changed, sql: known.sql });
        }
      }
    },
  );
});

describe('hostile names', () => {
  it('stay inside their literals', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 40 }), async (name) => {
        const values: DataValues = {
          ...exampleValues,
          accounts: [{ id: '111111111111', name }],
          tags: [{ key: name, value: name }],
        };
        const hostile = createOfflineTranslator(values);
        for (const question of [
          `keys with tag "${name.replaceAll('"', '')}"`,
          `keys in account "${name.replaceAll('"', '')}"`,
        ]) {
          const translation = await hostile.translate(request(question));
          if (translation.kind !== 'query') continue;
          const outside = translation.sql.replaceAll(/'(?:[^']|'')*'/g, '');
          expect(outside).toMatch(/^[\w\s.,()*=<>]*$/);
        }
      }),
      { numRuns: isThorough ? 200 : 15 },
    );
  });
});
