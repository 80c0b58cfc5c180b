import { DATABASE, DATABASE_ALIASES, type Relation, relations } from './relations.ts';
import type { Column } from './types.ts';

/** The contract as a Markdown page: `docs/schema.md`, and what `kms-insights schema` prints. */
export function referenceMarkdown(): string {
  const aliases = DATABASE_ALIASES.filter((name) => name !== DATABASE).map((name) => `\`${name}\``);
  return [
    `# Database \`${DATABASE}\``,
    `Also accepted as qualifier: ${aliases.join(', ')}. Types are Trino's; timestamps are UTC without a zone.`,
    ...relations.filter((r) => r.kind !== 'history').map(section),
    '## History',
    'Each table has a twin `<table>_history` with the same columns and `snapshot_date` (date) and `snapshot_id` (varchar): every snapshot, one per day.',
  ].join('\n\n');
}

function section(relation: Relation): string {
  const also = relation.alsoKnownAs.map((name) => ` Also known as \`${name}\`.`).join('');
  const rows = Object.entries(relation.columns).map(
    ([name, c]) => `| \`${name}\` | ${c.type} | ${c.nullable ? 'yes' : 'no'} | ${meaning(c)} |`,
  );
  return [
    `## ${relation.name}`,
    `One row is ${relation.row}. ${relation.description}${also}`,
    ['| column | type | may be null | meaning |', '| --- | --- | --- | --- |', ...rows].join('\n'),
  ].join('\n\n');
}

function meaning(column: Column): string {
  const values = column.values?.map((v) => `\`${v.value}\``).join(', ');
  const text = values ? `${column.description} One of: ${values}.` : column.description;
  return text.replaceAll('|', '\\|');
}
