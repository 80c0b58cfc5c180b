import { quoteText } from '../guard/render/quote.ts';
import type { LanguageCode } from '../translate/language.ts';
import { concernName } from './concern-name.ts';

/** Which keys a view is about. What is left out does not narrow. */
export interface KeyFilter {
  /** The 12 digits of an account id. */
  readonly account?: string | undefined;
  /** The path of an organizational unit, such as Root/Workloads/Prod; those below it are included. */
  readonly ou?: string | undefined;
  readonly region?: string | undefined;
  readonly manager?: string | undefined;
  /** A concern that the keys have, perhaps beside others. */
  readonly concern?: string | undefined;
  /** The highest severity among the concerns of a key. */
  readonly severity?: string | undefined;
}

/** A filter, and what the mark of a chart narrows it by. */
export interface MarkFilter extends KeyFilter {
  /** A second concern, where the view itself is about one. */
  readonly otherConcern?: string | undefined;
  readonly usage?: string | undefined;
}

/** The condition on `kms_keys AS k`, or on its history. */
export function conditionOf(filter: KeyFilter): string {
  const { account, ou, region, manager, concern, severity } = filter;
  return all([
    account === undefined ? '' : `k.account_id = ${quoteText(account)}`,
    ou === undefined ? '' : inUnit(ou, 'k'),
    region === undefined ? '' : `k.region = ${quoteText(region)}`,
    manager === undefined ? '' : `k.key_manager = ${quoteText(manager)}`,
    concern === undefined ? '' : `contains(k.concern_codes, ${quoteText(concern)})`,
    severity === undefined ? '' : `k.max_severity = ${quoteText(severity)}`,
  ]);
}

/**
 * The condition on `collection_status AS s`, or on its history: what was, or was not, read where the
 * keys of the filter are. An account that failed before its Regions were known counts for all of them.
 */
export function placesRead({ account, ou, region }: KeyFilter): string {
  return all([
    account === undefined ? '' : `s.account_id = ${quoteText(account)}`,
    region === undefined ? '' : `(s.region = ${quoteText(region)} OR s.region IS NULL)`,
    ou === undefined
      ? ''
      : `s.account_id IN (SELECT a.account_id FROM kms_insights.accounts AS a WHERE ${inUnit(ou, 'a')})`,
  ]);
}

/** The slash ends the name, so that Root/Prod does not stand for Root/Production as well. */
const inUnit = (ou: string, table: string): string =>
  `(${table}.ou_path = ${quoteText(ou)} OR starts_with(${table}.ou_path, ${quoteText(`${ou}/`)}))`;

const all = (conditions: readonly string[]): string =>
  conditions.filter((c) => c !== '').join(' AND ') || 'true';

/**
 * The question that the list of just these keys answers. Names from the contract are written as the
 * contract has them, and names from the data as identifiers, so that there is one way to read it. Null
 * where no question says it: a quotation mark in a name would end it.
 */
export function questionForKeys(filter: MarkFilter, language: LanguageCode): string | null {
  const keys = keysInWords(filter, language);
  if (keys === null) return null;
  return language === 'ja' ? `${keys}の一覧` : `List the ${keys}`;
}

/** The question for the monthly cost of these keys, likewise. */
export function questionForCost(filter: MarkFilter, language: LanguageCode): string | null {
  const keys = keysInWords(filter, language);
  if (keys === null) return null;
  return language === 'ja'
    ? `${keys}の月額コストの合計は？`
    : `What is the total monthly cost of the ${keys}?`;
}

function keysInWords(filter: MarkFilter, language: LanguageCode): string | null {
  if (filter.ou !== undefined && /["「」『』]/.test(filter.ou)) return null;
  return language === 'ja' ? inJapanese(filter) : inEnglish(filter);
}

const managers = {
  en: { CUSTOMER: 'customer managed keys', AWS: 'AWS managed keys' },
  ja: { CUSTOMER: 'カスタマー管理キー', AWS: 'AWS管理キー' },
} as const;

const keysOf = (manager: string | undefined, language: LanguageCode): string | null => {
  if (manager === undefined) return language === 'ja' ? 'キー' : 'keys';
  return manager === 'CUSTOMER' || manager === 'AWS' ? managers[language][manager] : null;
};

function inEnglish(filter: MarkFilter): string | null {
  const { account, ou, region, manager, concern, otherConcern, severity, usage } = filter;
  const keys = keysOf(manager, 'en');
  if (keys === null) return null;
  const where = [
    account === undefined ? '' : `in account ${account}`,
    ou === undefined ? '' : `in OU "${ou}"`,
    region === undefined ? '' : `in Region ${region}`,
  ];
  const have = [
    concern === undefined ? '' : `concern "${concernName(concern, 'en')}"`,
    otherConcern === undefined ? '' : `concern "${concernName(otherConcern, 'en')}"`,
    severity === undefined ? '' : `severity ${severity}`,
    usage === undefined ? '' : `usage status ${usage}`,
  ].filter((part) => part !== '');
  const that = have.length === 0 ? '' : `that have ${have.join(' and have ')}`;
  return [keys, ...where, that].filter((part) => part !== '').join(' ');
}

function inJapanese(filter: MarkFilter): string | null {
  const { account, ou, region, manager, concern, otherConcern, severity, usage } = filter;
  const keys = keysOf(manager, 'ja');
  if (keys === null) return null;
  const said = [
    ou === undefined ? null : ([`OU「${ou}」に`, 'ある'] as const),
    account === undefined ? null : ([`アカウント ${account} に`, 'ある'] as const),
    region === undefined ? null : ([`リージョン ${region} に`, 'ある'] as const),
    concern === undefined ? null : ([`懸念 ${concern} が`, 'ある'] as const),
    otherConcern === undefined ? null : ([`懸念 ${otherConcern} が`, 'ある'] as const),
    severity === undefined ? null : ([`重大度が ${severity} で`, 'ある'] as const),
    usage === undefined ? null : ([`使用状況が ${usage} で`, 'ある'] as const),
  ].filter((part) => part !== null);
  return (
    said
      .map(([what, is], index) => (index === said.length - 1 ? `${what}${is}` : `${what}あり、`))
      .join('') + keys
  );
}
