/**
 * What a deployment costs a month, from prices and from how much work there is. `docs/cost.md` is made
 * from it.
 */

/** Where a price was read. */
const sources = {
  aws: 'AWS',
  copy: 'a copy of a page of AWS',
  others: 'not confirmed at AWS',
} as const;
export type Source = keyof typeof sources;

interface Price {
  readonly usd: number;
  readonly per: string;
  readonly from: Source;
}

/**
 * US dollars, in us-east-1. Read on 27 November 2026: at AWS (the price pages of AWS Lambda, AWS Step
 * Functions and Amazon CloudFront; for Amazon API Gateway "Best Practices for Designing Amazon API Gateway
 * Private APIs and Private Integration", table 4), in copies of AWS's price pages of 20 September 2026
 * (Amazon Cognito, AWS Secrets Manager), or in what others write alone. What Claude costs is that of
 * `assistant/translate/bedrock/prices.ts`, by a profile of one geography.
 */
export const prices = {
  lambdaGbSecond: { usd: 0.0000166667, per: 'GB-second of AWS Lambda, x86', from: 'aws' },
  lambdaArmGbSecond: { usd: 0.0000133334, per: 'GB-second of AWS Lambda, Arm', from: 'others' },
  lambdaRequest: { usd: 0.2 / 1e6, per: 'invocation of AWS Lambda', from: 'others' },
  stateTransition: { usd: 0.025 / 1e3, per: 'state transition of AWS Step Functions', from: 'aws' },
  s3Month: { usd: 0.023, per: 'GB of Amazon S3, a month', from: 'others' },
  s3Put: { usd: 0.005 / 1e3, per: 'PUT or LIST of Amazon S3', from: 'others' },
  s3Get: { usd: 0.0004 / 1e3, per: 'GET of Amazon S3', from: 'others' },
  athenaTb: {
    usd: 5,
    per: 'TB that Amazon Athena scans; 10 MB at least a query',
    from: 'others',
  },
  kmsKey: { usd: 1, per: 'key of AWS KMS, a month', from: 'others' },
  kmsRequest: { usd: 0.03 / 1e4, per: 'request to AWS KMS', from: 'others' },
  alarm: { usd: 0.1, per: 'alarm of Amazon CloudWatch, a month', from: 'others' },
  metric: { usd: 0.3, per: 'metric of Amazon CloudWatch, a month', from: 'others' },
  dashboard: { usd: 3, per: 'dashboard of Amazon CloudWatch, a month', from: 'others' },
  logGb: { usd: 0.5, per: 'GB of logs that Amazon CloudWatch takes', from: 'others' },
  trace: { usd: 5 / 1e6, per: 'trace of AWS X-Ray', from: 'others' },
  apiRequest: { usd: 3.5 / 1e6, per: 'request to a REST API of Amazon API Gateway', from: 'aws' },
  cloudFrontRequest: { usd: 0.01 / 1e4, per: 'HTTPS request to Amazon CloudFront', from: 'others' },
  cloudFrontGb: {
    usd: 0.085,
    per: 'GB that Amazon CloudFront sends to the United States or Europe',
    from: 'aws',
  },
  webAcl: { usd: 5, per: 'web ACL of AWS WAF, a month', from: 'others' },
  webAclRule: { usd: 1, per: 'rule, or group of rules, in a web ACL, a month', from: 'others' },
  webAclRequest: { usd: 0.6 / 1e6, per: 'request that AWS WAF looks at', from: 'others' },
  cognitoUser: {
    usd: 0.015,
    per: 'user of Amazon Cognito (Essentials) who signs in in a month; AWS gives the first 10,000 free',
    from: 'copy',
  },
  tableWrite: { usd: 0.625 / 1e6, per: 'write unit (1 kB) of Amazon DynamoDB', from: 'others' },
  tableRead: { usd: 0.125 / 1e6, per: 'read unit (4 kB) of Amazon DynamoDB', from: 'others' },
  tableMonth: { usd: 0.25, per: 'GB in Amazon DynamoDB, a month', from: 'others' },
  tableBackup: { usd: 0.2, per: 'GB of it that can be restored, a month', from: 'others' },
  secret: { usd: 0.4, per: 'secret in AWS Secrets Manager, a month', from: 'copy' },
  secretRequest: { usd: 0.05 / 1e4, per: 'request to AWS Secrets Manager', from: 'copy' },
} as const satisfies Record<string, Price>;

