import type { Cell } from '../engine.ts';
import type { Scalar, ValueType } from './value-type.ts';

/** A text that is no value of its type: the result is not what it should be. */
export class UnreadableValue extends Error {}

/**
 * A value of GetQueryResults as a {@link Cell}, equal to what the DuckDB engine gives. Arrays and
 * maps come as the JSON text that the query asks for. Null is a value without text; an empty text
 * is an empty text. Throws {@link UnreadableValue}.
 */
export function toCell(text: string | undefined, type: ValueType): Cell {
  if (text === undefined) return null;
  return type.kind === 'array' || type.kind === 'map'
    ? fromJson(parseJson(text), type)
    : scalar(text, type.kind);
}

function scalar(text: string, kind: Scalar): Cell {
  switch (kind) {
    case 'varchar':
      return text;
    case 'boolean':
      if (text === 'true' || text === 'false') return text === 'true';
      break;
    case 'integer':
      if (/^-?\d+$/.test(text)) return Number.isSafeInteger(Number(text)) ? Number(text) : text;
      break;
    case 'double':
      if (/^(?:NaN|-?Infinity)$/.test(text)) return text;
      if (/^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text)) return Number(text);
      break;
    case 'decimal':
      if (/^-?\d+(?:\.\d+)?$/.test(text)) return text;
      break;
    case 'date':
      if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
      break;
    case 'timestamp':
    case 'timestamp with time zone': {
      const zone = kind === 'timestamp' ? '' : ' (?:UTC|Z|\\+00:00)';
      const parts = new RegExp(
        `^(\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}:\\d{2})(?:\\.(\\d+))?${zone}$`,
      ).exec(text);
      if (parts) return `${parts[1]}.${(parts[2] ?? '').padEnd(3, '0').slice(0, 3)}`;
      break;
    }
    case 'unknown':
      break;
  }
  throw new UnreadableValue(`${JSON.stringify(text.slice(0, 40))} is no ${kind}`);
}

/** Numbers become texts, so that no digit is lost; the type says afterwards which were numbers. */
function parseJson(text: string): unknown {
  const quoted = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
  try {
    return JSON.parse(quoted);
  } catch {
    throw new UnreadableValue(`${JSON.stringify(text.slice(0, 40))} is no JSON`);
  }
}

function fromJson(value: unknown, type: ValueType): Cell {
  if (value === null) return null;
  if (type.kind === 'array') {
    if (Array.isArray(value)) return value.map((item) => fromJson(item, type.element));
  } else if (type.kind === 'map') {
    if (typeof value === 'object' && !Array.isArray(value))
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [
          String(scalar(key, type.key)),
          fromJson(item, type.value),
        ]),
      );
  } else if (type.kind === 'boolean') {
    if (typeof value === 'boolean') return value;
  } else if (typeof value === 'string') {
    return scalar(value, type.kind);
  }
  throw new UnreadableValue(`${JSON.stringify(value).slice(0, 40)} is no ${type.kind}`);
}
