import { DATABASE } from '../../../collector/schema/relations.ts';
import type { Query } from '../ast.ts';
import { typeName } from '../sqltype.ts';
import type { Dialect } from './dialect.ts';
import { quoteText, trinoName } from './quote.ts';
import { render } from './render.ts';

export const trino: Dialect = {
  name: trinoName,
  table: (name) => `${DATABASE}.${trinoName(name)}`,
  literal: ({ value: v }) => {
    switch (v.kind) {
      case 'null':
        return 'NULL';
      case 'boolean':
        return v.value ? 'true' : 'false';
      case 'string':
        return quoteText(v.value);
      case 'number':
        return v.text;
      case 'date':
        return `DATE ${quoteText(v.text)}`;
      case 'timestamp':
        return `TIMESTAMP ${quoteText(v.text)}`;
      case 'interval':
        return `INTERVAL ${quoteText(String(v.amount))} ${v.unit.toUpperCase()}`;
    }
  },
  expr: () => undefined,
  nulls: (s) => (s.nulls === null ? '' : ` NULLS ${s.nulls.toUpperCase()}`),
  typeName,
  unnest: (f, render) =>
    `UNNEST(${f.args.map(render).join(', ')})${f.ordinality ? ' WITH ORDINALITY' : ''}`,
  values: (sql) => sql,
  parenthesizeAll: false,
};

/** A query for Athena, and for people to read. */
export const renderTrino = (q: Query): string => render(q, trino);
