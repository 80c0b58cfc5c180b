import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What an executor gives: values as Athena writes them, undefined for null. */
export interface TextResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | undefined)[])[];
}

/** Runs the text of a query. What it throws becomes the reason of a failed query. */
export type Executor = (sql: string, database: string) => Promise<TextResult>;

/** An answer instead of the usual one. */
export interface Fault {
  readonly status: number;
  readonly type: string;
  readonly message: string;
  /** Breaks the connection instead of answering. */
  readonly hangUp?: boolean;
}

/** How a query ends instead of by its rows. */
export interface Ending {
  readonly state: 'FAILED' | 'CANCELLED';
  readonly reason: string;
  readonly error?: Readonly<Record<string, unknown>>;
}

export interface AthenaServerOptions {
  readonly execute: Executor;
  /** May answer a request with a fault; `nth` counts the requests of that operation from 1. */
  readonly fault?: (operation: string, nth: number) => Fault | undefined;
  /** May make a query end otherwise, or not by itself. */
  readonly end?: (sql: string) => Ending | 'never' | undefined;
  /** Milliseconds before an operation is answered. */
  readonly delay?: (operation: string, nth: number) => number;
  /** What stands in the first row of a result; default the names of the columns. */
  readonly header?: readonly string[];
  readonly scannedBytes?: number;
  readonly workgroups?: readonly string[];
}

