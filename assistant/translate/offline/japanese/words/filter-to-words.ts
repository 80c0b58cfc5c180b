import { concernKinds } from '../../../../../collector/schema/concerns.ts';
import { severities } from '../../../../../collector/schema/enums.ts';
import { columnOf, shownColumnOf } from '../../plan/entity-tables.ts';
import { type AccountName, useLevels } from '../../plan/filter-to-words.ts';
import { type Moment, type Period, resolveMoment } from '../../plan/moment.ts';
import type {
  Comparison,
  Entity,
  Fact,
  Filter,
  Grantee,
  PermissionTest,
  PrincipalKind,
  UsageTest,
} from '../../plan/plan.ts';

/**
 * How conditions are said in Japanese. The same phrases serve as a question that can be asked again and
 * means the same, and as the restated interpretation, where every moment has its date and every rule is
 * spelled out.
 */
export interface Speech {
  readonly entity: Entity;
  readonly moment: (moment: Moment) => string;
  readonly accountName: AccountName;
  /** Words added where a condition needs explaining; empty in a question. */
  readonly remark: (text: string) => string;
}

export function asQuestion(entity: Entity, accountName: AccountName): Speech {
  return { entity, accountName, moment: saidMoment, remark: () => '' };
}

export function asInterpretation(entity: Entity, asOf: Date, accountName: AccountName): Speech {
  return {
    entity,
    accountName,
    moment: (m) => {
      const date = dateInWords(resolveMoment(m, asOf));
      return 'at' in m || isNow(m) ? date : `${saidMoment(m)}（${date}）`;
    },
    remark: (text) => `（${text}）`,
  };
}