/** Models of Amazon Bedrock: US dollars for a million tokens. */
export const models = {
  'claude-haiku-4-5': {
    name: 'Claude Haiku 4.5',
    input: 1.1,
    output: 5.5,
    read: 0.11,
    write: 1.375,
  },
  'claude-sonnet-4-6': {
    name: 'Claude Sonnet 4.6',
    input: 3.3,
    output: 16.5,
    read: 0.33,
    write: 4.125,
  },
} as const;

/** How much work there is. */
export const work = {
  keysPerAccount: { value: 30, what: 'keys in an account, those of AWS included' },
  regionsWithKeys: { value: 3, what: 'Regions with keys in an account' },
  regions: { value: 17, what: 'Regions that an account has enabled' },
  daysPerMonth: { value: 30, what: 'collections a month' },
  callsPerKey: { value: 6, what: 'requests to AWS KMS for a key, as `npm run bench` counts them' },
  secondsPerRegion: {
    value: 0.5,
    what: 'seconds to find out that a Region has no keys, ten at a time',
  },
  secondsForEvents: {
    value: 10,
    what: 'seconds for 20 look-ups of management events, two a second, in a Region with keys',
  },
  usagePerSecond: { value: 5, what: 'requests a second that `GetKeyLastUsage` allows' },
  bytesPerKey: { value: 2_000, what: 'bytes of a key in all tables, compressed' },
  keptSnapshots: { value: 400, what: 'snapshots that are kept' },
  people: { value: 30, what: 'people who ask in a month' },
  questionsPerDay: { value: 100, what: 'questions a day, by all of them' },
  queriesPerQuestion: {
    value: 2,
    what: 'queries of a question: its own, and the look at the snapshot after it',
  },
  startsPerDay: { value: 20, what: 'starts of the function a day' },
  queriesPerStart: {
    value: 1,
    what: 'queries of a start, of 10 MB each, as `npm run bench:start` counts them',
  },
  queriesPerSnapshot: {
    value: 34,
    what: 'queries more, where nobody read the names in the snapshot before: once for each scope',
  },
  secondsPerQuestion: { value: 6, what: 'seconds that a question takes, most of them for Athena' },
  secondsPerStart: { value: 4, what: 'seconds that a start takes' },
  requestsPerQuestion: {
    value: 10,
    what: 'requests to the page and its API for a question, dashboards included',
  },
  bytesPerRequest: { value: 30_000, what: 'bytes of the answer to a request' },
  logBytesPerRequest: { value: 2_000, what: 'bytes that a request leaves in the logs' },
  writesPerQuestion: {
    value: 12,
    what: 'write units of a question: two counters, the conversation, the entry of the audit log',
  },
  readsPerQuestion: {
    value: 12,
    what: 'read units of a question: the session at each request, the conversation twice',
  },
  auditBytes: { value: 4_000, what: 'bytes of an entry of the audit log, kept for seven years' },
  answerBytes: { value: 50_000, what: 'bytes of an answer that is kept for 90 days' },
  modelRequests: { value: 3, what: 'requests to a model for a question' },
  modelCached: {
    value: 9_000,
    what: 'tokens of rules and tables, which the first request writes to the cache and the others read',
  },
  modelInput: { value: 1_500, what: 'tokens that a request sends besides' },
  modelOutput: { value: 250, what: 'tokens that a model answers to a request' },
} as const;

/**
 * What the templates make of the configuration's defaults, and is paid for whether it is used or not.
 * test/infra/cost.test.ts counts it there.
 */
export const made = {
  collector: { alarms: 5, dashboards: 1, metrics: 5 },
  assistant: { alarms: 10, dashboards: 1, metrics: 3, webAclRules: 4 },
  /** Memory of the functions in MB. */
  memory: { getData: 1_024, publish: 3_008, assistant: 1_769 },
  auditDays: 2_557,
  answerDays: 90,
} as const;

