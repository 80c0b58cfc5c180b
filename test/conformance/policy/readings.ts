import { actionSet, includesAction, keyActions } from '../../../collector/policy/actions.ts';
import { OTHER_ORG, OWN, OWN_ORG, STRANGER } from '../../collector/policy/example.ts';

/**
 * A difference is explained by reading the policy as the peer does: a reading rewrites the statements,
 * and where our own analysis of the rewritten policy gives the peer's answer, the reading is why we
 * differ. Each reading is a section of docs/policy-peers.md, with the AWS page behind our side.
 */
export interface Reading {
  readonly name: string;
  readonly rewrite: (statements: readonly Json[]) => readonly Json[];
}

export type Json = Readonly<Record<string, unknown>>;

interface Test {
  readonly operator: string;
  readonly key: string;
  readonly value: unknown;
}

const each =
  (change: (statement: Json) => Json | null) =>
  (statements: readonly Json[]): Json[] =>
    statements.map(change).filter((s): s is Json => s !== null);

const isObject = (json: unknown): json is Json =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function testsOf(condition: unknown): Test[] {
  if (!isObject(condition)) return [];
  return Object.entries(condition).flatMap(([operator, block]) =>
    isObject(block) ? Object.entries(block).map(([key, value]) => ({ operator, key, value })) : [],
  );
}

function withTests(statement: Json, tests: readonly Test[]): Json {
  const { Condition: _, ...rest } = statement;
  if (tests.length === 0) return rest;
  const condition: Record<string, Record<string, unknown>> = {};
  for (const { operator, key, value } of tests) {
    condition[operator] = { ...condition[operator], [key]: value };
  }
  return { ...rest, Condition: condition };
}

/** Rewrites each test of each condition of an Allow; null takes it away. */
const eachTest = (change: (test: Test) => Test | null) =>
  each((s) =>
    s.Effect === 'Allow'
      ? withTests(
          s,
          testsOf(s.Condition).flatMap((t) => change(t) ?? []),
        )
      : s,
  );

const texts = (value: unknown): string[] => [value].flat().map(String);

/** A test that keeps the statement inside the account. */
const RESTRICTS: Test = { operator: 'StringEquals', key: 'aws:PrincipalAccount', value: OWN };

const PROWLER_STRING_KEYS = [
  'aws:sourceaccount',
  'aws:sourceowner',
  'aws:sourcearn',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:resourceaccount',
  'aws:sourcevpc',
  'aws:sourcevpce',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:userid',
  'aws:username',
  'aws:calledvia',
  'kms:calleraccount',
  'kms:viaservice',
];

function prowlerKnows({ operator, key }: Test): boolean {
  const name = key.toLowerCase();
  if (operator === 'StringEquals' || operator === 'StringLike') {
    return PROWLER_STRING_KEYS.includes(name);
  }
  if (operator === 'ArnLike' || operator === 'ArnEquals') {
    return name === 'aws:sourcearn' || name === 'aws:principalarn';
  }
  return false;
}

const UNIVERSE_KEYS = [
  'aws:sourcearn',
  'aws:principalarn',
  'aws:sourceowner',
  'aws:sourceaccount',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'kms:calleraccount',
  'aws:userid',
  'aws:sourceip',
  'aws:sourcevpc',
  'aws:sourcevpce',
];

const UNIVERSE_OPERATORS =
  /^((ForAllValues|ForAnyValue):)?(ARN(Equals|Like)|String(Equals|Like)|IpAddress)/i;

const universeKnows = ({ operator, key }: Test): boolean =>
  UNIVERSE_OPERATORS.test(operator) && UNIVERSE_KEYS.includes(key.toLowerCase());

/** The principals of a statement by kind, rewritten; nobody left means no statement. */
const eachPrincipal = (change: (kind: string, text: string) => readonly [string, string] | null) =>
  each((s) => {
    if (!isObject(s.Principal)) return s;
    const kinds: Record<string, string[]> = {};
    for (const [kind, value] of Object.entries(s.Principal)) {
      for (const text of texts(value)) {
        const changed = change(kind, text);
        if (changed !== null) kinds[changed[0]] = [...(kinds[changed[0]] ?? []), changed[1]];
      }
    }
    return Object.keys(kinds).length === 0 ? null : { ...s, Principal: kinds };
  });

const onlyAllows = each((s) => (s.Effect === 'Allow' ? s : null));
const wholeKey = each(({ NotResource: _, ...s }) => ({ ...s, Resource: '*' }));
const anyAction = each(({ NotAction: _, ...s }) => ({ ...s, Action: 'kms:*' }));
const isUniqueId = (text: string) => /^A[A-Z0-9]{15,}$/.test(text);

const denyIgnored: Reading = { name: 'Deny is not looked at', rewrite: onlyAllows };
const resourceIgnored: Reading = { name: 'Resource is not looked at', rewrite: wholeKey };
const actionIgnored: Reading = { name: 'Actions are not looked at', rewrite: anyAction };
const notPrincipalIgnored: Reading = {
  name: 'NotPrincipal is not looked at',
  rewrite: each((s) => (s.Effect === 'Allow' && 'NotPrincipal' in s ? null : s)),
};

const prowler: readonly Reading[] = [
  denyIgnored,
  resourceIgnored,
  actionIgnored,
  notPrincipalIgnored,
  {
    name: 'Only some operators and keys are known',
    rewrite: eachTest((t) => (prowlerKnows(t) ? t : null)),
  },
  {
    name: 'A key that limits the way counts as one that limits who',
    rewrite: eachTest((t) =>
      prowlerKnows(t) &&
      ['kms:viaservice', 'aws:username', 'aws:calledvia', 'aws:resourceaccount'].includes(
        t.key.toLowerCase(),
      )
        ? RESTRICTS
        : t,
    ),
  },
  {
    name: 'Any value counts',
    rewrite: eachTest((t) => (prowlerKnows(t) ? RESTRICTS : t)),
  },
  {
    name: 'Private addresses count as ours',
    rewrite: eachTest((t) =>
      t.operator === 'IpAddress' && t.key.toLowerCase() === 'aws:sourceip' ? RESTRICTS : t,
    ),
  },
];

