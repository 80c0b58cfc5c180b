/** The functions that the state machine calls, by their ARNs. */
export interface CollectorFunctions {
  readonly listAccounts: string;
  readonly getData: string;
  readonly publish: string;
}

/** Up to so many accounts are mapped inline, ten at a time; more by a Distributed Map. */
const MOST_INLINE = 40;
const INLINE_AT_ONCE = 10;
const DISTRIBUTED_AT_ONCE = 40;

/** What passes by itself: throttling and faults of Lambda, and a function that ran out of something. */
const passing = {
  ErrorEquals: [
    'Lambda.ServiceException',
    'Lambda.AWSLambdaException',
    'Lambda.SdkClientException',
    'Lambda.TooManyRequestsException',
    'Lambda.Unknown',
    'States.Timeout',
  ],
  IntervalSeconds: 2,
  MaxAttempts: 6,
  BackoffRate: 2,
  JitterStrategy: 'FULL',
};
/** Anything else gets a second and a third try: what was staged is not read again. */
const anything = {
  ErrorEquals: ['States.ALL'],
  IntervalSeconds: 10,
  MaxAttempts: 2,
  BackoffRate: 3,
};

/**
 * The collection as a state machine, in the Amazon States Language.
 *
 * An account whose function fails for good does not end the collection: the publisher records it as
 * failed. A function whose time is up says so, and is called again to go on.
 */
export function collectorStateMachine({ listAccounts, getData, publish }: CollectorFunctions) {
  const readAccount = (mode: object) => ({
    ProcessorConfig: mode,
    StartAt: 'GetData',
    States: {
      GetData: {
        Type: 'Task',
        Resource: getData,
        Retry: [passing, anything],
        Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'NotRead' }],
        Next: 'IsDone',
      },
      IsDone: {
        Type: 'Choice',
        Choices: [{ Variable: '$.isDone', BooleanEquals: false, Next: 'GetData' }],
        Default: 'Read',
      },
      Read: { Type: 'Succeed' },
      NotRead: { Type: 'Succeed' },
    },
  });
  const map = (processor: object, atOnce: number) => ({
    Type: 'Map',
    ItemsPath: '$.accounts',
    ItemSelector: { 'runId.$': '$.runId', 'accountId.$': '$$.Map.Item.Value' },
    MaxConcurrency: atOnce,
    ItemProcessor: processor,
    // What was read is in the store; results would only fill the state.
    ResultPath: null,
    Next: 'Publish',
  });
  return {
    Comment: 'KMS Insights: reads every key of the organization and publishes a snapshot.',
    StartAt: 'ListAccounts',
    States: {
      ListAccounts: {
        Type: 'Task',
        Resource: listAccounts,
        Retry: [passing, anything],
        Next: 'HowMany',
      },
      HowMany: {
        Type: 'Choice',
        Choices: [
          {
            Variable: '$.count',
            NumericGreaterThan: MOST_INLINE,
            Next: 'ReadManyAccounts',
          },
        ],
        Default: 'ReadAccounts',
      },
      ReadAccounts: map(readAccount({ Mode: 'INLINE' }), INLINE_AT_ONCE),
      ReadManyAccounts: {
        ...map(
          readAccount({ Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }),
          DISTRIBUTED_AT_ONCE,
        ),
        ToleratedFailurePercentage: 100,
      },
      Publish: {
        Type: 'Task',
        Resource: publish,
        Retry: [passing, anything],
        End: true,
      },
    },
  };
}
