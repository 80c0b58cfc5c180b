import type { QueryExecution } from '@aws-sdk/client-athena';
import { EngineError, type EngineErrorCode } from '../engine.ts';
import type { AthenaSettings } from './settings.ts';

type Named = Pick<AthenaSettings, 'workgroup' | 'database' | 'catalog'>;

const permissions = 'Give the role the permissions listed in docs/athena.md.';

interface Rule {
  /** What the text of the failure has. */
  readonly when: RegExp;
  readonly code: EngineErrorCode;
  readonly message: (s: Named) => string;
  readonly hint: (s: Named) => string;
}

/** How Athena tells why a query ended; the first that fits counts. */
const endings: readonly Rule[] = [
  {
    when: /bytes scanned limit was exceeded/i,
    code: 'SCAN_LIMIT',
    message: ({ workgroup }) =>
      `The query reads more data than the workgroup ${workgroup} allows, and was stopped.`,
    hint: () =>
      "Ask for less: fewer columns, or a filter on snapshot_date in the history tables. The limit is the workgroup's.",
  },
  {
    when: /TABLE_NOT_FOUND|SCHEMA_NOT_FOUND|CATALOG_NOT_FOUND|DATABASE_NOT_FOUND|(?:table|schema|database|catalog|view) .{0,300}(?:does not exist|not found)|EntityNotFoundException/i,
    code: 'NO_SNAPSHOT',
    message: ({ catalog, database }) =>
      `A table or view is missing in the database ${database} of ${catalog}.`,
    hint: () =>
      'Deploy the data stack and collect once, or name another database with --database. A table that the role may not see counts as missing too.',
  },
  {
    when: /access ?denied|not authorized|insufficient (?:lake formation )?permission|PERMISSION_DENIED/i,
    code: 'ACCESS_DENIED',
    message: () => 'Athena was not allowed to read the tables or to write the result.',
    hint: () => permissions,
  },
  {
    when: /exhausted resources|EXCEEDED_(?:LOCAL_|GLOBAL_)?MEMORY_LIMIT|exceeded .{0,40}memory limit/i,
    code: 'OUT_OF_MEMORY',
    message: () => 'The query needs more than Athena gives to one query.',
    hint: () => 'Ask for less: group or filter before joining.',
  },
  {
    when: /timed? ?out|EXCEEDED_TIME_LIMIT/i,
    code: 'TIMEOUT',
    message: () => 'Athena ended the query because it ran too long.',
    hint: () => 'Ask for less: fewer joins, or a filter on account, Region or time.',
  },
  {
    when: /HIVE_CANNOT_OPEN_SPLIT|HIVE_FILESYSTEM_ERROR|NoSuchKey|VIEW_IS_STALE/i,
    code: 'SNAPSHOT_CHANGED',
    message: () => 'Files of the tables were replaced while the query read them.',
    hint: () => 'Ask again. If it stays, collect again.',
  },
  {
    when: /COLUMN_NOT_FOUND|column .{0,200}cannot be resolved|HIVE_BAD_DATA|HIVE_PARTITION_SCHEMA_MISMATCH/i,
    code: 'UNEXPECTED_RESULT',
    message: () => 'The tables are not those that this version knows.',
    hint: () => 'Deploy the tables and this program in the same version, and collect again.',
  },
  {
    when: /TOO_MANY_REQUESTS|throttl|SlowDown|reduce your request rate/i,
    code: 'THROTTLED',
    message: () => 'AWS had too many requests to answer this one.',
    hint: () => 'Wait a little and ask again.',
  },
];

/** Why a query FAILED or was CANCELLED, by Athena's own words ("Athena error catalog"). */
export function endedError(execution: QueryExecution, settings: Named): EngineError {
  const { State, StateChangeReason, AthenaError: told } = execution.Status ?? {};
  const text = `${StateChangeReason ?? ''}\n${told?.ErrorMessage ?? ''}`;
  const rule = endings.find((r) => r.when.test(text));
  if (rule) return new EngineError(rule.code, rule.message(settings), rule.hint(settings));
  if (State === 'CANCELLED')
    return new EngineError(
      'CANCELLED',
      'The query was stopped in Athena by someone else.',
      'Ask again.',
    );
  // Category 1 is a fault of the system, 2 one of the user, 3 another.
  if (told?.Retryable || told?.ErrorCategory === 1)
    return new EngineError(
      'UNAVAILABLE',
      `Athena had a fault of its own: ${plain(text)}`,
      'Ask again in a moment.',
    );
  return new EngineError(
    'FAILED',
    `The query failed: ${plain(text)}`,
    'Check the values that are cast or divided, and ask again.',
  );
}

