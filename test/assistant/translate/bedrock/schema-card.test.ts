import { describe, expect, it } from 'vitest';
import { schemaCard } from '../../../../assistant/translate/bedrock/schema-card.ts';
import { concernKinds } from '../../../../collector/schema/concerns.ts';
import { relations } from '../../../../collector/schema/relations.ts';

const card = schemaCard();
/** The lines about a table: from its name to the next empty line. */
const about = (name: string) => {
  const sections = card.split('\n\n');
  return sections.find((s) => s.startsWith(`${name}:`) || s.includes(`${name}, `)) ?? '';
};

describe('the schema card', () => {
  it.each(
    relations
      .filter((r) => r.kind !== 'history')
      .flatMap((r) => Object.entries(r.columns).map(([name, c]) => [r, name, c] as const)),
  )('$0.name has $1', (relation, name, column) => {
    const line = about(relation.name)
      .split('\n')
      .find((l) => l.startsWith(`- ${name} `));
    expect(line).toContain(` ${column.type}`);
    expect(/^- \S+ (?:map\(varchar, varchar\)|\S+?) null(?::|$)/.test(line ?? '')).toBe(
      column.nullable,
    );
  });

  it('describes every column, and tells every value, at least once', () => {
    for (const { columns } of relations) {
      for (const [name, column] of Object.entries(columns)) {
        expect(card).toMatch(new RegExp(`^- ${name} .*: .`, 'm'));
        expect(card).toContain(column.description);
        for (const { value } of column.values ?? [])
          expect(card).toMatch(new RegExp(`\\b${value}\\b`));
      }
    }
  });

  it('names every table, every other name and every history', () => {
    for (const { name, alsoKnownAs } of relations)
      for (const called of [name, ...alsoKnownAs]) expect(card).toContain(called);
  });

  it('explains every concern', () => {
    for (const { code, label, severity, why } of concernKinds)
      expect(card).toContain(`- ${code} "${label}" ${severity}: ${why}`);
  });

  it('stays under 21,000 characters, about 5,000 tokens', () => {
    expect(card.length).toBeLessThan(21_000);
  });

  it('is the same each time', () => {
    expect(schemaCard()).toBe(card);
  });
});
