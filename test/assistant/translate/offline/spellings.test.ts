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

const choicesOf = async (question: string) => {
  const translation = await translate(question);
  return translation.kind === 'clarify' ? translation.choices : translation.kind;
};
const notesOf = async (question: string, language?: 'en' | 'ja') => {
  const translation = await translate(question, language);
  return translation.kind === 'query' ? translation.notes.join(' ') : translation.kind;
};

describe('spellings of a tag', () => {
  it('are offered together first, then each alone', async () => {
    expect(await choicesOf('keys with owner platform')).toEqual([
      'List keys that have tag OWNER=platform or have tag owner=platform',
      'List keys that have tag owner=platform',
      'List keys that have tag OWNER=platform',
    ]);
  });

  it('are each missing where the tag is', async () => {
    expect(await choicesOf('keys without an owner tag')).toContain(
      'List keys that do not have tag "OWNER" and do not have tag "owner"',
    );
  });

  it('stand together where something else is to be told', async () => {
    expect(await choicesOf('keys in production with owner platform')).toEqual([
      'List keys that are in OU Root/Data/Production or Root/Workloads/Production and (have tag OWNER=platform or have tag owner=platform)',
      'List keys that are in OU Root/Data/Production and (have tag OWNER=platform or have tag owner=platform)',
      'List keys that are in OU Root/Workloads/Production and (have tag OWNER=platform or have tag owner=platform)',
    ]);
  });

  it('can be asked as they are offered', async () => {
    for (const question of [
      'keys by owner',
      'keys without an owner tag',
      'keys in production with owner platform',
    ]) {
      for (const choice of await choicesOf(question)) {
        expect((await translate(choice)).kind, choice).toBe('query');
      }
    }
  });

  it('are one where the data has one, and named where one of several is written', async () => {
    expect(await notesOf('keys tagged owner=platform')).toMatch(/only owner=platform.*OWNER=plat/);
    expect(await notesOf('keys tagged owner=mobile')).not.toMatch(/case-sensitive/);
    expect(await notesOf('owner=platformのキー', 'ja')).toContain('「OWNER=platform」は含みません');
  });

  it('with stray signs are meant only as they are written', async () => {
    expect(await choicesOf('keys tagged "owner "')).toBe('query');
  });
});
