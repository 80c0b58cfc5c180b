import { concernKinds } from '../../../../collector/schema/concerns.ts';
import { keyStates } from '../../../../collector/schema/enums.ts';
import { columnOf, shownColumnOf } from './entity-tables.ts';
import { type Moment, momentInWords, periodInWords, resolveMoment } from './moment.ts';
import type {
  Comparison,
  Entity,
  Fact,
  Filter,
  Grantee,
  PermissionTest,
  UsageTest,
} from './plan.ts';

/**
 * How conditions are said. The same sentences serve twice: as a question that can be asked again and
 * means the same (moments as they were said: "90 days ago"), and as the restated interpretation
 * (moments with their dates).
 */
export interface Speech {
  readonly entity: Entity;
  readonly moment: (moment: Moment) => string;
  /** The name of an account, where it is known. */
  readonly accountName: AccountName;
  /** Said as people say it, rather than in the words that a question is sure to be understood by. */
  readonly prose: boolean;
  /** Words added where a condition needs explaining; empty in a question. */
  readonly remark: (text: string) => string;
}

export type AccountName = (id: string) => string | undefined;

/** Speech for a question that can be asked as it stands. */
export function asQuestion(entity: Entity, accountName: AccountName): Speech {
  return { entity, moment: saidMoment, accountName, prose: false, remark: () => '' };
}

/** Speech for the interpretation: every moment with its date, every rule spelled out. */
export function asInterpretation(entity: Entity, asOf: Date, accountName: AccountName): Speech {
  return {
    entity,
    accountName,
    prose: true,
    moment: (m) => {
      const date = momentInWords(resolveMoment(m, asOf));
      return 'at' in m ? date : `${saidMoment(m)} (${date})`;
    },
    remark: (text) => ` (${text})`,
  };
}

const isNow = (moment: Moment) => 'ago' in moment && moment.ago.count === 0;

function saidMoment(moment: Moment): string {
  if (isNow(moment)) return 'now';
  if ('ago' in moment) return `${periodInWords(moment.ago)} ago`;
  if ('ahead' in moment) return `${periodInWords(moment.ahead)} from now`;
  const { at } = moment;
  return /T00:00:00(\.000)?Z$/.test(at) ? at.slice(0, 10) : at.replace('.000Z', 'Z');
}

const labelOf = (code: string) => concernKinds.find((k) => k.code === code)?.label ?? code;

/** The everyday name of a column: the first of its words in the contract. */
export function columnLabel(entity: Entity, name: string): string {
  if (name === 'age_days') return 'age';
  if (name === 'age_years') return 'age in years';
  if (name === 'alias_count') return 'number of aliases';
  if (name === 'tag_count') return 'number of tags';
  if (name === 'yearly_cost_usd') return 'yearly cost';
  if (name === 'account_id') return 'account';
  return shownColumnOf(entity, name)?.words?.en?.[0] ?? name.replaceAll('_', ' ');
}

/** The name of a tag in quotation marks, because without them it stands for every spelling of it. */
export const tagNamed = (key: string): string => `"${key.replaceAll('"', "'")}"`;

const quotedIfNeeded = (value: string) =>
  /^[\p{L}\p{N}_./:=@*-]+$/u.test(value) ? value : `"${value.replaceAll('"', "'")}"`;

/** Values joined by "or", quoted where they are more than one word. */
export function valuesInWords(values: readonly string[]): string {
  return values.map(quotedIfNeeded).join(' or ');
}

const timeVerbs: Readonly<Record<string, readonly [holds: string, fails: string]>> = {
  created_at: ['were created', 'were not created'],
  last_used_at: ['were last used', 'were not last used'],
  deletion_at: ['will be deleted', 'will not be deleted'],
  material_expires_at: ['expire', 'do not expire'],
  next_rotation_at: ['will be rotated', 'will not be rotated'],
};

