import { useEffect, useState } from 'react';
import type { Problem } from './problem.ts';
import type { Read } from './views.ts';

/** What was read last, and whether something newer is on its way. */
export interface Reading<T> {
  readonly body: T | null;
  readonly problem: Problem | null;
  readonly busy: boolean;
  readonly again: () => void;
}

/**
 * Reads whenever `what` changes, and shows what was read before until the new is there. A later
 * reading overtakes an earlier one.
 */
export function useRead<T>(
  what: string,
  read: (signal: AbortSignal) => Promise<Read<T>>,
): Reading<T> {
  const [state, setState] = useState<Omit<Reading<T>, 'again'>>({
    body: null,
    problem: null,
    busy: true,
  });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `what` says all that `read` depends on
  useEffect(() => {
    const controller = new AbortController();
    setState((before) => ({ ...before, busy: true }));
    read(controller.signal).then((result) => {
      if (controller.signal.aborted) return;
      setState(
        result.ok
          ? { body: result.body, problem: null, busy: false }
          : { body: null, problem: result.problem, busy: false },
      );
    });
    return () => controller.abort();
  }, [what, attempt]);
  return { ...state, again: () => setAttempt((n) => n + 1) };
}
