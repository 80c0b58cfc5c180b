import { type Cell, isNumeric, type QueryResult, type ResultColumn } from '../../engine/engine.ts';
import type { LanguageCode } from '../language.ts';
import type { Presentation } from '../translator.ts';
import type { Checked } from './trial.ts';

type Accepted = Extract<Checked, { ok: true }>;
type Noun = Presentation['noun'];

/** What the rows of a result are, by the table of which each of them is one row; `rows` where none is. */
const nouns: Readonly<
  Record<LanguageCode, { readonly rows: Noun } & Readonly<Record<string, Noun>>>
> = {
  en: {
    rows: { one: 'row', many: 'rows' },
    kms_keys: { one: 'key', many: 'keys' },
    accounts: { one: 'account', many: 'accounts' },
    key_concerns: { one: 'concern', many: 'concerns' },
  },
  ja: {
    rows: { one: '行', many: '行' },
    kms_keys: { one: 'キー', many: 'キー' },
    accounts: { one: 'アカウント', many: 'アカウント' },
    key_concerns: { one: '懸念事項', many: '懸念事項' },
  },
};

const words: Readonly<Record<LanguageCode, { readonly value: string; readonly groups: Noun }>> = {
  en: { value: 'Value', groups: { one: 'group', many: 'groups' } },
  ja: { value: '値', groups: { one: 'グループ', many: 'グループ' } },
};

const isName = ({ type }: ResultColumn): boolean => /^(?:varchar|char|date|boolean)/.test(type);

const isMoment = ({ type }: ResultColumn): boolean => /^timestamp/.test(type);

/** Names of columns that say nothing of what is in them. */
const meaningless = /^(?:_col\d+|n|c|cnt|count|num|number|total|value|result|x)$/;

/**
 * What a value is called: by its column, where that has a plain name. Never "keys" just because keys
 * were read: only the name of the column says what was counted.
 */
function labelOf({ name }: ResultColumn, language: LanguageCode): string {
  if (!/^[a-z][a-z0-9_]{0,59}$/.test(name) || meaningless.test(name)) return words[language].value;
  const spaced = name.replaceAll('_', ' ').replace(/\busd\b/, 'USD');
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function unitOf({ name }: ResultColumn): { readonly unit?: 'USD' | 'days' } {
  if (/_usd$/.test(name)) return { unit: 'USD' };
  return /^days_|_days$/.test(name) ? { unit: 'days' } : {};
}

/** Ids of single things: rows that have one are a list, whatever number stands beside it. */
const idNames = /(?:^|_)(?:key_id|key_arn|keyid|event_id|grant_id|sid)$/;

/** How the result of a model's query is shown and summed up: by its columns and its first rows. */
export function presentationOf(
  checked: Accepted,
  rows: QueryResult['rows'],
  language: LanguageCode,
): Presentation {
  const { columns } = checked;
  const noun = nouns[language][checked.rowsOf ?? ''] ?? nouns[language].rows;
  const list: Presentation = { shape: 'list', noun };
  const [only, ...others] = columns;
  if (!only || new Set(columns.map((c) => c.name)).size < columns.length) return list;
  if (others.length === 0 && rows.length === 1 && (isNumeric(only) || isMoment(only))) {
    const value = { value: only.name, label: labelOf(only, language), ...unitOf(only) };
    return { shape: 'number', noun, ...value };
  }
  const numbers = columns.filter(isNumeric);
  const names = columns.filter((c) => isName(c) && !isNumeric(c));
  const [number] = numbers;
  const isGrouped =
    number !== undefined &&
    numbers.length === 1 &&
    names.length === columns.length - 1 &&
    // With a LIMIT of its own, the largest of the rows need not be the largest of all.
    checked.limit === null &&
    /\bGROUP BY\b/.test(checked.sql) &&
    !columns.some(({ name }) => idNames.test(name)) &&
    rows.every((row) => isCount(row[columns.indexOf(number)] ?? null));
  if (!isGrouped) return list;
  return {
    shape: 'group',
    noun,
    groupBy: names.map((c) => c.name),
    groups: words[language].groups,
    value: number.name,
    label: labelOf(number, language),
    narrowed: true,
    ...unitOf(number),
  };
}

const isCount = (cell: Cell): boolean => cell === null || !Number.isNaN(Number(cell));
