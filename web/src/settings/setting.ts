import type { KeyValueStore } from '../conversation/history.ts';

/** A choice kept across visits; null when none was made or storage is blocked. */
export function readSetting(store: KeyValueStore, name: string): string | null {
  try {
    return store.getItem(`kms-insights.${name}`);
  } catch {
    return null;
  }
}

/** Keeps a choice; where storage is blocked it lasts for this visit only. */
export function writeSetting(store: KeyValueStore, name: string, value: string): void {
  try {
    store.setItem(`kms-insights.${name}`, value);
  } catch {
    // The choice is in force all the same.
  }
}
