import { refuse } from '../refusal.ts';

/** What the parser says about where and how a thing was written, never what it means. */
const insignificant: ReadonlySet<string> = new Set([
  'span',
  'comments',
  'leading_comments',
  'trailing_comments',
  'left_comments',
  'operator_comments',
  'post_select_comments',
  'inferred_type',
  'quoted',
]);

export type Fields = Readonly<Record<string, unknown>>;

const isEmpty = (v: unknown): boolean =>
  v === null || v === undefined || v === false || (Array.isArray(v) && v.length === 0);

export const asFields = (v: unknown): Fields =>
  typeof v === 'object' && v !== null && !Array.isArray(v) ? (v as Fields) : {};

export const asList = (v: unknown): readonly unknown[] => (Array.isArray(v) ? v : []);

/** A node as its kind and its fields. The parser gives each as an object with one key. */
export function open(node: unknown): { readonly kind: string; readonly fields: Fields } {
  const [kind = 'nothing'] = Object.keys(asFields(node));
  return { kind, fields: asFields(asFields(node)[kind]) };
}

/**
 * Declares which fields of a node are read. Any other that holds something is a part of the query
 * that would be dropped in silence, so it is refused.
 */
export function consume(
  kind: string,
  fields: Fields,
  read: readonly string[],
  at: number | null,
): Fields {
  for (const [name, value] of Object.entries(fields))
    if (!read.includes(name) && !insignificant.has(name) && !isEmpty(value))
      refuse(
        'UNSUPPORTED',
        `${kind.replaceAll('_', ' ')} with ${name.replaceAll('_', ' ')} is not available.`,
        at,
        'Write the query without it.',
      );
  return fields;
}
