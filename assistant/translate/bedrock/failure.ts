/**
 * What can go wrong between a question and a model's query. The sources are the Amazon Bedrock API
 * reference, "ConverseStream" (its errors, the exceptions within the stream, `stopReason`), and the
 * user guide, "Troubleshooting Amazon Bedrock API Error Codes".
 */
export type FailureCode =
  /** ThrottlingException: more requests or tokens than the quota allows. */
  | 'THROTTLED'
  /** ServiceUnavailableException, InternalServerException, or any other status from 500. */
  | 'UNAVAILABLE'
  /** ModelNotReadyException: the model is being loaded. */
  | 'MODEL_NOT_READY'
  /** ModelTimeoutException: the model took too long. */
  | 'MODEL_TIMEOUT'
  /** ModelErrorException. */
  | 'MODEL_ERROR'
  /** ModelStreamErrorException: the model failed in the middle of its reply. */
  | 'MODEL_STREAM_ERROR'
  /** The reply ended before `messageStop`. */
  | 'STREAM_CUT'
  /** The request, or the question as a whole, took longer than the settings allow. */
  | 'TIMEOUT'
  /** No connection, or none to that name. */
  | 'NETWORK'
  /** `malformed_model_output`, `malformed_tool_use`: Bedrock could not read what the model wrote. */
  | 'MALFORMED_OUTPUT'
  /** The input of a tool is no JSON, or not what the tool takes. */
  | 'MALFORMED_TOOL_INPUT'
  /** The model called a tool that there is not. */
  | 'UNKNOWN_TOOL'
  /** The model ended its turn without calling a tool. */
  | 'NO_TOOL_CALL'
  /** The guard refused the query. */
  | 'QUERY_REFUSED'
  /** The engine could not run the query. */
  | 'QUERY_FAILED'
  /** The model goes on calling tools without coming to a query. */
  | 'TOO_MANY_TURNS'
  /** `max_tokens`: the reply was cut at the most tokens that the settings allow. */
  | 'MAX_TOKENS'
  /** ValidationException that says so, or `model_context_window_exceeded`. */
  | 'CONTEXT_TOO_LONG'
  /** `refusal`: the model declines. */
  | 'REFUSED'
  /** `content_filtered`. */
  | 'CONTENT_FILTERED'
  /** `guardrail_intervened`: the guardrail that was configured stopped the question or the reply. */
  | 'GUARDRAIL'
  /** AccessDeniedException: no permission, or no access to the model. */
  | 'ACCESS_DENIED'
  /** There are no credentials, or they have expired. */
  | 'CREDENTIALS'
  /** ResourceNotFoundException, or ValidationException that says so: no such model in this Region. */
  | 'MODEL_NOT_FOUND'
  /** ServiceQuotaExceededException. */
  | 'QUOTA'
  /** ValidationException: the model takes no temperature. */
  | 'TEMPERATURE'
  /** ValidationException of any other kind. */
  | 'BAD_REQUEST'
  /** Anything else. */
  | 'UNEXPECTED';

/**
 * What is done about a failure. When sending again and mending have not helped, the question is
 * answered without the model, as with `fall back`.
 */
export type Handling =
  /** Sent again after a random wait that grows. */
  | 'retry'
  /** Told to the model, so that it mends what it wrote. */
  | 'mend'
  /** Answered by the offline translator, and said so. */
  | 'fall back'
  /** Someone decided that this is not to be answered; that is what the person is told. */
  | 'tell';

export const handlings: Readonly<Record<FailureCode, Handling>> = {
  THROTTLED: 'retry',
  UNAVAILABLE: 'retry',
  MODEL_NOT_READY: 'retry',
  MODEL_TIMEOUT: 'retry',
  MODEL_ERROR: 'retry',
  MODEL_STREAM_ERROR: 'retry',
  STREAM_CUT: 'retry',
  TIMEOUT: 'fall back',
  NETWORK: 'retry',
  MALFORMED_OUTPUT: 'retry',
  MALFORMED_TOOL_INPUT: 'mend',
  UNKNOWN_TOOL: 'mend',
  NO_TOOL_CALL: 'mend',
  QUERY_REFUSED: 'mend',
  QUERY_FAILED: 'mend',
  TOO_MANY_TURNS: 'fall back',
  MAX_TOKENS: 'fall back',
  CONTEXT_TOO_LONG: 'fall back',
  REFUSED: 'fall back',
  CONTENT_FILTERED: 'fall back',
  GUARDRAIL: 'tell',
  ACCESS_DENIED: 'fall back',
  CREDENTIALS: 'fall back',
  MODEL_NOT_FOUND: 'fall back',
  QUOTA: 'fall back',
  TEMPERATURE: 'retry',
  BAD_REQUEST: 'fall back',
  UNEXPECTED: 'fall back',
};