/** A filter as the predicate of "keys that …". */
export function filterInWords(filter: Filter, speech: Speech, holds = true): string {
  if ('is' in filter) return factInWords(filter, holds, speech);
  if ('not' in filter) return filterInWords(filter.not, speech, !holds);
  if ('key' in filter) {
    const keys = { ...speech, entity: 'keys' } as const;
    if (speech.prose && !isJoined(filter.key)) {
      return `belong to keys that ${filterInWords(filter.key, keys, holds)}`;
    }
    return `belong to keys that (${filterInWords(filter.key, keys, holds)})`;
  }
  if ('account' in filter) {
    return `are in accounts that ${filterInWords(filter.account, { ...speech, entity: 'accounts' }, holds)}`;
  }
  if ('read' in filter) {
    return `${holds ? 'have' : 'do not have'} a Region that (${filterInWords(filter.read, { ...speech, entity: 'coverage' })})`;
  }
  if ('keys' in filter) {
    const many = quantityInWords(filter.op, filter.count);
    const keys = { ...speech, entity: 'keys' } as const;
    const such =
      'and' in filter.keys && filter.keys.and.length === 0
        ? 'keys'
        : `keys that (${filterInWords(filter.keys, keys)})`;
    return holds ? `have ${many}${such}` : `do not have ${many}${such}`;
  }
  const conjunction = 'and' in filter === holds ? ' and ' : ' or ';
  const parts = 'and' in filter ? filter.and : filter.or;
  return parts
    .map((p) => {
      const text = filterInWords(p, speech, holds);
      return isJoined(p) && parts.length > 1 ? `(${text})` : text;
    })
    .join(conjunction);
}

const isJoined = (filter: Filter): boolean =>
  'not' in filter
    ? isJoined(filter.not)
    : ('and' in filter && filter.and.length > 1) || ('or' in filter && filter.or.length > 1);

function quantityInWords(op: Comparison, count: number): string {
  return op === 'at least' && count === 1 ? '' : `${op} ${count} `;
}

/** Name and id, because neither alone serves everyone: names need not be unique. */
function accountInWords(id: string, accountName: AccountName): string {
  const name = accountName(id);
  return name && !name.includes('"') ? `${quotedIfNeeded(name)} ${id}` : id;
}

function give(holds: boolean, what: string, { prose, entity }: Speech): string {
  if (!prose || entity !== 'permissions') return have(holds, what);
  return `${holds ? 'give' : 'do not give'} ${what}`;
}

function have(holds: boolean, what: string): string {
  return `${holds ? 'have' : 'do not have'} ${what}`;
}

function are(holds: boolean, what: string): string {
  return `are ${holds ? '' : 'not '}${what}`;
}

