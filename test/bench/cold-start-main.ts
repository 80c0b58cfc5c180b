import { benchColdStart } from './cold-start.ts';

/** How often the function is started for each figure. */
const RUNS = 7;

await benchColdStart(RUNS);
