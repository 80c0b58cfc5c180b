import { concernsMarkdown } from '../../../collector/schema/concern-reference.ts';
import { duckdbDdl } from '../../../collector/schema/duckdb.ts';
import { referenceMarkdown } from '../../../collector/schema/reference.ts';
import { relations } from '../../../collector/schema/relations.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';

/** `kms-insights schema`: the data contract for people, for machines, or as DuckDB DDL; or the concerns. */
export function schemaCommand(options: {
  readonly json?: true;
  readonly ddl?: true;
  readonly concerns?: true;
}): ExitCode {
  if (options.json) console.log(JSON.stringify({ database: 'kms_insights', relations }, null, 2));
  else if (options.ddl) console.log(`${duckdbDdl().join(';\n\n')};`);
  else if (options.concerns) console.log(concernsMarkdown());
  else console.log(referenceMarkdown());
  return exitCode.ok;
}