function factInWords(fact: Fact, holds: boolean, speech: Speech): string {
  switch (fact.is) {
    case 'value':
      if (fact.column === 'account_id') {
        const named = fact.values.map((id) => accountInWords(id, speech.accountName));
        return are(holds, `in account ${named.join(' or ')}`);
      }
      if (speech.prose) {
        const said = stateInWords(fact, holds);
        if (said) return said;
      }
      if (fact.column === 'region')
        return are(holds, `in ${speech.prose ? 'Region' : 'region'} ${valuesInWords(fact.values)}`);
      return have(
        holds,
        `${columnLabel(speech.entity, fact.column)} ${valuesInWords(fact.values)}`,
      );
    case 'flag':
      return flagInWords(fact.column, holds, speech);
    case 'present':
      if (speech.entity === 'coverage' && fact.column === 'region') {
        return holds ? 'are of a Region' : 'are of a whole account';
      }
      return speech.prose && fact.column === 'tags'
        ? `have ${holds ? '' : 'no '}tags`
        : `have ${holds ? '' : 'no '}${columnLabel(speech.entity, fact.column)}`;
    case 'number': {
      const counted = countedThings[fact.column];
      if (counted) {
        const op = fact.op === 'less than' ? 'fewer than' : fact.op;
        return have(holds, `${op} ${fact.value} ${counted}`);
      }
      const unit = columnOf(speech.entity, fact.column)?.role;
      const amount =
        unit === 'money'
          ? `${fact.value} dollars`
          : unit === 'days' || fact.column === 'age_days'
            ? `${fact.value} days`
            : `${fact.value}`;
      return have(holds, `${columnLabel(speech.entity, fact.column)} ${fact.op} ${amount}`);
    }
    case 'time':
      return timeInWords(fact, holds, speech);
    case 'unused': {
      const days = 'ago' in fact.since ? periodInWords(fact.since.ago) : null;
      const what = days
        ? `unused for ${fact.longer ? 'more than' : 'at least'} ${days}`
        : `unused since ${fact.longer ? 'before ' : ''}${speech.moment(fact.since)}`;
      const rule = `no use recorded since ${speech.moment(fact.since).replace(/^.* ago \((.*)\)$/, '$1')}, and created, or its use tracked, since before then`;
      return `${are(holds, what)}${speech.remark(rule)}`;
    }
    case 'used':
      // Of each key only the last use is known, which must then fall in that time.
      return `were ${holds ? (speech.prose && fact.to ? 'last ' : '') : 'not '}used ${
        fact.to
          ? `from ${speech.moment(fact.from)} until before ${speech.moment(fact.to)}`
          : `since ${speech.moment(fact.from)}`
      }`;
    case 'tag': {
      const tag =
        fact.value === null ? tagNamed(fact.key) : quotedIfNeeded(`${fact.key}=${fact.value}`);
      return have(holds, `tag ${tag}`);
    }
    case 'concern':
      return have(holds, `concern ${valuesInWords(fact.codes.map(labelOf))}`);
    case 'severity':
      if (fact.codes) {
        const which = `concern ${valuesInWords(fact.codes.map(labelOf))}`;
        return have(holds, `${which} of severity ${fact.severities.join(' or ')}`);
      }
      return speech.prose && speech.entity === 'concerns'
        ? are(holds, fact.severities.join(' or '))
        : have(holds, `${fact.severities.join(' or ')} concerns`);
    case 'grants': {
      const op = fact.op === 'less than' ? 'fewer than' : fact.op;
      return have(holds, `${op} ${fact.value} grants`);
    }
    case 'access':
      return accessInWords(fact.test, holds, speech);
    case 'event':
      return eventInWords(fact.test, holds, speech);
    case 'key': {
      const label = fact.by === 'alias' ? 'alias' : fact.by.replace('_', ' ');
      return have(holds, `${label} ${valuesInWords(fact.values)}`);
    }
    case 'ou':
      return `${are(holds, `in OU ${enumerated(fact.paths)}`)}${speech.remark('or below it')}`;
    case 'contains':
      return have(
        holds,
        `${columnLabel(speech.entity, fact.column === 'aliases' ? 'alias' : fact.column)} ${fact.at ? `${fact.at}ing with` : 'containing'} "${fact.text.replaceAll('"', "'")}"`,
      );
  }
}

/** What is counted where a column holds many. */
const countedThings: Readonly<Record<string, string>> = {
  concern_codes: 'kinds of concern',
  aliases: 'aliases',
  tags: 'tags',
};

const usageInWords: Readonly<Record<string, string>> = {
  USED: 'have a recorded use',
  NEVER_USED: 'were never used',
  NO_RECORD: 'have no recorded use but are older than the tracking',
  UNKNOWN: 'are of unknown use',
};
const managers: Readonly<Record<string, string>> = {
  CUSTOMER: 'customer managed',
  AWS: 'AWS managed',
};

/** "customer managed", for conditions that can stand before the noun. */
export function managerInWords(filter: Filter): string | null {
  if (!('is' in filter) || filter.is !== 'value' || filter.column !== 'key_manager') return null;
  return filter.values.map((v) => managers[v] ?? v).join(' or ');
}

