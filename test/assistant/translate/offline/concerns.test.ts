import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import { type ConcernKind, concernKinds } from '../../../../collector/schema/concerns.ts';
import { exampleValues, request } from './example-data.ts';

const translator = createOfflineTranslator(exampleValues);

describe.each(concernKinds as readonly ConcernKind[])('$label', ({ code, label, why, words }) => {
  it.each([label, code, ...(words?.en ?? [])])('may be asked for as "%s"', async (word) => {
    for (const question of [`keys flagged as ${word}`, `keys with the concern "${word}"`]) {
      const translation = await translator.translate(request(question));
      expect({ question, kind: translation.kind }).toEqual({ question, kind: 'query' });
    }
  });

  it('is explained', async () => {
    const translation = await translator.translate(request(`What does "${label}" mean?`));
    if (translation.kind !== 'query') throw new Error(JSON.stringify(translation));
    expect(translation.lead).toContain(why);
    expect(translation.sql).toMatch(/count\(\*\)/);
  });
});
