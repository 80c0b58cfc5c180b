/**
 * What a deployment costs a month, from prices and from how much work there is. `docs/cost.md` is made
 * from it. Without the assistant's own parts and the model, which are paid by question.
 */

/** US dollars, in us-east-1; the price pages of the services. */
export const prices = {
  lambdaGbSecond: { usd: 0.0000166667, per: 'GB-second of AWS Lambda, x86' },
  lambdaRequest: { usd: 0.2 / 1e6, per: 'invocation of AWS Lambda' },
  stateTransition: { usd: 0.025 / 1e3, per: 'state transition of AWS Step Functions' },
  s3Month: { usd: 0.023, per: 'GB of Amazon S3, a month' },
  s3Put: { usd: 0.005 / 1e3, per: 'PUT or LIST of Amazon S3' },
  s3Get: { usd: 0.0004 / 1e3, per: 'GET of Amazon S3' },
  athenaTb: { usd: 5, per: 'TB that Amazon Athena scans; 10 MB at least a query' },
  kmsKey: { usd: 1, per: 'key of AWS KMS, a month' },
  kmsRequest: { usd: 0.03 / 1e4, per: 'request to AWS KMS' },
  alarm: { usd: 0.1, per: 'alarm of Amazon CloudWatch, a month' },
  metric: { usd: 0.3, per: 'metric of Amazon CloudWatch, a month' },
  logGb: { usd: 0.5, per: 'GB of logs that Amazon CloudWatch takes' },
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
  questionsPerDay: {
    value: 100,
    what: 'questions a day; the look at the snapshot after each is a query too',
  },
  queriesPerQuestion: { value: 2, what: 'queries of a question' },
} as const;

const GB = 1e9;
const TB = 1e12;

/** Memory of the functions in GB, as `collector-stack.ts` sets it. */
const GET_DATA_GB = 1;
const PUBLISH_GB = 3008 / 1024;

export interface Line {
  readonly what: string;
  readonly usd: number;
}

/** The lines of a month's bill, for so many accounts. */
export function monthlyCost(accounts: number): readonly Line[] {
  const w = Object.fromEntries(
    Object.entries(work).map(([name, { value }]) => [name, value]),
  ) as Record<keyof typeof work, number>;
  const p = Object.fromEntries(
    Object.entries(prices).map(([name, { usd }]) => [name, usd]),
  ) as Record<keyof typeof prices, number>;
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
  const scanned = Math.max(10e6, (keys * w.bytesPerKey) / 4);
  return [
    {
      what: 'AWS Lambda',
      usd:
        days *
        ((accounts * secondsPerAccount * GET_DATA_GB + publishSeconds * PUBLISH_GB) *
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
      what: 'Amazon Athena',
      usd: ((w.questionsPerDay * days * w.queriesPerQuestion * scanned) / TB) * p.athenaTb,
    },
    {
      what: 'Amazon CloudWatch',
      usd: 5 * p.alarm + 5 * p.metric + ((days * accounts * 4_000) / GB) * p.logGb,
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

const SIZES = [50, 500, 5_000];
const money = (usd: number) => (usd < 0.005 ? '0' : usd.toFixed(usd < 10 ? 2 : 0));

/** The tables of `docs/cost.md`. */
export function costTables(): string {
  const columns = SIZES.map(monthlyCost);
  const lines = (columns[0] ?? []).map(({ what }, n) =>
    [what, ...columns.map((column) => money(column[n]?.usd ?? 0))].join(' | '),
  );
  const totals = columns.map((column) => money(column.reduce((sum, { usd }) => sum + usd, 0)));
  return [
    `| US dollars a month | ${SIZES.map((n) => `${n.toLocaleString('en')} accounts`).join(' | ')} |`,
    `| --- |${SIZES.map(() => ' ---: |').join('')}`,
    ...lines.map((line) => `| ${line} |`),
    `| **Together** | ${totals.map((total) => `**${total}**`).join(' | ')} |`,
    '',
    '| what is assumed | |',
    '| --- | ---: |',
    ...Object.values(work).map(({ what, value }) => `| ${what} | ${value.toLocaleString('en')} |`),
    '',
    '| price in US dollars, us-east-1 | |',
    '| --- | ---: |',
    ...Object.values(prices).map(({ per, usd }) => `| ${per} | ${Number(usd.toPrecision(6))} |`),
  ].join('\n');
}