/** States of a key as adjectives: "are disabled", "were never used". */
function stateInWords(fact: Extract<Fact, { is: 'value' }>, holds: boolean): string | null {
  if (fact.column === 'usage_status' && holds) {
    return fact.values.map((v) => usageInWords[v] ?? v).join(' or ');
  }
  if (fact.column === 'key_manager') return are(holds, managerInWords(fact) ?? '');
  if (fact.column !== 'key_state') return null;
  const words = fact.values.map(
    (v) => keyStates.find((s) => s.value === v)?.words.en[0] ?? `in state ${v}`,
  );
  return are(holds, words.join(' or '));
}

function flagInWords(column: string, holds: boolean, speech: Speech): string {
  switch (column) {
    case 'rotation_enabled':
      return holds
        ? 'have rotation enabled'
        : `have rotation disabled${speech.remark('where rotation is possible')}`;
    case 'policy_readable':
      return holds ? 'have a readable policy' : 'have an unreadable policy';
    case 'is_management':
      return are(holds, 'the management account');
    default:
      return are(holds, columnLabel(speech.entity, column));
  }
}

function timeInWords(
  fact: Extract<Fact, { is: 'time' }>,
  holds: boolean,
  { moment, entity }: Speech,
): string {
  const verbs = timeVerbs[fact.column];
  const verb = verbs ? verbs[holds ? 0 : 1] : have(holds, columnLabel(entity, fact.column));
  if (fact.from && fact.to) {
    return `${verb} from ${moment(fact.from)} until before ${moment(fact.to)}`;
  }
  if (fact.from) return `${verb} at or after ${moment(fact.from)}`;
  return fact.to ? `${verb} before ${moment(fact.to)}` : verb;
}

const levelVerbs: Readonly<Record<string, string>> = {
  ADMIN: 'administer',
  ENCRYPT: 'encrypt',
  DECRYPT: 'decrypt',
  SIGN: 'sign',
  GRANT: 'create grants',
  READ: 'read metadata',
};

/** The levels at which a key does its work. */
export const useLevels: readonly string[] = ['ENCRYPT', 'DECRYPT', 'SIGN'];

const sameTexts = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((x) => b.includes(x));

/** "use", "decrypt", "encrypt or sign"; null when every level is meant. */
export function levelsInWords(levels: readonly string[] | undefined): string | null {
  if (!levels) return null;
  if (sameTexts(levels, useLevels)) return 'use';
  return levels.map((l) => levelVerbs[l] ?? l).join(' or ');
}

const typeWords: Readonly<Record<string, string>> = {
  ACCOUNT: 'whole accounts',
  ROLE: 'IAM roles',
  USER: 'IAM users',
  SESSION: 'sessions',
  FEDERATED: 'federated identities',
  SERVICE: 'AWS services',
  CANONICAL: 'canonical users',
  ANYONE: 'anyone',
  DELETED: 'deleted principals',
};

/** Who is meant by a permission test: "external accounts", "IAM users". */
export function whoInWords(test: PermissionTest): string {
  const parts: string[] = [];
  if (test.types) parts.push(test.types.map((t) => typeWords[t] ?? t).join(' or '));
  if (test.unit) parts.push(`accounts in OU ${valuesInWords(test.unit)}`);
  if (test.grantee) parts.push(granteeInWords(test.grantee));
  // "IAM roles of account 111122223333".
  const ofAccount =
    (test.grantee !== undefined && 'account' in test.grantee) || test.unit !== undefined;
  return parts.join(ofAccount ? ' of ' : ' ');
}

function granteeInWords(grantee: Grantee): string {
  if ('account' in grantee) return `account ${grantee.account}`;
  if ('principals' in grantee) return `principal ${valuesInWords(grantee.principals)}`;
  return `${grantee.kind.replace('-', ' ')} ${valuesInWords([grantee.name])}`;
}

