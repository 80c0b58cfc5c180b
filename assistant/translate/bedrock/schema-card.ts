import { concernKinds } from '../../../collector/schema/concerns.ts';
import { DATABASE, type Relation, relations } from '../../../collector/schema/relations.ts';
import type { Column } from '../../../collector/schema/types.ts';

/**
 * The data contract as a model reads it: tables, columns, types, values and what they mean. It is
 * derived from the contract, so a new column is in the next prompt; it holds no data of anyone, and
 * is the same text for every question, which is what lets a provider cache it.
 */
export function schemaCard(): string {
  const told = new Map<string, string>();
  return [
    `Database ${DATABASE}. Types are Trino's. Timestamps are UTC without a zone. "null" after a type: the column may be null.`,
    ...relations.filter((r) => r.kind === 'table').map((r) => relationCard(r, told)),
    historyCard(),
    ...relations.filter((r) => r.kind === 'view').map((r) => relationCard(r, told)),
    concernCard(),
  ].join('\n\n');
}

/**
 * A table, one line for each column. A column that means the same in a table before, as account_id
 * does, is told by its name and type alone.
 */
function relationCard(relation: Relation, told: Map<string, string>): string {
  const also = relation.alsoKnownAs.map((name) => ` Also: ${name}.`).join('');
  const lines = Object.entries(relation.columns).map(([name, column]) => {
    const line = columnLine(name, column);
    if (told.get(name) === line) return shortLine(name, column);
    told.set(name, line);
    return line;
  });
  return [
    `${relation.name}: one row is ${relation.row}. ${relation.description}${also}`,
    ...lines,
  ].join('\n');
}

const shortLine = (name: string, column: Column): string =>
  `- ${name} ${column.type}${column.nullable ? ' null' : ''}`;

function columnLine(name: string, column: Column): string {
  const nullable = column.nullable ? ' null' : '';
  return `- ${name} ${column.type}${nullable}: ${column.description}${valuesOf(name, column)}`;
}

/** The closed set of values; those of concerns are explained once, at the end. */
function valuesOf(name: string, column: Column): string {
  if (!column.values) return '';
  if (isConcernCode(column)) return ' Codes: see "concerns".';
  const explained = column.values.map((v) => `${v.value} (${v.description.replace(/\.$/, '')})`);
  return name === 'max_severity' || name === 'severity'
    ? ` One of ${column.values.map((v) => v.value).join(', ')}.`
    : ` One of ${explained.join('; ')}.`;
}

const isConcernCode = (column: Column): boolean =>
  column.values?.some((v) => v.value === concernKinds[0].code) ?? false;

function historyCard(): string {
  const history = relations.filter((r) => r.kind === 'history');
  const [first] = history;
  const own = relations.find((r) => `${r.name}_history` === first?.name);
  const added = Object.entries(first?.columns ?? {}).filter(([name]) => !own?.columns[name]);
  return [
    `${history.map((r) => r.name).join(', ')}: the columns of the table of that name, in every snapshot, one a day, and besides:`,
    ...added.map(([name, column]) => columnLine(name, column)),
  ].join('\n');
}

function concernCard(): string {
  return [
    'concerns: code "label" usual severity: what it means',
    ...concernKinds.map((k) => `- ${k.code} "${k.label}" ${k.severity}: ${k.why}`),
  ].join('\n');
}
