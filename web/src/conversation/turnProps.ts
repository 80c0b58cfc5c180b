import type { Turn } from './turns.ts';

/** What every part of a turn is given. */
export interface TurnProps {
  readonly turn: Turn;
  readonly newest: boolean;
  /** True while any question runs. */
  readonly busy: boolean;
  readonly snapshotId: string | null;
  readonly onAsk: (question: string) => void;
  readonly onRetry: (key: string, question: string) => void;
  readonly onOpen: (key: string, id: string) => void;
}