const prowlerExternal: readonly Reading[] = [
  {
    name: 'Every organization counts as ours',
    rewrite: eachTest((t) =>
      t.key.toLowerCase() === 'aws:principalorgid' && prowlerKnows(t)
        ? { ...t, value: texts(t.value).map((v) => v.replace(OTHER_ORG, OWN_ORG)) }
        : t,
    ),
  },
  {
    name: 'Values must name the own account',
    rewrite: eachTest((t) => {
      const name = t.key.toLowerCase();
      if (!prowlerKnows(t)) return t;
      if (name === 'aws:sourcevpc' || name === 'aws:sourcevpce') return RESTRICTS;
      if (name === 'aws:principalorgid' && !texts(t.value).some((v) => v.includes('*'))) return t;
      return texts(t.value).every((v) => v.includes(OWN)) ? RESTRICTS : null;
    }),
  },
  {
    name: 'Only AWS principals are looked at',
    rewrite: eachPrincipal((kind, text) => (kind === 'AWS' ? [kind, text] : null)),
  },
  {
    name: 'A deleted principal counts as a stranger',
    rewrite: eachPrincipal((kind, text) => [kind, isUniqueId(text) ? STRANGER : text]),
  },
  ...prowler,
];

const prowlerActions: readonly Reading[] = [
  {
    name: 'Who is allowed is not looked at',
    rewrite: each(({ NotPrincipal: _, Condition: __, ...s }) => ({
      ...s,
      Principal: { AWS: `arn:aws:iam::${OWN}:role/someone` },
    })),
  },
  resourceIgnored,
  {
    name: 'A Resource other than "*" does not count',
    rewrite: each((s) => (texts(s.Resource).includes('*') ? s : null)),
  },
  {
    name: 'Actions are expanded and added up',
    rewrite: (statements) => {
      const allowed = statements.filter((s) => s.Effect === 'Allow');
      const sets = allowed.map((s) =>
        actionSet(texts(s.Action ?? s.NotAction ?? []), s.NotAction !== undefined),
      );
      const [first] = allowed;
      return first && keyActions.every((a) => sets.some((set) => includesAction(set, a)))
        ? anyAction([first])
        : [];
    },
  },
  {
    name: 'Denied actions are subtracted whoever is denied',
    rewrite: (statements) =>
      statements.some(
        (s) =>
          s.Effect === 'Deny' &&
          ('NotAction' in s || texts(s.Action).some((a) => /^(kms:|\*)/i.test(a))),
      )
        ? []
        : statements,
  },
];

const universe: readonly Reading[] = [
  denyIgnored,
  resourceIgnored,
  actionIgnored,
  {
    name: 'Only some operators and keys are known',
    rewrite: eachTest((t) => (universeKnows(t) ? t : null)),
  },
  {
    name: 'IfExists and ForAllValues count as demands',
    rewrite: eachTest((t) => ({
      ...t,
      operator: t.operator.replace(/^ForAllValues:/i, '').replace(/IfExists$/i, ''),
    })),
  },
  {
    name: 'An address counts as a caller',
    rewrite: eachTest((t) =>
      /IpAddress/i.test(t.operator) &&
      t.key.toLowerCase() === 'aws:sourceip' &&
      !texts(t.value).some((v) => v.endsWith('/0'))
        ? RESTRICTS
        : t,
    ),
  },
  {
    name: 'Only a star counts as a wildcard',
    rewrite: eachTest((t) =>
      universeKnows(t) && !texts(t.value).some((v) => v.includes('*')) ? RESTRICTS : t,
    ),
  },
  {
    name: 'Any star counts as anybody',
    rewrite: eachTest((t) =>
      universeKnows(t) && texts(t.value).some((v) => v.includes('*')) ? null : t,
    ),
  },
  {
    name: 'CanonicalUser is not looked at',
    rewrite: eachPrincipal((kind, text) => (kind === 'CanonicalUser' ? null : [kind, text])),
  },
  {
    name: 'Any organization counts as a limit',
    rewrite: eachTest((t) =>
      universeKnows(t) && /^aws:principalorg/i.test(t.key) ? RESTRICTS : t,
    ),
  },
  {
    name: 'An exact user id counts as anybody',
    rewrite: eachTest((t) =>
      t.key.toLowerCase() === 'aws:userid' && !texts(t.value).some((v) => v.endsWith('*'))
        ? null
        : t,
    ),
  },
  {
    name: 'Conditions count as alternatives',
    rewrite: (statements) =>
      statements.flatMap((s) => {
        const tests = testsOf(s.Condition);
        return tests.length < 2 ? [s] : tests.map((t) => withTests(s, [t]));
      }),
  },
];

const universeExternal: readonly Reading[] = [
  denyIgnored,
  resourceIgnored,
  actionIgnored,
  {
    name: 'Conditions are not looked at',
    rewrite: each((s) => (s.Effect === 'Allow' ? withTests(s, []) : s)),
  },
];

/** The readings of each peer, by the question that it is asked. */
export const readings: Readonly<Record<string, readonly Reading[]>> = {
  'prowler public': prowler,
  'prowler external': prowlerExternal,
  'prowler every action': prowlerActions,
  'policyuniverse public': universe,
  'policyuniverse external': universeExternal,
  'parliament malformed': [],
};