const GB = 1e9;
const TB = 1e12;
/** The least that Athena bills for. */
const LEAST_SCAN = 10e6;

export interface Line {
  readonly what: string;
  readonly usd: number;
}

const values = <T extends Readonly<Record<string, object>>, K extends string>(
  of: T,
  key: K,
): Record<keyof T, number> =>
  Object.fromEntries(
    Object.entries(of).map(([name, one]) => [name, (one as Record<K, number>)[key]]),
  ) as Record<keyof T, number>;
const p = values(prices, 'usd');
const w = values(work, 'value');

/** Questions of a month. */
const questions = w.questionsPerDay * w.daysPerMonth;

/** What a query over all keys scans, of the columns that it reads. */
const scannedBy = (accounts: number) =>
  Math.max(LEAST_SCAN, (accounts * w.keysPerAccount * w.bytesPerKey) / 4);

/** The lines of a month's bill for collecting from so many accounts. */
export function collectingCost(accounts: number): readonly Line[] {
  const keys = accounts * w.keysPerAccount;
  const days = w.daysPerMonth;
  // Regions of an account are read side by side; the slowest counts.
  const secondsPerAccount =
    (w.regions * w.secondsPerRegion) / 10 +
    w.secondsForEvents +
    w.keysPerAccount / w.regionsWithKeys / w.usagePerSecond;
  const publishSeconds = 30 + (keys * w.bytesPerKey) / (10 * 1e6);
  const units = accounts * w.regions;
  const stored = (keys * w.bytesPerKey * w.keptSnapshots) / GB;
  const { getData, publish } = made.memory;
  return [
    {
      what: 'AWS Lambda',
      usd:
        days *
        (((accounts * secondsPerAccount * getData + publishSeconds * publish) / 1_024) *
          p.lambdaGbSecond +
          accounts * p.lambdaRequest),
    },
    { what: 'AWS Step Functions', usd: days * (5 + accounts * 4) * p.stateTransition },
    {
      what: 'Amazon S3: snapshots',
      usd: stored * p.s3Month,
    },
    {
      // A run stages three files for each account and Region, which are read and listed once.
      what: 'Amazon S3: requests',
      usd: days * units * 3 * (p.s3Put + p.s3Get),
    },
    {
      what: 'Amazon CloudWatch',
      usd: watching(made.collector) + ((days * accounts * 4_000) / GB) * p.logGb,
    },
    { what: 'AWS KMS: the key of the data', usd: p.kmsKey },
    {
      what: 'AWS KMS: reading keys, at most; billed to each account, each with 20,000 requests free',
      usd:
        accounts *
        Math.max(0, days * (w.keysPerAccount * w.callsPerKey + w.regions) - 20_000) *
        p.kmsRequest,
    },
  ];
}

const watching = ({
  alarms,
  dashboards,
  metrics,
}: Record<'alarms' | 'dashboards' | 'metrics', number>) =>
  alarms * p.alarm + dashboards * p.dashboard + metrics * p.metric;

