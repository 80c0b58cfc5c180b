import {
  allOf,
  everything,
  type Filter,
  listOf,
  noneOf,
  type PermissionTest,
  type Plan,
  type UsageTest,
} from '../plan/plan.ts';
import { type AccessGrammar, can, narrowed } from './access.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { enumeration } from './joining.ts';
import type { KeyQuestions } from './key-questions.ts';
import { counting, listing } from './openings.ts';
import { operationName } from './operations.ts';
import type { Places } from './places.ts';
import { withoutQuantity } from './quantity.ts';
import type { TimeGrammar } from './time.ts';

const event = (test: UsageTest): Filter => ({ is: 'event', test });

/** "Decrypts", "encrypt": an operation that uses a key, as a thing or by its name. */
const usesAsThings: readonly (readonly [Parser<string>, string])[] = [
  [
    words('decrypts', 'decryptions', 'decrypt calls', 'decrypt events', 'decrypt operations'),
    'Decrypt',
  ],
  [
    words('encrypts', 'encryptions', 'encrypt calls', 'encrypt events', 'encrypt operations'),
    'Encrypt',
  ],
  [words('signs', 'signatures', 'sign calls', 'sign events', 'sign operations'), 'Sign'],
];

const isCrypto = (name: string) =>
  /^(Encrypt|Decrypt|ReEncrypt|GenerateDataKey|Sign|Verify|GenerateMac|VerifyMac|DeriveSharedSecret)/.test(
    name,
  );

/**
 * Questions that set one thing against another: who may use keys and who may not, what was done with them
 * and what was not, who did something and who did not.
 */
