import type { KeyValueStore } from '../conversation/history.ts';

/** The browser's local storage, where even reaching for it may throw. */
export const browserStore: KeyValueStore = {
  getItem: (key) => window.localStorage.getItem(key),
  setItem: (key, value) => window.localStorage.setItem(key, value),
  removeItem: (key) => window.localStorage.removeItem(key),
};
