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

/**
 * Does work in this process: so much of it at once, while so much more may wait, in the order in which it
 * came. Work begins after the caller's own turn, so that the acknowledgement is on its way first.
 */
export function inPlace(
  run: (job: Job) => Promise<void>,
  bounds: { readonly atOnce: number; readonly waiting: number },
): InPlace {
  const waiting: Job[] = [];
  const running = new Set<Promise<void>>();

  const begin = () => {
    while (running.size < bounds.atOnce) {
      const job = waiting.shift();
      if (!job) return;
      const work = new Promise<void>((resolve) => setImmediate(resolve))
        .then(() => run(job))
        .finally(() => {
          running.delete(work);
          begin();
        });
      running.add(work);
    }
  };

  return {
    handOver: async (job) => {
      if (running.size >= bounds.atOnce && waiting.length >= bounds.waiting) return 'full';
      waiting.push(job);
      begin();
      return 'taken';
    },
    settled: async () => {
      while (running.size > 0) await Promise.allSettled(running);
    },
  };
}