export function contrastQuestions(
  context: GrammarContext,
  time: TimeGrammar,
  access: AccessGrammar,
  questions: KeyQuestions,
  places: Places,
): Parser<Plan> {
  const keys = withoutQuantity(questions.keys);
  const head = alt(
    map(counting, () => true),
    map(opt(listing), () => false),
  );
  const that = opt(words('that', 'which', 'on which', 'with which'));
  const canNot = words(
    'can not',
    'may not',
    'could not',
    'is not able to',
    'are not able to',
    'is not allowed to',
    'are not allowed to',
    'can never',
  );
  const ofKeys = (counted: boolean, filter: Filter): Plan => ({
    ...listOf('keys', filter),
    ...(counted ? { measure: { kind: 'count', keys: true } as const } : {}),
  });
  const but = opt(
    words('but', 'and', 'yet', 'while', ',', 'but that', 'and that', 'that', 'but which'),
  );
  /** Someone of his own: "other accounts" are other than those before, and not all that are not the key's. */
  const another: Parser<PermissionTest> = expand(access.who, (who) =>
    who.otherAccount ? [] : [who],
  );
  /** "But not alice", "that alice cannot use": who may not, and what, where it is another thing. */
  const othersNot: Parser<{ who: PermissionTest; levels: readonly string[] | null | undefined }> =
    alt(
      map(
        seq(words('but not', 'and not', 'but not by', 'and not by', 'but not to'), access.who),
        ([, who]) => ({ who, levels: undefined }),
      ),
      map(
        seq(but, another, canNot, opt(map(access.ability, (levels) => ({ levels })))),
        (found) => ({
          who: found[1],
          levels: found[3]?.levels,
        }),
      ),
    );
  const somewhere = map(
    opt(seq(words('in', 'of', 'within', 'under'), places.place)),
    (found) => found?.[1] ?? everything,
  );
  const setAgainst = (
    counted: boolean,
    f: Filter,
    who: PermissionTest,
    levels: readonly string[] | null,
    other: { who: PermissionTest; levels: readonly string[] | null | undefined },
  ): Plan =>
    ofKeys(
      counted,
      allOf(
        f,
        narrowed(who, levels, null),
        noneOf(narrowed(other.who, other.levels === undefined ? levels : other.levels, null)),
      ),
    );

  const user = callerOf(context);
  /** A name under which someone may use keys and is recorded as having used some. */
  const mayAndDid: Parser<{ may: PermissionTest; did: Partial<UsageTest> }> = (chart, at) => {
    const did = user(chart, at);
    return access
      .who(chart, at)
      .flatMap(({ value: may, end }) =>
        did.filter((d) => d.end === end).map((d) => ({ value: { may, did: d.value }, end })),
      );
  };
  const neverUsed = words(
    'but has never used',
    'but have never used',
    'but never used',
    'but has not used',
    'but have not used',
    'but did not use',
    'but never did',
    'and has never used',
    'and have never used',
    'but does not use',
    'but do not use',
    'but has never actually used',
    'but have never actually used',
  );

  /** What a key was used for. */
  const operation: Parser<string> = alt(
    expand(operationName(context), (name) => (isCrypto(name) ? [name] : [])),
    ...usesAsThings.map(([parser, name]) => map(parser, () => name)),
    map(words('decryption', 'decrypting', 'decrypted'), () => 'Decrypt'),
    map(words('encryption', 'encrypting', 'encrypted'), () => 'Encrypt'),
    map(words('signing', 'signed'), () => 'Sign'),
  );
  const thing: Parser<string> = alt(...usesAsThings.map(([p, name]) => map(p, () => name)));
  const never = words(
    'but never',
    'but never for',
    'but not',
    'but not for',
    'and never',
    'and never for',
    'but not to',
    'but never to',
    'and not for',
    'without',
  );
  const when = map(opt(time.since), (from) => (from ? { from } : {}));
  const usedFor = (name: string, by: Partial<UsageTest>) =>
    event({ category: 'CRYPTO', operations: [name], ...by });

  const severity = expand(context.lexicon.columnValues.concerns.parser, (v) =>
    v.column === 'severity' ? [v.value] : [],
  );
  const concern = expand(context.lexicon.nouns.parser, (e) => (e === 'concerns' ? [true] : []));
  const severe = (s: string): Filter => ({ is: 'severity', severities: [s] });

  const service = map(
    seq(
      opt(words('service', 'aws service')),
      context.values.named(['service'], false),
      opt(words('service')),
    ),
    ([, v]) => v.values,
  );
  const leaving = ['other than', 'except', 'besides', 'apart from', 'but not'];
  const othersThan = words(
    ...['via', 'through', 'by'].flatMap((by) =>
      ['services', 'a service', 'any service', 'aws services', 'another service'].flatMap((s) =>
        leaving.flatMap((out) =>
          ['used', 'that were used', 'that are used', 'in use'].map(
            (v) => `${v} ${by} ${s} ${out}`,
          ),
        ),
      ),
    ),
  );
  const services = map(enumeration(service), ({ items }) => [...new Set(items.flat())].sort());
  const callers = map(
    enumeration(
      map(
        seq(opt(words('by', 'user', 'role', 'the user')), context.values.named(['caller'], false)),
        ([, v]) => v.values,
      ),
    ),
    ({ items }) => [...new Set(items.flat())].sort(),
  );
  const period: Parser<Filter> = map(opt(time.range), (range) =>
    range ? { is: 'time', column: 'last_event_at', from: range.from, to: range.to } : everything,
  );
  const changes: Parser<Filter> = alt(
    map(
      words('policy changes', 'key policy changes', 'policy updates', 'changes to key policies'),
      () => event({ category: 'MANAGEMENT', operations: ['PutKeyPolicy'] }),
    ),
    map(words('changes', 'key changes', 'management events', 'modifications'), () =>
      event({ category: 'MANAGEMENT' }),
    ),
  );
  /** What kind of change: its operations. */
  const kindOfChange: Parser<readonly string[]> = alt(
    map(
      words('grants', 'grant changes', 'changes to grants', 'grant events', 'changes of grants'),
      () => ['CreateGrant', 'RetireGrant', 'RevokeGrant'],
    ),
    map(
      words(
        'policy changes',
        'policies',
        'key policies',
        'changes to policies',
        'policy',
        'key policy changes',
      ),
      () => ['PutKeyPolicy'],
    ),
    map(words('tags', 'tag changes', 'tagging', 'changes to tags'), () => [
      'TagResource',
      'UntagResource',
    ]),
    map(words('rotation', 'rotation changes', 'rotations'), () => [
      'DisableKeyRotation',
      'EnableKeyRotation',
      'RotateKeyOnDemand',
    ]),
    map(words('deletions', 'deletion', 'scheduled deletions', 'key deletions'), () => [
      'CancelKeyDeletion',
      'ScheduleKeyDeletion',
    ]),
    expand(operationName(context), (name) => (isCrypto(name) ? [] : [[name]])),
  );
  const leavingOut = words(
    'other than',
    'except',
    'except for',
    'excluding',
    'apart from',
    'besides',
    'that are not',
    'not counting',
    'but not',
  );

  const usedNotBy = (
    counted: boolean,
    f: Filter,
    one: Partial<UsageTest>,
    other: Partial<UsageTest>,
    since: Partial<UsageTest>,
  ): readonly Plan[] =>
    JSON.stringify(one) === JSON.stringify(other)
      ? []
      : [
          ofKeys(
            counted,
            allOf(
              f,
              event({ category: 'CRYPTO', ...one, ...since }),
              noneOf(event({ category: 'CRYPTO', ...other, ...since })),
            ),
          ),
        ];
  return rule(() =>
    alt(
      expand(
        seq(
          head,
          keys,
          words('used by', 'that were used by', 'that are used by', 'which were used by'),
          user,
          words('but not', 'and not', 'but not by', 'but never by', 'and not by'),
          user,
          when,
        ),
        ([counted, f, , one, , other, since]) => usedNotBy(counted, f, one, other, since),
      ),
      expand(
        seq(
          head,
          keys,
          that,
          user,
          words('used', 'has used', 'have used', 'uses', 'use'),
          words('but not', 'and not', 'but never'),
          user,
          when,
        ),
        ([counted, f, , one, , , other, since]) => usedNotBy(counted, f, one, other, since),
      ),
      map(
        seq(head, keys, that, access.who, can, access.ability, othersNot, somewhere),
        ([counted, f, , who, , levels, other, place]) =>
          setAgainst(counted, allOf(f, place), who, levels, other),
      ),
      map(
        seq(head, keys, can, access.who, access.ability, othersNot, somewhere),
        ([counted, f, , who, levels, other, place]) =>
          setAgainst(counted, allOf(f, place), who, levels, other),
      ),
      map(
        seq(head, keys, that, mayAndDid, can, access.ability, neverUsed, when),
        ([counted, f, , who, , levels, , since]) =>
          ofKeys(
            counted,
            allOf(
              f,
              narrowed(who.may, levels, null),
              noneOf(event({ category: 'CRYPTO', ...who.did, ...since })),
            ),
          ),
      ),
      map(
        seq(head, keys, can, mayAndDid, access.ability, neverUsed),
        ([counted, f, , who, levels]) =>
          ofKeys(
            counted,
            allOf(
              f,
              narrowed(who.may, levels, null),
              noneOf(event({ category: 'CRYPTO', ...who.did })),
            ),
          ),
      ),
      expand(
        seq(
          head,
          keys,
          words('used for', 'used to', 'that were used for', 'that were used to', 'were used for'),
          operation,
          never,
          opt(words('used for')),
          operation,
          when,
        ),
        ([counted, f, , did, , , not, by]): readonly Plan[] =>
          did === not
            ? []
            : [ofKeys(counted, allOf(f, usedFor(did, by), noneOf(usedFor(not, by))))],
      ),
      expand(
        seq(
          head,
          keys,
          words('with', 'that have', 'having', 'that had', 'that saw'),
          thing,
          words('but no', 'and no', 'but without', 'without', 'but not any'),
          thing,
          when,
        ),
        ([counted, f, , did, , not, by]): readonly Plan[] =>
          did === not
            ? []
            : [ofKeys(counted, allOf(f, usedFor(did, by), noneOf(usedFor(not, by))))],
      ),
      map(
        seq(
          head,
          keys,
          words('with', 'that have', 'having'),
          severity,
          opt(concern),
          words('but no', 'and no', 'but without', 'without', 'but not', 'without any'),
          severity,
          concern,
        ),
        ([counted, f, , has, , , not]) =>
          ofKeys(counted, allOf(f, severe(has), noneOf(severe(not)))),
      ),
      map(seq(head, keys, othersThan, services, when), ([counted, f, , without, since]) =>
        ofKeys(
          counted,
          allOf(
            f,
            event({
              category: 'CRYPTO',
              services: context.values.services.filter((s) => !without.includes(s)),
              ...since,
            }),
          ),
        ),
      ),
      map(
        seq(
          head,
          changes,
          period,
          words(
            'not by',
            'but not by',
            'by anyone but',
            'by anyone other than',
            'by anyone except',
            'not from',
          ),
          callers,
          period,
        ),
        ([counted, what, earlier, , without, later]): Plan => ({
          ...listOf('usage', allOf(withoutCallers(what, without), earlier, later)),
          ...(counted ? { measure: { kind: 'count', keys: false } as const } : {}),
        }),
      ),
      map(
        seq(head, changes, period, leavingOut, kindsOf(kindOfChange), period),
        ([counted, what, earlier, , operations, later]): Plan => ({
          ...listOf(
            'usage',
            allOf(
              what,
              noneOf(event({ category: 'MANAGEMENT', operations: [...operations] })),
              earlier,
              later,
            ),
          ),
          ...(counted ? { measure: { kind: 'count', keys: false } as const } : {}),
        }),
      ),
    ),
  );
}