function accessInWords(test: PermissionTest, holds: boolean, speech: Speech): string {
  if (test.denied) return deniedInWords(test, holds, speech);
  if (test.actions) {
    const { actions, ...rest } = test;
    return `${accessInWords(rest, holds, speech)} with action ${valuesInWords(actions)}`;
  }
  if (test.butNot) {
    const { butNot, ...rest } = test;
    const others = butNot.map((g) => granteeInWords(g)).join(' or ');
    return `${accessInWords(rest, holds, speech)} other than ${others}`;
  }
  if (test.beside) {
    const { beside, ...rest } = test;
    const may = beside.holds ? 'may also' : 'may not';
    const what = levelsInWords(beside.levels) ?? 'use';
    return `${accessInWords(rest, holds, speech)} of those who ${may} ${what === 'use' ? what : `${what} with`} the same key`;
  }
  if (test.unconditional) {
    const { unconditional: _, ...rest } = test;
    return `${accessInWords(rest, holds, speech)} without any condition`;
  }
  if (test.restrictedBy) {
    const { restrictedBy, ...rest } = test;
    const limited = ` limited by condition ${valuesInWords(restrictedBy)}`;
    return `${accessInWords(rest, holds, speech)}${limited}`;
  }
  const levels = levelsInWords(test.levels);
  const source = test.source
    ? ` through ${test.source[0] === 'GRANT' ? 'grants' : 'key policies'}`
    : '';
  const kind = accessKind(test);
  const who = whoInWords(test);
  const remark = speech.remark(accessRule(test));
  if (who) {
    const verb = levels ?? 'access';
    const trust = kind && kind !== WITHIN ? `${kind} ` : '';
    const inside = kind === WITHIN ? ' of other accounts of the organization' : '';
    if (speech.prose && speech.entity === 'permissions') {
      const what = [levels, 'access'].filter(Boolean).join(' ');
      return `${holds ? 'give' : 'do not give'} ${what} to ${trust}${who}${inside}${source}${remark}`;
    }
    return `can ${holds ? '' : 'not '}be ${verb === 'access' ? 'accessed' : `${passive(verb)}`} by ${trust}${who}${inside}${source}${remark}`;
  }
  if (kind === WITHIN) {
    const access = `${['cross-account', levels].filter(Boolean).join(' ')} access ${WITHIN}`;
    return `${give(holds, `${access}${source}`, speech)}${remark}`;
  }
  const access = `${[kind, levels].filter(Boolean).join(' ') || 'any'} access`;
  return `${give(holds, `${access}${source}`, speech)}${remark}`;
}

/** "Have a Deny statement for account 123456789012". */
function deniedInWords(test: PermissionTest, holds: boolean, speech: Speech): string {
  const levels = levelsInWords(test.levels);
  const kind = accessKind(test);
  const who = [kind, whoInWords(test)].filter(Boolean).join(' ') || null;
  const of = levels ? ` to ${levels}` : '';
  const statement = `Deny statement${of}${who ? ` for ${who}` : ''}`;
  return speech.entity === 'permissions'
    ? `${holds ? 'are' : 'are not'} of a ${statement}`
    : `have ${holds ? 'a' : 'no'} ${statement}`;
}

function passive(verb: string): string {
  if (verb === 'use') return 'used';
  return verb
    .split(' or ')
    .map((v) =>
      v === 'create grants'
        ? 'granted'
        : v === 'sign'
          ? 'signed with'
          : v === 'administer'
            ? 'administered'
            : v === 'read metadata'
              ? 'described'
              : `${v}ed with`,
    )
    .join(' or ');
}

const WITHIN = 'within the organization';

function accessKind(test: PermissionTest): string | null {
  if (test.otherAccount) return 'cross-account';
  if (!test.trust) return null;
  if (sameTexts(test.trust, ['EXTERNAL', 'PUBLIC'])) return 'external';
  if (sameTexts(test.trust, ['EXTERNAL'])) return 'external account';
  if (sameTexts(test.trust, ['PUBLIC'])) return 'public';
  if (sameTexts(test.trust, ['ORGANIZATION'])) return WITHIN;
  return test.trust.map((t) => t.toLowerCase().replaceAll('_', ' ')).join(' or ');
}