/** The lines of a month's bill for answering questions about so many accounts, without a model. */
export function askingCost(accounts: number): readonly Line[] {
  const starts = w.startsPerDay * w.daysPerMonth;
  const requests = questions * w.requestsPerQuestion;
  const sent = (requests * w.bytesPerRequest) / GB;
  const seconds =
    questions * w.secondsPerQuestion +
    starts * w.secondsPerStart +
    // What is neither a question nor a start is answered in a moment.
    requests * 0.1;
  const scanned =
    questions * w.queriesPerQuestion * scannedBy(accounts) +
    (starts * w.queriesPerStart + w.daysPerMonth * w.queriesPerSnapshot) * LEAST_SCAN;
  const answers = (w.questionsPerDay * made.answerDays * w.answerBytes) / GB;
  const entries = (w.questionsPerDay * made.auditDays * w.auditBytes) / GB;
  return [
    { what: 'Amazon Athena', usd: (scanned / TB) * p.athenaTb },
    {
      what: 'AWS Lambda',
      usd:
        ((seconds * made.memory.assistant) / 1_024) * p.lambdaArmGbSecond +
        requests * p.lambdaRequest,
    },
    { what: 'Amazon API Gateway', usd: requests * p.apiRequest },
    {
      what: 'Amazon CloudFront',
      usd: requests * p.cloudFrontRequest + sent * p.cloudFrontGb,
    },
    {
      what: 'AWS WAF',
      usd: p.webAcl + made.assistant.webAclRules * p.webAclRule + requests * p.webAclRequest,
    },
    { what: 'Amazon Cognito', usd: w.people * p.cognitoUser },
    {
      what: 'Amazon DynamoDB, after seven years of questions',
      usd:
        questions * (w.writesPerQuestion * p.tableWrite + w.readsPerQuestion * p.tableRead) +
        entries * (p.tableMonth + p.tableBackup),
    },
    {
      what: 'Amazon S3: answers',
      usd: answers * p.s3Month + questions * (p.s3Put + p.s3Get),
    },
    {
      what: 'Amazon CloudWatch',
      usd: watching(made.assistant) + ((requests * w.logBytesPerRequest) / GB) * p.logGb,
    },
    // The gateway and the function are of one trace.
    { what: 'AWS X-Ray', usd: requests * p.trace },
  ];
}

/** US dollars for so many questions to a model. */
export function modelCost(model: keyof typeof models, asked: number): number {
  const { input, output, read, write } = models[model];
  const tokens =
    w.modelCached * write +
    (w.modelRequests - 1) * w.modelCached * read +
    w.modelRequests * (w.modelInput * input + w.modelOutput * output);
  return (asked * tokens) / 1e6;
}

export const total = (lines: readonly Line[]) => lines.reduce((sum, { usd }) => sum + usd, 0);

const SIZES = [50, 500, 5_000];
const money = (usd: number) => (usd < 0.005 ? '0' : usd.toFixed(usd < 10 ? 2 : 0));
const row = (what: string, of: (accounts: number) => number, mark = '') =>
  `| ${mark}${what}${mark} | ${SIZES.map((n) => `${mark}${money(of(n))}${mark}`).join(' | ')} |`;

function rowsOf(title: string, of: (accounts: number) => readonly Line[]): readonly string[] {
  const lines = (of(SIZES[0] ?? 0) ?? []).map(({ what }, n) =>
    row(what, (accounts) => of(accounts)[n]?.usd ?? 0),
  );
  return [...lines, row(title, (accounts) => total(of(accounts)), '**')];
}

/** The tables of `docs/cost.md`. */
export function costTables(): string {
  const sizes = SIZES.map((n) => `${n.toLocaleString('en')} accounts`).join(' | ');
  const head = [
    `| US dollars a month | ${sizes} |`,
    `| --- |${SIZES.map(() => ' ---: |').join('')}`,
  ];
  return [
    ...head,
    ...rowsOf('Collecting', collectingCost),
    ...rowsOf('Answering', askingCost),
    row('Together', (n) => total(collectingCost(n)) + total(askingCost(n)), '**'),
    '',
    '| besides, where it is on | US dollars a month |',
    '| --- | ---: |',
    ...Object.entries(models).map(
      ([id, { name }]) =>
        `| ${name}, for every question | ${money(modelCost(id as keyof typeof models, questions))} |`,
    ),
    `| Slack, or an identity provider with a secret: AWS Secrets Manager, each | ${money(p.secret + w.startsPerDay * w.daysPerMonth * p.secretRequest)} |`,
    '',
    '| what is assumed | |',
    '| --- | ---: |',
    ...Object.values(work).map(({ what, value }) => `| ${what} | ${value.toLocaleString('en')} |`),
    '',
    '| price in US dollars, us-east-1 | | read at |',
    '| --- | ---: | --- |',
    ...Object.values(prices).map(
      ({ per, usd, from }) => `| ${per} | ${Number(usd.toPrecision(6))} | ${sources[from]} |`,
    ),
    ...Object.values(models).map(
      ({ name, input, output, read, write }) =>
        `| ${name}, a million tokens: input, output, read from the cache, written to it | ${[input, output, read, write].join(', ')} | not confirmed at AWS |`,
    ),
  ].join('\n');
}