/** Failures that every further question to the model would have too. */
export const lasting: ReadonlySet<string> = new Set<FailureCode>([
  'ACCESS_DENIED',
  'CREDENTIALS',
  'MODEL_NOT_FOUND',
  'BAD_REQUEST',
  'QUOTA',
]);

/** A failure that is told apart. The message is for the log; it may hold text of AWS or the model. */
export class ModelFailure extends Error {
  constructor(
    readonly code: FailureCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ModelFailure';
  }

  get handling(): Handling {
    return handlings[this.code];
  }
}

const byName: Readonly<Record<string, FailureCode>> = {
  ThrottlingException: 'THROTTLED',
  TooManyRequestsException: 'THROTTLED',
  ServiceUnavailableException: 'UNAVAILABLE',
  InternalServerException: 'UNAVAILABLE',
  ModelNotReadyException: 'MODEL_NOT_READY',
  ModelTimeoutException: 'MODEL_TIMEOUT',
  ModelErrorException: 'MODEL_ERROR',
  ModelStreamErrorException: 'MODEL_STREAM_ERROR',
  ServiceQuotaExceededException: 'QUOTA',
  ResourceNotFoundException: 'MODEL_NOT_FOUND',
};

/** What a ValidationException says, by model: the first that fits counts. */
const validations: readonly (readonly [RegExp, FailureCode])[] = [
  [
    /(?:input|prompt) is too long|too many (?:input )?tokens|context (?:length|window|limit)|exceeds? .{0,60}tokens/i,
    'CONTEXT_TOO_LONG',
  ],
  [/\btemperature\b/i, 'TEMPERATURE'],
  [/model identifier|on-demand throughput|inference profile|end of its life/i, 'MODEL_NOT_FOUND'],
];

const noCredentials =
  /^(?:Expired|UnrecognizedClient|InvalidSignature|InvalidClientToken|CredentialsProvider|TokenProvider|AuthFailure|MissingAuthentication|IncompleteSignature|SignatureDoesNotMatch)/;

const noNetwork =
  /^(?:ECONN|ENOTFOUND|EAI_|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|CERT_|UNABLE_TO_|SELF_SIGNED)/;

interface Details {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly message?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: unknown };
}

/** What an error of the SDK means. `begun`: the reply had begun to arrive. */
export function failureOf(error: unknown, begun: boolean): ModelFailure {
  if (error instanceof ModelFailure) return error;
  const details: Details = typeof error === 'object' && error !== null ? error : {};
  const message = String(details.message ?? error);
  return new ModelFailure(codeOf(details, message, begun), message, { cause: error });
}

function codeOf({ name, code, $metadata }: Details, message: string, begun: boolean): FailureCode {
  const named = String(name ?? '');
  const known = byName[named];
  if (known) return known;
  if (named === 'ValidationException')
    return validations.find(([pattern]) => pattern.test(message))?.[1] ?? 'BAD_REQUEST';
  if (noCredentials.test(named)) return 'CREDENTIALS';
  const status = Number($metadata?.httpStatusCode ?? 0);
  if (named === 'AccessDeniedException' || status === 403) return 'ACCESS_DENIED';
  if (status === 429) return 'THROTTLED';
  if (status >= 500) return 'UNAVAILABLE';
  if (begun) return 'STREAM_CUT';
  if (named === 'TimeoutError' || noNetwork.test(String(code ?? ''))) return 'NETWORK';
  if (/region is missing/i.test(message)) return 'CREDENTIALS';
  return 'UNEXPECTED';
}

const byStopReason: Readonly<Record<string, FailureCode>> = {
  max_tokens: 'MAX_TOKENS',
  model_context_window_exceeded: 'CONTEXT_TOO_LONG',
  content_filtered: 'CONTENT_FILTERED',
  refusal: 'REFUSED',
  guardrail_intervened: 'GUARDRAIL',
  malformed_model_output: 'MALFORMED_OUTPUT',
  malformed_tool_use: 'MALFORMED_OUTPUT',
};

/** The failure that the end of a turn stands for; null when the model ended it as it should. */
export function failureOfStop(stopReason: string): ModelFailure | null {
  const code = byStopReason[stopReason];
  return code ? new ModelFailure(code, `The model stopped: ${stopReason}`) : null;
}
