import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  StartQueryExecutionCommand,
  StopQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import type { AthenaApi } from './api.ts';
import { shared } from './sdk.ts';

/** Athena by the SDK's real client, with the collector's own credentials. */
export function athenaApi({
  profile,
  region,
}: {
  readonly profile?: string | undefined;
  /** The Region of the workgroup and the table. Default: as the SDK finds it. */
  readonly region?: string | undefined;
}): AthenaApi {
  const client = new AthenaClient({
    ...shared(),
    ...(profile === undefined ? {} : { profile }),
    ...(region === undefined ? {} : { region }),
  });
  return {
    startQueryExecution: (input) => client.send(new StartQueryExecutionCommand(input)),
    getQueryExecution: (input) => client.send(new GetQueryExecutionCommand(input)),
    getQueryResults: (input) => client.send(new GetQueryResultsCommand(input)),
    stopQueryExecution: (input) => client.send(new StopQueryExecutionCommand(input)),
  };
}