/** What a request to Athena failed of, when not of the query itself. */
export function requestError(error: unknown, settings: Named): EngineError {
  const { name, code, message, $metadata } = detailsOf(error);
  const status = $metadata?.httpStatusCode ?? 0;
  if (
    /^(?:Expired|UnrecognizedClient|InvalidSignature|InvalidClientToken|CredentialsProvider|TokenProvider|AuthFailure|MissingAuthentication|IncompleteSignature|SignatureDoesNotMatch)/.test(
      name,
    )
  )
    return new EngineError(
      'CREDENTIALS',
      'The AWS credentials are missing, invalid or expired.',
      'Sign in again (aws sso login), or set AWS_PROFILE.',
    );
  if (/^AccessDenied|^NotAuthorized|^UnauthorizedOperation/.test(name) || status === 403) {
    const action = /perform: ([\w:*]+)/.exec(message)?.[1];
    return new EngineError(
      'ACCESS_DENIED',
      `AWS did not allow ${action ?? 'the request to Athena'}.`,
      permissions,
    );
  }
  if (/^TooManyRequests|^Throttl|^SlowDown/.test(name) || status === 429)
    return new EngineError(
      'THROTTLED',
      'Athena had too many requests or queries at once, also after waiting.',
      'Wait a little and ask again, or raise the quota of active queries.',
    );
  if (/^Region is missing/i.test(message))
    return new EngineError(
      'FAILED',
      'No Region is set.',
      'Name it with --region, KMS_INSIGHTS_ATHENA_REGION or AWS_REGION.',
    );
  if (/work ?group/i.test(message))
    return new EngineError(
      'WORKGROUP',
      `The workgroup ${settings.workgroup} is missing or disabled, or is that of another Region.`,
      'Name it with --workgroup, and its Region with --region.',
    );
  if (/output (?:location|bucket)/i.test(message))
    return new EngineError(
      'WORKGROUP',
      `The workgroup ${settings.workgroup} has no usable place for results.`,
      'Set its query result location, and allow the role to write there (docs/athena.md).',
    );
  const ending = endings.find((r) => r.when.test(message));
  if (ending) return new EngineError(ending.code, ending.message(settings), ending.hint(settings));
  if (isNetwork(name, code))
    return new EngineError(
      'UNAVAILABLE',
      `Athena cannot be reached (${code || name}).`,
      'Check the network, the Region, and AWS_ENDPOINT_URL if it is set.',
    );
  if (status >= 500)
    return new EngineError(
      'UNAVAILABLE',
      'Athena had a fault of its own.',
      'Ask again in a moment.',
    );
  return new EngineError(
    'FAILED',
    `Athena refused the request (${name}): ${plain(message)}`,
    'Check the settings of the workgroup and the database.',
  );
}

interface Details {
  readonly name: string;
  readonly code: string;
  readonly message: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

function detailsOf(error: unknown): Details {
  const { name, code, message, $metadata } = (error ?? {}) as Partial<Details>;
  return {
    name: String(name ?? ''),
    code: String(code ?? ''),
    message: String(message ?? ''),
    ...($metadata ? { $metadata } : {}),
  };
}

const isNetwork = (name: string, code: string): boolean =>
  name === 'TimeoutError' ||
  /^(?:E[A-Z_]+|UND_ERR\w*|CERT_\w+|DEPTH_ZERO\w+|SELF_SIGNED\w+|UNABLE_TO\w+)$/.test(code);

/** One line without what Athena adds for its support, nor the query itself. */
function plain(text: string): string {
  const line = text.split('\n').find((l) => l.trim() !== '') ?? 'no reason was given';
  const short = line
    .replace(/\s*(?:This query ran against|You may need to manually clean|\(Service: ).*$/s, '')
    .replace(/^line \d+:\d+: /, '')
    .trim();
  return `${short.slice(0, 300)}${short.length > 300 ? '…' : ''}`;
}
