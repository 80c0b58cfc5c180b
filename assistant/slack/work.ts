import type { Job } from './job.ts';

/**
 * Takes work over, so that Slack has its acknowledgement before the work is done. A server does it in
 * place; a function of Lambda, which ends with its answer, has another invocation do it.
 */
export type HandOver = (job: Job) => Promise<'taken' | 'full'>;

export interface InPlace {
  readonly handOver: HandOver;
  /** Resolves when no work is left. */
  readonly settled: () => Promise<void>;
}

/** Commands come in bursts, and their acknowledgements come first: work waits for a quiet moment, */
const QUIET_MS = 50;
/** but for no longer than this, since more may always come. */
const LONGEST_QUIET_MS = 1_000;

/** A busy process comes late to everything: what has come is read in these turns, before it looks. */
const TURNS = 5;

function afterTurns(turns: number, then: () => void): void {
  setImmediate(() => (turns <= 1 ? then() : afterTurns(turns - 1, then)));
}

/**
 * Does work in this process: so much of it at once, while so much more may wait, in the order in which it
 * came. Understanding a question keeps the process busy for moments at a time, in which nothing is
 * acknowledged; so work begins one by one, when nothing has come for a moment. `run` must not throw.
 */
export function inPlace(
  run: (job: Job) => Promise<void>,
  bounds: { readonly atOnce: number; readonly waiting: number },
): InPlace {
  const waiting: { readonly job: Job; readonly at: number }[] = [];
  let running = 0;
  let lastAt = 0;
  let isAboutToBegin = false;
  let whenSettled: (() => void)[] = [];

  const beginLater = (ms: number) => {
    if (isAboutToBegin || waiting.length === 0 || running >= bounds.atOnce) return;
    isAboutToBegin = true;
    setTimeout(() => afterTurns(TURNS, begin), ms);
  };
  const begin = () => {
    isAboutToBegin = false;
    const now = performance.now();
    const next = waiting[0];
    if (!next) return;
    if (now - lastAt < QUIET_MS && now - next.at < LONGEST_QUIET_MS) return beginLater(QUIET_MS);
    waiting.shift();
    running += 1;
    void run(next.job).finally(() => {
      running -= 1;
      beginLater(0);
      if (running > 0 || waiting.length > 0) return;
      for (const settle of whenSettled) settle();
      whenSettled = [];
    });
    beginLater(0);
  };

  return {
    handOver: async (job) => {
      if (running + waiting.length >= bounds.atOnce + bounds.waiting) return 'full';
      lastAt = performance.now();
      waiting.push({ job, at: lastAt });
      beginLater(QUIET_MS);
      return 'taken';
    },
    settled: () =>
      new Promise((resolve) => {
        if (running === 0 && waiting.length === 0) resolve();
        else whenSettled.push(resolve);
      }),
  };
}