/** 2026年11月23日, with the time of day where it is not midnight. */
export function dateInWords(date: Date): string {
  const day = `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
  const time = date.toISOString().slice(11, 16);
  return time === '00:00' ? day : `${day}${time}（UTC）`;
}

const unitWords = { hour: '時間', day: '日', week: '週間', month: 'か月', year: '年' } as const;
export const periodInWords = ({ count, unit }: Period): string => `${count}${unitWords[unit]}`;
const isNow = (moment: Moment) => 'ago' in moment && moment.ago.count === 0;

function saidMoment(moment: Moment): string {
  if (isNow(moment)) return '現在';
  if ('ago' in moment) return `${periodInWords(moment.ago)}前`;
  if ('ahead' in moment) return `${periodInWords(moment.ahead)}後`;
  const { at } = moment;
  return /T00:00:00(\.000)?Z$/.test(at) ? at.slice(0, 10) : at.replace('.000Z', 'Z');
}

/** The everyday name of a column: the first of its words in the contract. */
export function columnLabel(entity: Entity, name: string): string {
  if (name === 'age_days') return '経過日数';
  if (name === 'age_years') return '経過年数';
  if (name === 'alias_count') return 'エイリアスの数';
  if (name === 'tag_count') return 'タグの数';
  if (name === 'yearly_cost_usd') return '年間コスト';
  if (name === 'account_id') return 'アカウント';
  return shownColumnOf(entity, name)?.words?.ja?.[0] ?? name;
}

/** The everyday name of a value of a column with a closed set of values. */
export function valueLabel(entity: Entity, column: string, value: string): string {
  const known = columnOf(entity, column)?.values?.find((v) => v.value === value);
  return known?.words?.ja?.[0] ?? value;
}

const quoted = (text: string) => `「${text.replaceAll(/["「」『』]/g, "'")}」`;
const either = (texts: readonly string[]) => texts.join('または');

/** A predicate before a noun, and before another predicate. `loose` ones are joined by かつ. */
interface Said {
  readonly attributive: string;
  readonly continuative: string;
  readonly loose?: true;
}

const said = (attributive: string, continuative: string): Said => ({ attributive, continuative });
const isA = (noun: string, holds: boolean): Said =>
  holds ? said(`${noun}である`, `${noun}であり`) : said(`${noun}でない`, `${noun}でなく`);
const thereIs = (noun: string, holds: boolean): Said =>
  holds ? said(`${noun}がある`, `${noun}があり`) : said(`${noun}がない`, `${noun}がなく`);
const gives = (noun: string, holds: boolean): Said =>
  holds ? said(`${noun}を与える`, `${noun}を与え`) : said(`${noun}を与えない`, `${noun}を与えず`);
const liesIn = (place: string, holds: boolean): Said =>
  holds ? said(`${place}にある`, `${place}にあり`) : said(`${place}にない`, `${place}になく`);
const used = (how: string, holds: boolean): Said =>
  holds
    ? said(`${how}使われた`, `${how}使われており`)
    : said(`${how}使われていない`, `${how}使われておらず`);
const loosely = (text: string): Said => ({ attributive: text, continuative: text, loose: true });

/** A filter as it stands before a noun: 外部アクセスがあり、90日以上使われていない. */
export function filterInWords(filter: Filter, speech: Speech, holds = true): string {
  return say(filter, speech, holds).attributive;
}

function say(filter: Filter, speech: Speech, holds: boolean): Said {
  if ('is' in filter) return factInWords(filter, holds, speech);
  if ('not' in filter) return say(filter.not, speech, !holds);
  if ('key' in filter) return loosely(`${ofKeys(filter.key, speech, holds)}に関する`);
  if ('account' in filter) {
    const inner = filterInWords(filter.account, { ...speech, entity: 'accounts' }, holds);
    return liesIn(`${inner}アカウント`, true);
  }
  if ('read' in filter) {
    const inner = filterInWords(filter.read, { ...speech, entity: 'coverage' });
    return thereIs(`（${inner}リージョン）`, holds);
  }
  if ('keys' in filter) {
    const keys = ofKeys(filter.keys, speech, true);
    if (filter.op === 'at least' && filter.count === 1) {
      return holds
        ? said(`${keys}を持つ`, `${keys}を持ち`)
        : said(`${keys}を持たない`, `${keys}を持たず`);
    }
    return quantity(`${keys}が`, filter.op, `${filter.count}個`, holds, 'ある');
  }
  return joined(filter, speech, holds);
}

function ofKeys(filter: Filter, speech: Speech, holds: boolean): string {
  const keys = { ...speech, entity: 'keys' } as const;
  if ('and' in filter && filter.and.length === 0) return 'キー';
  return `${filterInWords(filter, keys, holds)}キー`;
}

function joined(
  filter: Extract<Filter, { and: unknown } | { or: unknown }>,
  speech: Speech,
  holds: boolean,
): Said {
  const all = 'and' in filter === holds;
  const parts = 'and' in filter ? filter.and : filter.or;
  // What belongs to the keys of a row comes first, so that nothing before it can be taken for theirs.
  const ordered = [...parts].sort((a, b) => Number(ofOthers(b)) - Number(ofOthers(a)));
  const texts = ordered.map((p): Said => {
    const one = say(p, speech, holds);
    return isJoined(p) && parts.length > 1 ? loosely(`（${one.attributive}）`) : one;
  });
  const last = texts.at(-1);
  if (!last) return said('', '');
  const before = texts.slice(0, -1).map((t) => {
    if (!all) return t.loose ? `${t.attributive}または` : `${t.attributive}か、または`;
    if (t.attributive.endsWith('に関する')) return t.attributive;
    return t.loose ? `${t.attributive}かつ` : `${t.continuative}、`;
  });
  const start = before.join('');
  return {
    attributive: `${start}${last.attributive}`,
    continuative: `${start}${last.continuative}`,
    ...(last.loose ? { loose: true } : {}),
  };
}

const ofOthers = (filter: Filter): boolean =>
  'key' in filter || 'keys' in filter || ('not' in filter && ofOthers(filter.not));

const isJoined = (filter: Filter): boolean =>
  'not' in filter
    ? isJoined(filter.not)
    : ('and' in filter && filter.and.length > 1) || ('or' in filter && filter.or.length > 1);

/** タグが2個以上ある, 月額コストが1ドルを超える. */
function quantity(
  subject: string,
  op: Comparison,
  amount: string,
  holds: boolean,
  verb: 'ある' | 'である',
): Said {
  if (op === 'more than') {
    return holds
      ? said(`${subject}${amount}を超える`, `${subject}${amount}を超え`)
      : said(`${subject}${amount}を超えない`, `${subject}${amount}を超えず`);
  }
  const bound = { 'at least': '以上', 'at most': '以下', 'less than': '未満', exactly: '' }[op];
  const text = `${subject}${op === 'exactly' ? 'ちょうど' : ''}${amount}${bound}`;
  if (verb === 'である') return isA(text, holds);
  return holds ? said(`${text}ある`, `${text}あり`) : said(`${text}ない`, `${text}なく`);
}

/** Name and id, because neither alone serves everyone: names need not be unique. */
function accountInWords(id: string, accountName: AccountName): string {
  const name = accountName(id);
  if (!name || /["「」『』()（）]/.test(name)) return `アカウント${id}`;
  const plain = /^[\w.-]+$/.test(name) ? name : quoted(name);
  return `アカウント${plain}（${id}）`;
}

function factInWords(fact: Fact, holds: boolean, speech: Speech): Said {
  const { entity, moment, remark } = speech;
  switch (fact.is) {
    case 'value':
      return valueInWords(fact, holds, speech);
    case 'flag':
      return flagInWords(fact.column, holds, speech);
    case 'present':
      return thereIs(
        fact.column === 'concern_codes' ? '懸念事項' : columnLabel(entity, fact.column),
        holds,
      );
    case 'number': {
      const thing = countedThings[fact.column];
      if (thing) return quantity(`${thing}が`, fact.op, `${fact.value}個`, holds, 'ある');
      const role = columnOf(entity, fact.column)?.role;
      const unit =
        role === 'money' ? 'ドル' : role === 'days' || fact.column === 'age_days' ? '日' : '';
      return quantity(
        `${columnLabel(entity, fact.column)}が`,
        fact.op,
        `${fact.value}${unit}`,
        holds,
        'である',
      );
    }
    case 'time':
      return isA(`${columnLabel(entity, fact.column)}が${rangeInWords(fact, moment)}`, holds);
    case 'unused':
      return unusedInWords(fact, holds, speech);
    case 'used':
      return used(
        fact.to
          ? `${moment(fact.from)}以降${moment(fact.to)}より前に`
          : 'ago' in fact.from && !isNow(fact.from)
            ? `過去${periodInWords(fact.from.ago).replace(/間$/, '')}間に`
            : `${moment(fact.from)}以降に`,
        holds,
      );
    case 'tag':
      return thereIs(
        `タグ${quoted(fact.value === null ? fact.key : `${fact.key}=${fact.value}`)}`,
        holds,
      );
    case 'concern':
      return thereIs(`懸念事項${either(fact.codes.map((c) => quoted(concernLabel(c))))}`, holds);
    case 'severity': {
      const levels = either(fact.severities.map(severityLabel));
      return entity === 'concerns'
        ? isA(`重要度が${levels}`, holds)
        : thereIs(`重要度が${levels}の懸念事項`, holds);
    }
    case 'grants':
      return quantity('グラントが', fact.op, `${fact.value}個`, holds, 'ある');
    case 'access':
      return accessInWords(fact.test, holds, speech);
    case 'event':
      return eventInWords(fact.test, holds, speech);
    case 'key': {
      const label = { alias: 'エイリアス', key_id: 'キーID', key_arn: 'キーARN' }[fact.by];
      const plain = fact.values.map((v) => (/^[\w:/-]+$/.test(v) ? v : quoted(v)));
      return isA(`${label}が${either(plain)}`, holds);
    }
    case 'ou': {
      const place = either(fact.paths.map((p) => `OU${quoted(p)}`));
      return liesIn(`${place}${remark('配下を含む')}`, holds);
    }
    case 'contains': {
      const column = columnLabel(entity, fact.column === 'aliases' ? 'alias' : fact.column);
      const text = quoted(fact.text);
      if (fact.at) {
        const stem = fact.at === 'start' ? '始ま' : '終わ';
        return holds
          ? said(`${column}が${text}で${stem}る`, `${column}が${text}で${stem}り`)
          : said(`${column}が${text}で${stem}らない`, `${column}が${text}で${stem}らず`);
      }
      return holds
        ? said(`${column}に${text}を含む`, `${column}に${text}を含み`)
        : said(`${column}に${text}を含まない`, `${column}に${text}を含まず`);
    }
  }
}

const countedThings: Readonly<Record<string, string>> = {
  concern_codes: '懸念事項の種類',
  aliases: 'エイリアス',
  tags: 'タグ',
};

export const severityLabel = (value: string): string =>
  severities.find((s) => s.value === value)?.words.ja[0] ?? value;

/** What a concern is called in Japanese. */
export function concernLabel(code: string): string {
  const kind = concernKinds.find((k) => k.code === code);
  return kind?.words.ja[0] ?? kind?.label ?? code;
}

function valueInWords(
  fact: Extract<Fact, { is: 'value' }>,
  holds: boolean,
  { entity, accountName }: Speech,
): Said {
  const { column, values } = fact;
  const [only] = values;
  if (column === 'account_id') {
    return liesIn(either(values.map((id) => accountInWords(id, accountName))), holds);
  }
  if (column === 'region') return liesIn(either(values.map((r) => `${r}リージョン`)), holds);
  if (column === 'usage_status' && values.length === 1 && holds) {
    switch (only) {
      case 'USED':
        return thereIs('使用記録', true);
      case 'NO_RECORD':
        return thereIs('使用記録', false);
      case 'NEVER_USED':
        return used('一度も', false);
      default:
        return isA('使用状況が不明', true);
    }
  }
  const plain = entity === 'keys' && ['key_state', 'key_manager'].includes(column);
  if (plain && only && values.length === 1) return isA(valueLabel(entity, column, only), holds);
  const labels = values.map((v) => (column === 'usage_status' ? v : valueLabel(entity, column, v)));
  return isA(`${columnLabel(entity, column)}が${either(labels)}`, holds);
}

function flagInWords(column: string, holds: boolean, speech: Speech): Said {
  switch (column) {
    case 'rotation_enabled':
      return isA(
        holds
          ? 'ローテーションが有効'
          : `ローテーションが無効${speech.remark('ローテーション可能なキーのうち')}`,
        true,
      );
    case 'policy_readable':
      return holds
        ? said('ポリシーを読み取れる', 'ポリシーを読み取れ')
        : said('ポリシーを読み取れない', 'ポリシーを読み取れず');
    default:
      return isA(columnLabel(speech.entity, column), holds);
  }
}

function rangeInWords(
  { from, to }: { readonly from: Moment | null; readonly to: Moment | null },
  moment: (m: Moment) => string,
): string {
  return `${from ? `${moment(from)}以降` : ''}${to ? `${moment(to)}より前` : ''}`;
}

function unusedInWords(
  fact: Extract<Fact, { is: 'unused' }>,
  holds: boolean,
  { moment, remark }: Speech,
): Said {
  const rule = remark(
    `${moment(fact.since).replace(/^.*前（(.*)）$/, '$1')}以降の使用記録がなく、それ以前に作成されたか、それ以前から使用が記録されているもの`,
  );
  if ('ago' in fact.since) {
    const p = periodInWords(fact.since.ago);
    if (!holds) return isA(`使われていない期間が${p}${fact.longer ? '以下' : '未満'}`, true);
    const { attributive, continuative } = used(`${p}${fact.longer ? 'を超えて' : '以上'}`, false);
    return said(`${attributive}${rule}`, `${continuative}${rule}`);
  }
  const { attributive, continuative } = used(
    `${moment(fact.since)}${fact.longer ? 'より前から' : '以降'}`,
    false,
  );
  if (!holds) return loosely(`（${attributive}）ではない`);
  return said(`${attributive}${rule}`, `${continuative}${rule}`);
}

const levelWords: Readonly<Record<string, string>> = {
  ADMIN: '管理アクセス',
  ENCRYPT: '暗号化アクセス',
  DECRYPT: '復号アクセス',
  SIGN: '署名アクセス',
  GRANT: 'グラント作成アクセス',
  READ: 'メタデータ参照アクセス',
};
const typeWords: Readonly<Record<string, string>> = {
  ROLE: 'IAMロール',
  USER: 'IAMユーザー',
  SERVICE: 'AWSサービス',
  ACCOUNT: 'アカウント全体',
  SESSION: 'セッション',
  FEDERATED: 'フェデレーションID',
  ANYONE: '誰でも',
  CANONICAL: '正規ユーザー',
  DELETED: '削除されたプリンシパル',
};

const same = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((x) => b.includes(x));

function levelsInWords(levels: readonly string[] | undefined): string {
  if (!levels) return 'アクセス';
  if (same(levels, useLevels)) return '使用アクセス';
  return either(levels.map((l) => levelWords[l] ?? l));
}

function accessInWords(test: PermissionTest, holds: boolean, speech: Speech): Said {
  if (test.denied) {
    const who = test.types
      ? whoInWords(test)
      : whoInWords(test) || standingOf(test).replace(/の$/u, '');
    const level = test.levels ? `（${levelsInWords(test.levels)}）` : '';
    return thereIs(`${who ? `${who}に対する` : ''}拒否ステートメント${level}`, holds);
  }
  if (test.actions) {
    const { actions, ...rest } = test;
    const inner = accessInWords(rest, holds, speech);
    const what = `アクション${either(actions)}による`;
    return said(`${what}${inner.attributive}`, `${what}${inner.continuative}`);
  }
  if (test.butNot) {
    const { butNot, ...rest } = test;
    const but = `${either(butNot.map(granteeInWords))}以外による`;
    const inner = accessInWords(rest, holds, speech);
    return said(`${but}${inner.attributive}`, `${but}${inner.continuative}`);
  }
  if (test.beside) {
    const { beside, ...rest } = test;
    const who = `同じキーに${levelsInWords(beside.levels)}${beside.holds ? 'もある' : 'はない'}者の`;
    const inner = accessInWords(rest, holds, speech);
    return said(`${who}${inner.attributive}`, `${who}${inner.continuative}`);
  }
  if (test.unconditional) {
    const { unconditional: _, ...rest } = test;
    const inner = accessInWords(rest, holds, speech);
    return said(`条件なしの${inner.attributive}`, `条件なしの${inner.continuative}`);
  }
  if (test.restrictedBy) {
    const { restrictedBy, ...rest } = test;
    const keys = either(restrictedBy);
    const inner = accessInWords(rest, holds, speech);
    return said(
      `条件${keys}で制限された${inner.attributive}`,
      `条件${keys}で制限された${inner.continuative}`,
    );
  }
  const source = test.source
    ? test.source[0] === 'GRANT'
      ? 'グラント経由の'
      : 'キーポリシーによる'
    : '';
  const level = levelsInWords(test.levels);
  const remark = speech.remark(accessRule(test));
  const has = (what: string): Said => {
    const { attributive, continuative } =
      speech.entity === 'permissions' ? gives(what, holds) : thereIs(what, holds);
    return said(`${attributive}${remark}`, `${continuative}${remark}`);
  };
  const who = whoInWords(test);
  if (who) return has(`${source}${who}からの${level}`);
  if (!test.trust && !test.otherAccount) {
    if (test.levels) return has(`${source}${level}`);
    return test.source?.[0] === 'GRANT' ? has('グラント') : has(`${source}何らかのアクセス`);
  }
  return has(`${source}${kindInWords(test, test.levels !== undefined)}${level}`);
}

/** How far principals of a type stand from the key. */
function standingOf({ trust = [], otherAccount }: PermissionTest): string {
  if (otherAccount) return '他のアカウントの';
  if (same(trust, ['EXTERNAL', 'PUBLIC'])) return '外部の';
  if (same(trust, ['EXTERNAL'])) return '外部アカウントの';
  if (same(trust, ['ORGANIZATION'])) return '組織内の他のアカウントの';
  return same(trust, ['PUBLIC']) ? '公開アクセスの' : '';
}

const granteeKinds: Readonly<Record<PrincipalKind, string>> = {
  user: 'ユーザー',
  role: 'ロール',
  'assumed-role': 'セッション',
  'saml-provider': 'SAMLプロバイダー',
  'oidc-provider': 'OIDCプロバイダー',
  'federated-user': 'フェデレーションユーザー',
};

function whoInWords(test: PermissionTest): string {
  if (test.unit) {
    const { unit, ...rest } = test;
    return `${unitInWords(unit)}の${whoInWords(rest) || 'プリンシパル'}`;
  }
  if (test.types) {
    const types = either(test.types.map((t) => typeWords[t] ?? t));
    const account =
      test.grantee && 'account' in test.grantee ? `アカウント${test.grantee.account}の` : '';
    return `${test.trust || test.otherAccount ? standingOf(test) : ''}${account}${types}`;
  }
  return test.grantee ? granteeInWords(test.grantee) : '';
}

const unitInWords = (paths: readonly string[]) =>
  `${either(paths.map((path) => `OU ${quoted(path)}`))}のアカウント`;

function granteeInWords(grantee: Grantee): string {
  if ('account' in grantee) return `アカウント${grantee.account}`;
  if ('principals' in grantee) {
    return either(grantee.principals.map((p) => `プリンシパル${quoted(p)}`));
  }
  const { kind, name } = grantee;
  return `${granteeKinds[kind]}${/^[\w.@-]+$/.test(name) ? name : quoted(name)}`;
}

function kindInWords({ trust, otherAccount }: PermissionTest, withLevel: boolean): string {
  if (otherAccount) return withLevel ? 'クロスアカウントの' : 'クロスアカウント';
  if (!trust) return '';
  if (same(trust, ['EXTERNAL', 'PUBLIC'])) return withLevel ? '外部からの' : '外部';
  if (same(trust, ['EXTERNAL'])) return '外部アカウントからの';
  if (same(trust, ['PUBLIC'])) return withLevel ? '誰でも可能な' : '公開';
  return '組織内のクロスアカウント';
}

function accessRule({ trust, otherAccount, source }: PermissionTest): string {
  const where = source ? '' : 'キーポリシーまたはグラントの';
  const allow = `${where}有効な許可`;
  if (otherAccount)
    return `${allow}が、組織の内外を問わず他のアカウントの特定のプリンシパルにあるもの。公開は別扱い`;
  if (!trust) return allow;
  if (same(trust, ['EXTERNAL', 'PUBLIC'])) return `${allow}が、組織外の者または任意の者にあるもの`;
  if (same(trust, ['EXTERNAL'])) return `${allow}が、組織外の者にあるもの。公開は別扱い`;
  if (same(trust, ['ORGANIZATION'])) return `${allow}が、同じ組織の他のアカウントにあるもの`;
  if (same(trust, ['PUBLIC'])) return `${allow}が、相手を制限する条件なしに任意の者にあるもの`;
  return allow;
}

/** What types of identity are called; sessions of a role are all that a role does. */
const identityWords: Readonly<Record<string, string>> = {
  IAMUser: 'IAMユーザー',
  AssumedRole: 'IAMロール',
};

/** Where a caller without a name belongs, and how he signed in: 組織外のアカウントのIAMユーザー. */
function kindOfCaller({ callerFrom, identityTypes }: UsageTest): readonly string[] {
  const from = callerFrom === 'EXTERNAL' ? '組織外のアカウント' : 'キーとは別のアカウント';
  if (!identityTypes) return callerFrom ? [from] : [];
  const types = either(identityTypes.map((t) => identityWords[t] ?? `ID種別${t}`));
  return [callerFrom ? `${from}の${types}` : types];
}

const withoutInWords = ({ butNot = {} }: UsageTest): readonly string[] =>
  [
    ...(butNot.callers ?? []).map(quoted),
    ...(butNot.callerAccount ? [quoted(butNot.callerAccount)] : []),
    ...(butNot.services ?? []).map(quoted),
    ...(butNot.addresses ?? []).map((address) => `IPアドレス${address}`),
  ].map((one) => `${one}以外`);

/** All that is said of whoever did it: gitlab-ci（s3.amazonaws.com経由）. */
function callersInWords(test: UsageTest): string {
  const parts: readonly (readonly [said: string, further: string])[] = [
    [either((test.callers ?? []).map((c) => (/^[\w-]+$/.test(c) ? c : quoted(c)))), ''],
    [test.callerAccount ? `アカウント${test.callerAccount}` : '', ''],
    [test.callerUnit ? unitInWords(test.callerUnit) : '', ''],
    [either(kindOfCaller(test)), ''],
    [either(test.services ?? []), '経由'],
    [test.direct ? 'サービスを経由しない呼び出し' : '', ''],
    [either((test.addresses ?? []).map((a) => `IPアドレス${a}`)), 'から'],
    [either(withoutInWords(test)), ''],
    [test.resource ? `リソース${quoted(test.resource)}` : '', ''],
    [either((test.eventIds ?? []).map((id) => `イベント${id}`)), ''],
  ];
  const [first, ...more] = parts.filter(([said]) => said !== '');
  if (!first) return '';
  const further = more.map(([said, how]) => `${said}${how}`).join('、');
  return further ? `${first[0]}（${further}）` : first[0];
}

function eventInWords(test: UsageTest, holds: boolean, { moment, entity }: Speech): Said {
  const what = test.category === 'CRYPTO' ? '使用' : '変更';
  const operations = test.operations ? `（${test.operations.join('または')}）` : '';
  const who = callersInWords(test);
  const since = `${test.from ? `${moment(test.from)}以降` : ''}${test.to ? `${moment(test.to)}より前` : ''}`;
  if (entity === 'usage') {
    const recorded = `${who ? `${who}による` : ''}${what}${operations}を記録し`;
    if (!holds) {
      const within = since ? `${since}に` : '';
      return said(`${within}${recorded}ていない`, `${within}${recorded}ておらず`);
    }
    return since
      ? said(
          `${recorded}ており、イベント日時が${since}である`,
          `${recorded}ており、イベント日時が${since}であり`,
        )
      : said(`${recorded}た`, `${recorded}ており`);
  }
  const start = since || who ? `${since}${who}に` : '';
  if (operations) {
    const done = `${start}${what}${operations}され`;
    return holds ? said(`${done}た`, `${done}ており`) : said(`${done}ていない`, `${done}ておらず`);
  }
  if (test.category === 'CRYPTO') return used(start, holds);
  return holds
    ? said(`${start}変更された`, `${start}変更されており`)
    : said(`${start}変更されていない`, `${start}変更されておらず`);
}
