import { describe, expect, it } from 'vitest';
import {
  addToHistory,
  clearHistory,
  type KeyValueStore,
  readHistory,
  removeFromHistory,
} from '../../web/src/conversation/history.ts';
import { readSetting, writeSetting } from '../../web/src/settings/setting.ts';

function memory(start?: string): KeyValueStore {
  const values = new Map<string, string>();
  if (start !== undefined) values.set('kms-insights.history', start);
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => {
      values.set(key, value);
    },
    removeItem: (key) => {
      values.delete(key);
    },
  };
}

const blocked: KeyValueStore = {
  getItem: () => {
    throw new Error('blocked');
  },
  setItem: () => {
    throw new Error('blocked');
  },
  removeItem: () => {
    throw new Error('blocked');
  },
};

describe('history', () => {
  it('keeps questions in order, once each, and forgets on request', () => {
    const store = memory();
    for (const id of ['a', 'b', 'a', 'c']) addToHistory(store, { id, question: `q${id}` });
    expect(readHistory(store).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
    removeFromHistory(store, 'a');
    expect(readHistory(store).map(({ id }) => id)).toEqual(['b', 'c']);
    clearHistory(store);
    expect(readHistory(store)).toEqual([]);
  });

  it('keeps the newest fifty', () => {
    const store = memory();
    for (let n = 0; n < 60; n++) addToHistory(store, { id: String(n), question: 'q' });
    const entries = readHistory(store);
    expect(entries).toHaveLength(50);
    expect(entries.at(-1)?.id).toBe('59');
  });

  it.each(['{', '7', 'null', '[1, {"id": 2}, {"id": "", "question": "q"}]'])(
    'is empty when the store holds %s',
    (text) => {
      expect(readHistory(memory(text))).toEqual([]);
    },
  );

  it('keeps nothing but the id and the question', () => {
    expect(readHistory(memory('[{"id":"a","question":"q","rows":[1]}]'))).toEqual([
      { id: 'a', question: 'q' },
    ]);
  });

  it('costs nothing but itself where storage is blocked', () => {
    addToHistory(blocked, { id: 'a', question: 'q' });
    clearHistory(blocked);
    writeSetting(blocked, 'theme', 'dark');
    expect(readHistory(blocked)).toEqual([]);
    expect(readSetting(blocked, 'theme')).toBeNull();
  });
});
