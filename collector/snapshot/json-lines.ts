/**
 * Rows as JSON, one per line. Dates are ISO 8601 in UTC. Text keeps every character; a lone surrogate,
 * which no encoding can carry, becomes U+FFFD.
 */
export function jsonLine(row: object): string {
  const line = JSON.stringify(row);
  // JSON.stringify writes a lone surrogate, and nothing else but a literal backslash, as `\ud…`.
  return line.includes('\\ud') ? JSON.stringify(wellFormed(row)) : line;
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/\p{Surrogate}/gu, '\uFFFD');
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [wellFormed(name), wellFormed(inner)]),
  );
}
