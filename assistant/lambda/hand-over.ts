import { InvokeCommand, LambdaClient, TooManyRequestsException } from '@aws-sdk/client-lambda';
import type { HandOver } from '../slack/work.ts';

export interface LambdaHandOver {
  readonly handOver: HandOver;
  readonly close: () => void;
}

/**
 * Hands work to another function, which does it after this one has answered. Not tried again: Slack waits,
 * and who asked is told that it is not certain.
 */
export function handOverTo(functionName: string): LambdaHandOver {
  const client = new LambdaClient({
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: 700,
      requestTimeout: 1_400,
      throwOnRequestTimeout: true,
    },
  });
  return {
    handOver: async (job) => {
      const command = new InvokeCommand({
        FunctionName: functionName,
        InvocationType: 'Event',
        Payload: JSON.stringify(job),
      });
      try {
        await client.send(command);
        return 'taken';
      } catch (error) {
        if (error instanceof TooManyRequestsException) return 'full';
        throw error;
      }
    },
    close: () => client.destroy(),
  };
}
