import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type GetQueryResultsInput,
  type GetQueryResultsOutput,
  type QueryExecution,
  StartQueryExecutionCommand,
  type StartQueryExecutionInput,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';

/** The four calls of Athena that are made, with the SDK's own inputs, outputs and exceptions. */
export interface AthenaApi {
  /** Gives the id of the execution. */
  readonly start: (input: StartQueryExecutionInput) => Promise<string | undefined>;
  readonly execution: (id: string, signal: AbortSignal) => Promise<QueryExecution | undefined>;
  readonly results: (
    input: GetQueryResultsInput,
    signal: AbortSignal,
  ) => Promise<GetQueryResultsOutput>;
  readonly stop: (id: string, signal: AbortSignal) => Promise<void>;
  readonly close: () => void;
}

/**
 * Athena by the AWS SDK, with its usual credentials. Throttled and failed requests are sent again,
 * up to five times in all, after a random wait that grows; a request may take 20 seconds.
 */
export function athenaApi(region: string | undefined): AthenaApi {
  const client = new AthenaClient({
    ...(region === undefined ? {} : { region }),
    maxAttempts: 5,
    retryMode: 'standard',
    requestHandler: {
      connectionTimeout: 3_000,
      requestTimeout: 20_000,
      throwOnRequestTimeout: true,
    },
  });
  return {
    // Without a signal: a request that is broken off may have started a query whose id is not known.
    start: async (input) =>
      (await client.send(new StartQueryExecutionCommand(input))).QueryExecutionId,
    execution: async (id, abortSignal) => {
      const command = new GetQueryExecutionCommand({ QueryExecutionId: id });
      return (await client.send(command, { abortSignal })).QueryExecution;
    },
    results: (input, abortSignal) =>
      client.send(new GetQueryResultsCommand(input), { abortSignal }),
    stop: async (id, abortSignal) => {
      await client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }), { abortSignal });
    },
    close: () => client.destroy(),
  };
}