/** Several kinds of change, joined. */
const kindsOf = (kind: Parser<readonly string[]>): Parser<readonly string[]> =>
  map(seq(kind, opt(seq(words('and', 'or'), kind))), ([a, more]) =>
    [...new Set([...a, ...(more?.[1] ?? [])])].sort(),
  );

const withoutCallers = (what: Filter, callers: readonly string[]): Filter =>
  'is' in what && what.is === 'event'
    ? event({ ...what.test, butNot: { callers: [...callers] } })
    : what;

/** Whoever is recorded as having done something: by name, by account, or from outside. */
function callerOf({ values }: GrammarContext): Parser<Partial<UsageTest>> {
  return alt(
    map(
      seq(
        opt(words('user', 'role', 'iam user', 'iam role')),
        values.named(['caller'], false),
        opt(words('role', 'user')),
      ),
      ([, v]) => ({ callers: [...v.values] }),
    ),
    map(
      seq(
        opt(words('account')),
        token((t) => (t.kind === 'account' ? t.text : undefined)),
      ),
      ([, callerAccount]) => ({ callerAccount }),
    ),
    map(
      words('external accounts', 'accounts outside organization', 'third parties', 'vendors'),
      () => ({ callerFrom: 'EXTERNAL' as const }),
    ),
    map(words('other accounts', 'different accounts'), () => ({
      callerFrom: 'OTHER_ACCOUNT' as const,
    })),
  );
}
