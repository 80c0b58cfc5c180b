import { readVerified, sqlAt } from '../../../../assistant/translate/bedrock/verified.ts';
import { asOf } from '../data.ts';
import type { ConformanceQuery } from './query.ts';

/** What a model is shown as right, and what is answered without one. */
export const verifiedQueries: readonly ConformanceQuery[] = (
  await readVerified('prompts/verified')
).map((v) => ({ name: `verified: ${v.question}`, sql: sqlAt(v, asOf) }));