export interface AthenaServer {
  readonly url: string;
  /** Every request so far: its operation and body. */
  readonly requests: readonly { readonly operation: string; readonly body: Body }[];
  readonly calls: (operation: string) => readonly Body[];
  /** The state of each query, in the order in which they were started. */
  readonly states: () => readonly string[];
  readonly stop: () => Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever a client sends.
type Body = any;

interface Execution {
  readonly id: string;
  readonly body: Body;
  readonly reused: boolean;
  state: 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
  reason?: string;
  error?: Readonly<Record<string, unknown>> | undefined;
  result?: TextResult;
  endedAt?: number;
}

class Refused extends Error {
  constructor(
    readonly type: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

const invalid = (message: string): Refused => new Refused('InvalidRequestException', message);

/**
 * An Athena on this machine: the four calls over its real protocol (AWS JSON 1.1), with states,
 * pages, idempotent starts, reuse of results and stopping. The rows come from the executor.
 */
export async function startAthena(options: AthenaServerOptions): Promise<AthenaServer> {
  const requests: { operation: string; body: Body }[] = [];
  const executions = new Map<string, Execution>();
  const tokens = new Map<string, string>();
  const workgroups = options.workgroups ?? ['kms-insights'];

  const start = (body: Body): unknown => {
    if (typeof body.QueryString !== 'string' || Buffer.byteLength(body.QueryString) > 262_144)
      throw invalid('QueryString must have 1 to 262144 bytes');
    if (!workgroups.includes(body.WorkGroup))
      throw invalid(`WorkGroup ${body.WorkGroup} is not found.`);
    if (!/^.{32,128}$/s.test(body.ClientRequestToken ?? ''))
      throw invalid('ClientRequestToken must have 32 to 128 characters');
    const known = tokens.get(body.ClientRequestToken);
    if (known) return { QueryExecutionId: known };
    const earlier = reusable(body);
    const execution: Execution = {
      id: randomUUID(),
      body,
      reused: earlier !== undefined,
      state: 'QUEUED',
    };
    tokens.set(body.ClientRequestToken, execution.id);
    executions.set(execution.id, execution);
    void run(execution, earlier);
    return { QueryExecutionId: execution.id };
  };

  const reusable = (body: Body): TextResult | undefined => {
    const { Enabled, MaxAgeInMinutes = 60 } =
      body.ResultReuseConfiguration?.ResultReuseByAgeConfiguration ?? {};
    if (!Enabled) return undefined;
    const oldest = Date.now() - MaxAgeInMinutes * 60_000;
    return [...executions.values()].find(
      (e) =>
        e.state === 'SUCCEEDED' &&
        (e.endedAt ?? 0) >= oldest &&
        e.body.QueryString === body.QueryString &&
        e.body.QueryExecutionContext?.Database === body.QueryExecutionContext?.Database,
    )?.result;
  };

  const run = async (e: Execution, earlier: TextResult | undefined): Promise<void> => {
    const ending = options.end?.(e.body.QueryString);
    if (ending === 'never') {
      e.state = 'RUNNING';
      return;
    }
    try {
      if (ending) {
        Object.assign(e, { state: ending.state, reason: ending.reason, error: ending.error });
        return;
      }
      const { Database = 'default' } = e.body.QueryExecutionContext ?? {};
      e.result = earlier ?? (await options.execute(e.body.QueryString, Database));
      if (e.state !== 'CANCELLED') e.state = 'SUCCEEDED';
    } catch (error) {
      e.state = 'FAILED';
      e.reason = error instanceof Error ? error.message : String(error);
      e.error = { ErrorCategory: 2, ErrorType: 1000, Retryable: false, ErrorMessage: e.reason };
    } finally {
      e.endedAt = Date.now();
    }
  };

  const find = (body: Body): Execution => {
    const found = executions.get(body.QueryExecutionId);
    if (!found) throw invalid(`QueryExecution ${body.QueryExecutionId} was not found`);
    return found;
  };

  const describe = (e: Execution): unknown => ({
    QueryExecution: {
      QueryExecutionId: e.id,
      Query: e.body.QueryString,
      StatementType: 'DML',
      SubstatementType: 'SELECT',
      WorkGroup: e.body.WorkGroup,
      QueryExecutionContext: e.body.QueryExecutionContext,
      Status: {
        State: e.state,
        SubmissionDateTime: Date.now() / 1000,
        ...(e.reason === undefined ? {} : { StateChangeReason: e.reason }),
        ...(e.error ? { AthenaError: e.error } : {}),
      },
      Statistics: {
        DataScannedInBytes: e.reused ? 0 : (options.scannedBytes ?? 0),
        EngineExecutionTimeInMillis: 7,
        QueryQueueTimeInMillis: 3,
        TotalExecutionTimeInMillis: 10,
        ResultReuseInformation: { ReusedPreviousResult: e.reused },
      },
    },
  });

  const page = (body: Body): unknown => {
    const e = find(body);
    if (e.state !== 'SUCCEEDED' || !e.result)
      throw invalid(`Query has not yet finished. Current state: ${e.state}`);
    const most = body.MaxResults ?? 1_000;
    if (most < 1 || most > 1_000) throw invalid('MaxResults is more than the allowed length 1000');
    const { columns, rows } = e.result;
    const all = [options.header ?? columns.map((c): string | undefined => c.name), ...rows];
    const from = body.NextToken === undefined ? 0 : Number(Buffer.from(body.NextToken, 'base64'));
    const until = Math.min(all.length, from + most);
    return {
      UpdateCount: 0,
      ResultSet: {
        Rows: all.slice(from, until).map((row) => ({
          Data: row.map((value) => (value === undefined ? {} : { VarCharValue: value })),
        })),
        ResultSetMetadata: {
          ColumnInfo: columns.map(({ name, type }) => ({
            CatalogName: 'hive',
            SchemaName: '',
            TableName: '',
            Name: name,
            Label: name,
            Type: type,
            Precision: 0,
            Scale: 0,
            Nullable: 'UNKNOWN',
            CaseSensitive: type === 'varchar',
          })),
        },
      },
      ...(until < all.length ? { NextToken: Buffer.from(String(until)).toString('base64') } : {}),
    };
  };

  const operations: Readonly<Record<string, (body: Body) => unknown>> = {
    StartQueryExecution: start,
    GetQueryExecution: (body) => describe(find(body)),
    GetQueryResults: page,
    StopQueryExecution: (body) => {
      const e = find(body);
      if (e.state === 'QUEUED' || e.state === 'RUNNING')
        Object.assign(e, { state: 'CANCELLED', reason: 'Query cancelled by user' });
      return {};
    },
  };

  const answer = (request: IncomingMessage, operation: string, body: Body): unknown => {
    if (!/^AWS4-HMAC-SHA256 Credential=/.test(request.headers.authorization ?? ''))
      throw new Refused('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
    const handler = operations[operation];
    if (!handler) throw new Refused('UnknownOperationException', operation);
    return handler(body);
  };

  const server = createServer(async (request, response) => {
    const target = String(request.headers['x-amz-target']);
    const operation = target.replace(/^AmazonAthena\./, '');
    const body: Body = JSON.parse(await text(request));
    requests.push({ operation, body });
    const nth = requests.filter((r) => r.operation === operation).length;
    const wait = options.delay?.(operation, nth) ?? 0;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const send = (status: number, value: unknown, type?: string): void => {
      response.writeHead(status, {
        'content-type': 'application/x-amz-json-1.1',
        'x-amzn-requestid': randomUUID(),
        ...(type === undefined ? {} : { 'x-amzn-errortype': type }),
      });
      response.end(JSON.stringify(value));
    };
    const fault = options.fault?.(operation, nth);
    if (fault?.hangUp) {
      request.socket.destroy();
      return;
    }
    if (fault) {
      send(fault.status, { __type: fault.type, Message: fault.message }, fault.type);
      return;
    }
    try {
      send(200, answer(request, operation, body));
    } catch (error) {
      if (error instanceof Refused)
        send(error.status, { __type: error.type, Message: error.message }, error.type);
      else send(500, { __type: 'InternalServerException', Message: String(error) });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    calls: (operation) => requests.filter((r) => r.operation === operation).map((r) => r.body),
    states: () => [...executions.values()].map((e) => e.state),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
