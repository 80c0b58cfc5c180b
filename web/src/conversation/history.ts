import { hasText, isFields } from '../api/shape.ts';

/** One earlier question. Answers stay on the server; only their ids are kept here. */
export interface HistoryEntry {
  readonly id: string;
  readonly question: string;
}

/** The part of `localStorage` that is used; its methods throw where storage is blocked or full. */
export interface KeyValueStore {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
  readonly removeItem: (key: string) => void;
}

const storeKey = 'kms-insights.history';
const kept = 50;

/** The earlier questions, oldest first. Anything unreadable is passed over. */
export function readHistory(store: KeyValueStore): HistoryEntry[] {
  try {
    const entries: unknown = JSON.parse(store.getItem(storeKey) ?? '[]');
    if (!Array.isArray(entries)) return [];
    const seen = new Set<string>();
    return entries.flatMap((entry: unknown) => {
      if (!isFields(entry) || !hasText(entry, 'id', 'question')) return [];
      const id = String(entry.id);
      if (id === '' || seen.has(id)) return [];
      seen.add(id);
      return [{ id, question: String(entry.question) }];
    });
  } catch {
    return [];
  }
}

/** Keeps one more question; the oldest make room. Does nothing where storage is blocked. */
export function addToHistory(store: KeyValueStore, entry: HistoryEntry): void {
  const others = readHistory(store).filter(({ id }) => id !== entry.id);
  write(store, [...others, entry].slice(-kept));
}

/** Forgets one question, whose answer is gone. */
export function removeFromHistory(store: KeyValueStore, id: string): void {
  write(
    store,
    readHistory(store).filter((entry) => entry.id !== id),
  );
}

/** Forgets every question. */
export function clearHistory(store: KeyValueStore): void {
  try {
    store.removeItem(storeKey);
  } catch {
    // Nothing was stored where storage is blocked.
  }
}

function write(store: KeyValueStore, entries: readonly HistoryEntry[]): void {
  try {
    store.setItem(storeKey, JSON.stringify(entries));
  } catch {
    // A full or blocked store costs the history, not the answer.
  }
}
