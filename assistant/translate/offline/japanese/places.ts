import { standing } from '../free/japanese/around.ts';
import { alt, expand, many, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import { anyValue } from '../grammar/joining.ts';
import { accountsWith, manyTogether, valueFilter, writtenAs } from '../grammar/places.ts';
import type { NamedValue, Values } from '../lexicon/values.ts';
import { everything, type Filter } from '../plan/plan.ts';
import { j } from './literals.ts';
import type { Names } from './names.ts';

/** Where a key lives: a Region, an account, an organizational unit, or a tag that says so. */
export interface Places {
  /** 東京リージョン, payments-prodアカウント, 東京とフランクフルト. */
  readonly place: Parser<Filter>;
  /** As {@link place}, by whole names only. */
  readonly exact: Parser<Filter>;
  readonly account: Parser<string>;
}

/** What joins things that are enumerated. */
export const and = j(
  'と',
  'および',
  '及び',
  '、',
  '・',
  '並びに',
  'ならびに',
  'と、',
  'および、',
  '/',
);
export const or = j(
  'または',
  '又は',
  'もしくは',
  'あるいは',
  'か',
  'や',
  'か、',
  'や、',
  'かまたは',
  'か、または',
  'か、もしくは',
  '、または',
  '、もしくは',
  '、あるいは',
  'or',
);

const accountId = token((t) => (t.kind === 'account' ? t.text : undefined));
export const accountNoun = j('アカウント', 'AWSアカウント', 'account');
const unitNoun = j('OU', '組織単位', '組織ユニット', '部門OU');
const regionNoun = j('リージョン', 'AWSリージョン', 'region');
/** payments-prodというアカウント. */
const naming = j('という', 'という名前の', 'って', 'っていう', 'と言う', 'の');
const called = opt(j('名', 'ID', '番号', 'という', '名が', 'の'));

export function placeGrammar({ named, tagKey, values }: Names): Places {
  const tag = named(['tag'], false);
  /** payments-coreチーム, チームpayments-core: a value beside the name of its tag. */
  const tagged: Parser<Filter> = rule(() =>
    alt(
      expand(seq(tag, tagKey), ([v, key]) => (v.key === key ? [valueFilter(v)] : [])),
      expand(seq(tagKey, opt(j('「', ':')), tag), ([key, , v]) =>
        v.key === key ? [valueFilter(v)] : [],
      ),
    ),
  );
  const of = (kinds: Parameters<Names['named']>[0], partial: boolean) =>
    map(named(kinds, partial), valueFilter);
  const accountNamed = named(['account']);
  const accountExactly = named(['account'], false);
  // Only an account of the organization has keys here; any other may still be allowed to use some.
  const ownId = expand(accountId, (id) => (values.accountName(id) === undefined ? [] : [id]));
  const own: Parser<string> = rule(() =>
    alt(
      ownId,
      map(accountNamed, (v) => v.values[0] ?? ''),
      // Name and id together, as questions that are offered write it.
      expand(seq(accountExactly, j('(', ''), accountId, j(')', '')), ([v, , id]) =>
        v.values.includes(id) ? [id] : [],
      ),
    ),
  );
  const account: Parser<string> = alt(accountId, own);
  const ownExactly = expand(
    alt(
      ownId,
      map(accountExactly, (v) => v.values[0] ?? ''),
    ),
    (id) => (values.accountName(id) === undefined ? [] : [id]),
  );
  /** sandboxアカウント: those of the unit that is called so, else all with the word in their names. */
  const accountsCalled: Parser<Filter> = (chart, at) => {
    const whole = new Set(accountExactly(chart, at).map(({ end }) => end));
    const units = named(['ou', 'environment'], false)(chart, at).filter(
      ({ value }) =>
        value.kind === 'environment' || value.values.some((path) => path.includes('/')),
    );
    const parts = accountNamed(chart, at).filter(
      ({ end }) => !whole.has(end) && !units.some((u) => u.end === end),
    );
    return [
      ...units.map(({ value, end }) => ({ value: valueFilter(value), end })),
      ...[...new Set(parts.map(({ end }) => end))].flatMap((end) =>
        accountsWith(values, writtenAs(chart, at, end)).map((value) => ({ value, end })),
      ),
    ];
  };
  const inAccount = (id: string): Filter => ({ is: 'value', column: 'account_id', values: [id] });
  const one = (partial: boolean): Parser<Filter> =>
    rule(() =>
      alt(
        map(seq(accountNoun, called, own), ([, , id]) => inAccount(id)),
        map(seq(ownExactly, opt(naming), accountNoun), ([id]) => inAccount(id)),
        map(seq(accountsCalled, opt(naming), accountNoun), ([f]) => f),
        map(ownId, inAccount),
        tagged,
        map(seq(unitNoun, called, of(['ou'], partial)), ([, , f]) => f),
        map(seq(of(['ou'], partial), opt(j('の')), unitNoun), ([f]) => f),
        // The keys of the accounts of a unit are those of the unit.
        map(
          standing(
            seq(
              of(['ou'], partial),
              opt(unitNoun),
              j('の', 'にある', '内の', '配下の', 'に属する'),
              accountNoun,
            ),
            ({ after }) => /^(に|で|内|の.*(キー|鍵|CMK|コスト|懸念|指摘))/iu.test(after),
          ),
          ([f]) => f,
        ),
        map(seq(regionNoun, called, of(['region'], partial)), ([, , f]) => f),
        map(seq(of(['region'], partial), opt(j('の')), regionNoun), ([f]) => f),
        map(
          seq(
            manyTogether(
              map(
                plainest(named(['region', 'account', 'ou', 'tag', 'environment'], partial), values),
                valueFilter,
              ),
              values,
            ),
            opt(j('環境')),
          ),
          ([f]) => f,
        ),
      ),
    );
  const enumerated = (item: Parser<Filter>): Parser<Filter> =>
    expand(
      seq(
        item,
        many(
          map(seq(alt(and, or), item), ([, f]) => f),
          0,
          8,
        ),
      ),
      ([first, rest]) => {
        const sameKind = rest.every((f) => kindOf(f) === kindOf(first));
        return rest.length === 0 || sameKind ? [rest.reduce(anyValue, first)] : [];
      },
    );
  const anywhere: Parser<Filter> = map(
    j(
      '全アカウント',
      'すべてのアカウント',
      '全てのアカウント',
      '全リージョン',
      'すべてのリージョン',
      '全てのリージョン',
      '組織全体',
      '全社',
      '全体',
    ),
    () => everything,
  );
  const place = rule(() => alt(anywhere, enumerated(one(true))));
  const exact = rule(() => enumerated(one(false)));
  return { place, exact, account };
}

/** Of an account and a tag called the same, the account, where it is written in just these letters; of an environment and a tag of it, the environment. */
function plainest(named: Parser<NamedValue>, values: Values): Parser<NamedValue> {
  return (chart, at) => {
    const all = named(chart, at);
    const written = (end: number) =>
      chart.tokens
        .slice(at, end)
        .map((t) => `${t.glued ? (t.joint ?? '') : ''}${t.raw}`)
        .join('');
    const isAccount = (v: NamedValue, end: number) =>
      v.kind === 'account' &&
      values.accountName(v.values[0] ?? '')?.replaceAll(' ', '') === written(end);
    // Everything is below the root; whoever says "root" means the user.
    const isRoot = (v: NamedValue) => v.kind === 'ou' && v.values.every((p) => !p.includes('/'));
    // Of an environment all spellings are meant.
    return all.filter(
      ({ value, end }) =>
        !isRoot(value) &&
        (value.kind !== 'tag' ||
          !all.some(
            (r) => r.end === end && (isAccount(r.value, end) || r.value.kind === 'environment'),
          )),
    );
  };
}

function kindOf(filter: Filter): string {
  if (!('is' in filter)) return 'other';
  return filter.is === 'value' ? filter.column : filter.is;
}
