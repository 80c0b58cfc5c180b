import { arrayQueries } from './arrays.ts';
import { numberQueries } from './numbers.ts';
import { peoplesQueries } from './people.ts';
import type { ConformanceQuery } from './query.ts';
import { rowQueries } from './rows.ts';
import { textQueries } from './text.ts';
import { timeQueries } from './time.ts';
import { verifiedQueries } from './verified.ts';

/** Every query that is written down for both engines. */
export const suite: readonly ConformanceQuery[] = [
  ...textQueries,
  ...numberQueries,
  ...timeQueries,
  ...arrayQueries,
  ...rowQueries,
  ...peoplesQueries,
  ...verifiedQueries,
];
