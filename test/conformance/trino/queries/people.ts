import { readFileSync } from 'node:fs';
import type { ConformanceQuery } from './query.ts';

/**
 * Queries as auditors, incident responders and language models write them. Before one may stand
 * `-- fails` or `-- stops`, as {@link ConformanceQuery} has them.
 */
export const peoplesQueries: readonly ConformanceQuery[] = readFileSync(
  new URL('./people.sql', import.meta.url),
  'utf8',
)
  .split(/;\n/)
  .map((text) => text.trim())
  .filter((text) => text !== '')
  .map((text, i) => {
    const [, mark, sql = ''] = /^(?:-- (fails|stops)\n)?(.*)$/s.exec(text) ?? [];
    return {
      name: `people ${i + 1}: ${sql.slice(0, 80)}`,
      sql,
      ...(mark === 'fails' ? { fails: true } : {}),
      ...(mark === 'stops' ? { stops: true } : {}),
    };
  });
