/** Checks of what came over the wire, before anything is shown as an answer. */

export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True when every named field is text. */
export function hasText(value: Fields, ...names: readonly string[]): boolean {
  return names.every((name) => typeof value[name] === 'string');
}

/** True when every named field is a number. */
export function hasNumber(value: Fields, ...names: readonly string[]): boolean {
  return names.every((name) => typeof value[name] === 'number');
}

/** True when every named field is a list of texts. */
export function hasTexts(value: Fields, ...names: readonly string[]): boolean {
  return names.every((name) => {
    const list = value[name];
    return Array.isArray(list) && list.every((item) => typeof item === 'string');
  });
}

/** True when the fields hold a result: columns with name and type, and one list of cells per row. */
export function hasResult(value: Fields): boolean {
  const { columns, rows } = value;
  return (
    Array.isArray(columns) &&
    columns.every((column) => isFields(column) && hasText(column, 'name', 'type')) &&
    Array.isArray(rows) &&
    rows.every((row) => Array.isArray(row) && row.length === columns.length) &&
    hasNumber(value, 'rowCount') &&
    (value.totalRows === null || typeof value.totalRows === 'number') &&
    typeof value.truncated === 'boolean'
  );
}

export function isCoverage(value: unknown): boolean {
  return isFields(value) && hasNumber(value, 'ok', 'partial', 'failed', 'skipped');
}

export function isChart(value: unknown): boolean {
  return isFields(value) && hasText(value, 'kind', 'x', 'y');
}

export function isEvidence(value: unknown): boolean {
  return (
    isFields(value) &&
    hasText(value, 'id', 'question', 'interpretation', 'sql', 'asOf', 'snapshotId', 'origin') &&
    hasText(value, 'engine', 'queryId', 'resultHash', 'translator', 'coverageText') &&
    hasNumber(value, 'rowCount', 'elapsedMs') &&
    isCoverage(value.coverage)
  );
}