function accessRule(test: PermissionTest): string {
  const source = test.source ? '' : ' in the key policy or a grant';
  const allow = `an effective Allow${source}`;
  if (test.otherAccount)
    return `${allow} to a named principal of another account, inside or outside the organization; public access is told apart`;
  if (!test.trust) return allow;
  if (sameTexts(test.trust, ['EXTERNAL', 'PUBLIC']))
    return `${allow} to someone outside the organization or to anyone`;
  if (sameTexts(test.trust, ['EXTERNAL']))
    return `${allow} to someone outside the organization; public access is told apart`;
  if (sameTexts(test.trust, ['ORGANIZATION']))
    return `${allow} to another account of the same organization`;
  if (sameTexts(test.trust, ['PUBLIC']))
    return `${allow} to anyone, without a condition that restricts who`;
  return allow;
}

function eventInWords(test: UsageTest, holds: boolean, speech: Speech): string {
  const { moment, entity } = speech;
  const verb =
    entity === 'usage'
      ? eventNoun(test, holds)
      : test.category === 'CRYPTO'
        ? `${holds ? 'were' : 'were not'} used`
        : `${holds ? 'were' : 'were not'} changed`;
  const parts = [verb];
  if (test.operations) parts.push(`for ${valuesInWords(test.operations)}`);
  if (test.callers) parts.push(`by ${callersInWords(test.callers, speech)}`);
  if (test.callerAccount) {
    const { callerAccount: id } = test;
    parts.push(`by account ${speech.prose ? accountInWords(id, speech.accountName) : id}`);
  }
  if (test.callerUnit) parts.push(`by accounts in OU ${valuesInWords(test.callerUnit)}`);
  if (test.callerFrom === 'OTHER_ACCOUNT') parts.push('by another account');
  if (test.callerFrom === 'EXTERNAL') parts.push('by an external account');
  if (test.identityTypes) parts.push(`by identity type ${valuesInWords(test.identityTypes)}`);
  if (test.addresses) parts.push(`from address ${valuesInWords(test.addresses)}`);
  if (test.resource) parts.push(`for resource ${valuesInWords([test.resource])}`);
  if (test.eventIds) parts.push(`in event ${valuesInWords(test.eventIds)}`);
  if (test.services) parts.push(`through ${valuesInWords(test.services)}`);
  if (test.direct) parts.push('directly, not through a service,');
  if (test.butNot) parts.push(`by ${othersInWords(test.butNot, speech)}`);
  if (test.from && test.to) {
    parts.push(`from ${moment(test.from)} until before ${moment(test.to)}`);
  } else if (test.from) parts.push(`since ${moment(test.from)}`);
  else if (test.to) parts.push(`before ${moment(test.to)}`);
  return `${parts.join(' ')}`;
}

/** Several as one condition, whatever is joined to it: "a, b or c" is read as one, "a or b or c" is not. */
function enumerated(values: readonly string[]): string {
  const written = values.map((value) => valuesInWords([value]));
  const last = written.at(-1) ?? '';
  return written.length < 3
    ? written.join(' or ')
    : `${written.slice(0, -1).join(', ')} or ${last}`;
}

/** Callers; roles in words, where the text need not be read back. */
function callersInWords(callers: readonly string[], { prose }: Speech): string {
  const said = valuesInWords(callers);
  return prose ? said.replaceAll(/(?<=^| )role\//g, 'role ') : said;
}

function othersInWords(butNot: NonNullable<UsageTest['butNot']>, speech: Speech): string {
  const { callers = [], callerAccount, services = [], addresses = [] } = butNot;
  const things = [...services, ...addresses];
  const people = [...callers, ...(callerAccount ? [callerAccount] : [])];
  return things.length > 0
    ? `anything other than ${callersInWords([...people, ...things], speech)}`
    : `anyone other than ${callersInWords(people, speech)}`;
}

function eventNoun(test: UsageTest, holds: boolean): string {
  return `are ${holds ? '' : 'not '}${test.category === 'CRYPTO' ? 'uses' : 'changes'}`;
}
