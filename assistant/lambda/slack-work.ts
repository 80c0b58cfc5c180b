import { jobSchema } from '../slack/job.ts';
import { runJob, type Workshop } from '../slack/run-job.ts';

/**
 * The function that does what another one took from Slack. A job that is not one of ours fails the
 * invocation; of all else `runJob` tells the caller.
 */
export const slackWork =
  (workshop: () => Promise<Workshop>) =>
  async (event: unknown): Promise<void> => {
    const job = jobSchema.parse(event);
    await runJob(job, await workshop());
  };
