import type { Cell } from '../../../assistant/engine/engine.ts';

/** A value as GetQueryResults writes it; undefined for null. Arrays and maps as it does: ambiguous. */
export function athenaText(value: Cell, type: string): string | undefined {
  if (value === null) return undefined;
  if (Array.isArray(value)) return `[${value.map((v) => athenaText(v, '') ?? 'null').join(', ')}]`;
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([k, v]) => `${k}=${athenaText(v, '') ?? 'null'}`)
      .join(', ')}}`;
  return typeof value === 'number' && /^(?:double|real|float)$/.test(type)
    ? javaDouble(value)
    : String(value);
}

/** The type of a column as GetQueryResults names it: without lengths and elements. */
export const athenaType = (type: string): string => type.replace(/\(.*$/s, '');

/** A double as Java prints it: `1.0`, `1.0E10`, `1.0E-4`. */
function javaDouble(value: number): string {
  if (Object.is(value, -0)) return '-0.0';
  const size = Math.abs(value);
  const plain = String(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e7)) {
    const [digits = '', exponent = ''] = value.toExponential().split('e');
    return `${digits.includes('.') ? digits : `${digits}.0`}E${exponent.replace('+', '')}`;
  }
  return plain.includes('.') ? plain : `${plain}.0`;
}
