import type { ColumnInfo, Row } from '@aws-sdk/client-athena';
import type { CheckedQuery } from '../../guard/types.ts';
import { type Cell, EngineError } from '../engine.ts';
import { toCell, UnreadableValue } from './cells.ts';
import { readType, type ValueType } from './value-type.ts';

type Columns = CheckedQuery['columns'];

/** Nothing is claimed from a result that is not what was asked for. */
export const unexpected = (what: string): EngineError =>
  new EngineError(
    'UNEXPECTED_RESULT',
    `Athena's result is not what was asked for: ${what}.`,
    'Deploy the tables and this program in the same version; if they are, report this as a defect.',
  );

/**
 * Makes the function that reads rows, after comparing the columns that Athena announces with those
 * that the guard has told. Throws {@link EngineError} when they differ.
 */
export function rowReader(
  columns: Columns,
  told: readonly ColumnInfo[],
): (row: Row) => readonly Cell[] {
  if (told.length !== columns.length)
    throw unexpected(`${told.length} columns instead of ${columns.length}`);
  const types = columns.map((c, i) => typeOf(c, told[i]?.Type ?? ''));
  return (row) => {
    const data = row.Data ?? [];
    if (data.length !== types.length) throw unexpected(`a row of ${data.length} values`);
    return types.map((type, i) => {
      try {
        return toCell(data[i]?.VarCharValue, type);
      } catch (error) {
        if (!(error instanceof UnreadableValue)) throw error;
        throw unexpected(`in the column ${columns[i]?.name}, ${error.message}`);
      }
    });
  };
}

function typeOf(column: Columns[number], athena: string): ValueType {
  const wanted = readType(column.type);
  const given = readType(athena);
  if (!wanted || !given) throw unexpected(`the column ${column.name} is of the type ${athena}`);
  if (wanted.kind === 'unknown') return given;
  // Arrays and maps were asked for as JSON.
  const sent = wanted.kind === 'array' || wanted.kind === 'map' ? 'varchar' : wanted.kind;
  const isSame =
    given.kind === sent ||
    given.kind === 'unknown' ||
    (sent === 'timestamp' && given.kind === 'timestamp with time zone');
  if (!isSame)
    throw unexpected(`the column ${column.name} is of the type ${athena}, not ${column.type}`);
  return sent === wanted.kind ? given : wanted;
}

/**
 * The rows without the row of names, with which Athena begins the result of every SELECT (and no
 * other page of it). What stands there must be the names: a result that began with data would lose
 * a row in silence.
 */
export function withoutHeader(rows: readonly Row[], told: readonly ColumnInfo[]): readonly Row[] {
  const [first, ...rest] = rows;
  const names = first?.Data ?? [];
  const isHeader =
    names.length === told.length &&
    told.every(({ Name, Label }, i) => {
      const text = names[i]?.VarCharValue?.toLowerCase() ?? '';
      return text === (Name ?? '').toLowerCase() || text === (Label ?? '').toLowerCase();
    });
  if (!isHeader) throw unexpected('it does not begin with the names of the columns');
  return rest;
}
