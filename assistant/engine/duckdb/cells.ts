import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBIntervalValue,
  DuckDBListValue,
  DuckDBMapValue,
  DuckDBStructValue,
  DuckDBTimestampValue,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { Cell } from '../engine.ts';

const pad = (n: number, width = 2) => String(n).padStart(width, '0');

/** A moment as Trino prints a timestamp(3): `2026-11-23 22:54:00.000`. */
function timestampText(micros: bigint): string {
  const millis = Number(micros / 1000n) + (micros < 0n && micros % 1000n !== 0n ? -1 : 0);
  const d = new Date(millis);
  if (Number.isNaN(d.getTime())) return String(micros);
  return `${pad(d.getUTCFullYear(), 4)}-${pad(d.getUTCMonth() + 1)}-${pad(d.getUTCDate())} ${pad(d.getUTCHours())}:${pad(d.getUTCMinutes())}:${pad(d.getUTCSeconds())}.${pad(d.getUTCMilliseconds(), 3)}`;
}

/** A DuckDB value as a {@link Cell}. An unforeseen type is shown as text rather than lost. */
export function toCell(value: DuckDBValue): Cell {
  if (value === null) return null;
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'bigint':
      return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
    default:
  }
  if (value instanceof DuckDBTimestampValue) return timestampText(value.micros);
  if (value instanceof DuckDBDateValue) return value.toString();
  if (value instanceof DuckDBDecimalValue) return value.toString();
  if (value instanceof DuckDBIntervalValue) return value.toString();
  if (value instanceof DuckDBListValue) return value.items.map(toCell);
  if (value instanceof DuckDBMapValue) {
    return Object.fromEntries(value.entries.map((e) => [String(toCell(e.key)), toCell(e.value)]));
  }
  if (value instanceof DuckDBStructValue) return Object.values(value.entries).map(toCell);
  return String(value);
}

/** The Trino name of a DuckDB type. */
export function trinoTypeName(type: DuckDBType): string {
  switch (type.typeId) {
    case DuckDBTypeId.VARCHAR:
      return 'varchar';
    case DuckDBTypeId.BOOLEAN:
      return 'boolean';
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
      return 'integer';
    case DuckDBTypeId.BIGINT:
      return 'bigint';
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return 'double';
    case DuckDBTypeId.DATE:
      return 'date';
    case DuckDBTypeId.TIMESTAMP:
      return 'timestamp';
    case DuckDBTypeId.HUGEINT:
      return 'decimal(38, 0)';
    case DuckDBTypeId.DECIMAL:
      return 'width' in type ? `decimal(${type.width}, ${type.scale})` : 'decimal';
    case DuckDBTypeId.LIST:
      return 'valueType' in type ? `array(${trinoTypeName(type.valueType)})` : 'array';
    case DuckDBTypeId.MAP:
      return 'keyType' in type
        ? `map(${trinoTypeName(type.keyType)}, ${trinoTypeName(type.valueType)})`
        : 'map';
    default:
      return String(type).toLowerCase();
  }
}
