import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import { exampleValues, request } from './example-data.ts';

const translator = createOfflineTranslator({
  ...exampleValues,
  column: (table, column) =>
    column === 'ou_path'
      ? ['Root/Data/Production', 'Root/Workloads/Production']
      : exampleValues.column(table, column),
  tags: [
    { key: 'owner', value: 'platform' },
    { key: 'OWNER', value: 'platform' },
    { key: 'owner ', value: 'platform' },
    { key: 'owner', value: 'mobile' },
  ],
});
const translate = (question: string, language: 'en' | 'ja' = 'en') =>
  translator.translate({ ...request(question), language });

const saidOf = async (question: string) => {
  const translation = await translate(question);
  return translation.kind === 'query'
    ? translation.interpretation.replace(/, as of .*/, '')
    : translation;
};
const notesOf = async (question: string, language?: 'en' | 'ja') => {
  const translation = await translate(question, language);
  return translation.kind === 'query' ? translation.notes.join(' ') : translation.kind;
};

describe('spellings of a tag', () => {
  it('are meant together', async () => {
    expect(await saidOf('keys with owner platform')).toBe(
      'Keys (customer managed and AWS managed) that have tag OWNER=platform or have tag owner=platform',
    );
    expect(await saidOf('keys without an owner tag')).toBe(
      'Keys (customer managed and AWS managed) that do not have tag "OWNER" and do not have tag "owner"',
    );
  });

  it('and units of the same name are meant together', async () => {
    expect(await saidOf('keys in production with owner platform')).toBe(
      'Keys (customer managed and AWS managed) in OU Root/Data/Production or Root/Workloads/Production (or below it) that have tag OWNER=platform or have tag owner=platform',
    );
    expect(await saidOf('keys not in OU production')).toBe(
      'Keys (customer managed and AWS managed) not in OU Root/Data/Production or Root/Workloads/Production (or below it)',
    );
  });

  it('make one group, and can be asked as they are said', async () => {
    const said = 'Number of keys (customer managed and AWS managed) per tag "owner" or "OWNER"';
    expect(await saidOf('keys by owner')).toBe(said);
    expect(await saidOf('Count keys per tag "owner" or "OWNER"')).toBe(said);
    const japanese = await translate('ownerタグ別のキー数', 'ja');
    expect(japanese.kind === 'query' && japanese.sql).toContain(
      "coalesce(element_at(k.tags, 'owner'), element_at(k.tags, 'OWNER'))",
    );
  });

  it('are one where the data has one, and named where one of several is written', async () => {
    expect(await notesOf('keys tagged owner=platform')).toMatch(/only owner=platform.*OWNER=plat/);
    expect(await notesOf('keys tagged owner=mobile')).not.toMatch(/case-sensitive/);
    expect(await notesOf('owner=platformのキー', 'ja')).toContain('「OWNER=platform」は含みません');
  });

  it('with stray signs are meant only as they are written', async () => {
    expect((await translate('keys tagged "owner "')).kind).toBe('query');
  });
});
