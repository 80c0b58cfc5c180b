import { Dialect, parse } from '@polyglot-sql/sdk';
import { refuse } from '../refusal.ts';
import type { Token } from '../scan.ts';
import { asList } from './fields.ts';
import type { Shielded } from './shield.ts';
import { otherStatements } from './words.ts';

/** Refuses what is not one query, by its first word, and gives the tokens without a closing semicolon. */
export function oneQuery(tokens: readonly Token[]): readonly Token[] {
  let end = tokens.length;
  while (end > 0 && tokens[end - 1]?.text === ';' && tokens[end - 1]?.kind === 'symbol') end--;
  const own = tokens.slice(0, end);
  const start = own.find((t) => t.text !== '(' || t.kind !== 'symbol');
  if (!start) refuse('EMPTY', 'There is no query.', null, 'Write a SELECT statement.');
  const semicolon = own.findIndex((t) => t.kind === 'symbol' && t.text === ';');
  if (semicolon >= 0)
    refuse(
      'MULTIPLE_STATEMENTS',
      'There is more than one statement.',
      own[semicolon + 1]?.at ?? null,
      'Send one SELECT statement.',
    );
  if (start.kind === 'word' && otherStatements.has(start.text))
    refuse(
      'NOT_A_QUERY',
      `${start.text.toUpperCase()} is not a query.`,
      start.at,
      'Only SELECT, WITH and VALUES are run; nothing is changed, explained or listed.',
    );
  if (start.kind === 'word' && (start.text === 'from' || start.text === 'table'))
    refuse(
      'UNSUPPORTED',
      `A query cannot begin with ${start.text.toUpperCase()}.`,
      start.at,
      'Write SELECT … FROM ….',
    );
  if (start.kind !== 'word' || !['select', 'with', 'values'].includes(start.text))
    refuse('NOT_A_QUERY', 'This is not a query.', start.at, 'Begin with SELECT or WITH.');
  return own;
}

/** The parser's tree of the one query. */
export function parseShielded(s: Shielded): unknown {
  const result = parse(s.text, Dialect.Trino);
  if (!result.success) {
    const { error = '', errorStart } = result as { error?: string; errorStart?: number };
    if (/E_GUARD/.test(error))
      refuse(
        'TOO_COMPLEX',
        'The query is nested too deeply or too large.',
        null,
        'Split it into WITH queries, or shorten lists.',
      );
    const at = sourceOffset(s, errorStart);
    refuse(
      'SYNTAX',
      'The query cannot be read from here.',
      at,
      'Check the word here and the one before it: a comma, a bracket or a keyword may be missing.',
    );
  }
  const statements = asList(result.ast);
  if (statements.length !== 1)
    refuse(
      'MULTIPLE_STATEMENTS',
      'There is more than one statement.',
      null,
      'Send one SELECT statement.',
    );
  return statements[0];
}

function sourceOffset(s: Shielded, offset: number | undefined): number | null {
  if (offset === undefined) return null;
  return s.origins.filter((o) => o.shielded <= offset).at(-1)?.source ?? null;
}
