import { severities } from '../../../../collector/schema/enums.ts';
import type { Filter } from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token, unless, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import { bearsOnControl, controlConcern, failsControl } from './control-conditions.ts';
import { alternatives } from './listing.ts';

/** Concerns whose words say a fact that is looked up directly and more exactly. */
export const toldAsFacts: ReadonlySet<string> = new Set([
  'DISABLED_KEY',
  'PENDING_DELETION',
  'UNUSED_KEY',
  'ROTATION_DISABLED',
  'PUBLIC_ACCESS',
  'EXTERNAL_ACCOUNT',
  'CROSS_ACCOUNT_IN_ORG',
  'EXTERNAL_GRANT',
  'UNREADABLE_KEY',
]);

/** What is wrong with a key. */
export interface ConcernConditions {
  /** "concerns", "critical concerns", "the concern External account". */
  readonly concernObject: Parser<Filter>;
  /** "overly permissive". */
  readonly bareConcern: Parser<Filter>;
  readonly concernCode: Parser<string>;
}

/** "Severe", "serious": without a name, the two gravest. */
export const severe: Parser<readonly string[]> = map(
  words('severe', 'serious', 'really severe', 'really serious', 'grave', 'gravest'),
  () => ['CRITICAL', 'HIGH'],
);

/** "Critical", "high or medium", "medium or worse": severities, the gravest first. */
export const severityNames = ({ lexicon }: GrammarContext): Parser<readonly string[]> =>
  rule(() => {
    const names = severities.map((s) => s.value as string);
    const one = expand(lexicon.columnValues.keys.parser, (v) =>
      v.column === 'max_severity' ? [v.value] : [],
    );
    const severityNoun = opt(words('severity'));
    return alt(
      map(seq(one, severityNoun), ([s]) => [s]),
      // "High/critical".
      map(seq(one, one), ([a, b]) => names.filter((n) => n === a || n === b)),
      map(seq(one, severityNoun, words('and', 'or'), one, severityNoun), ([a, , , b]) =>
        names.filter((n) => n === a || n === b),
      ),
      map(
        seq(
          one,
          severityNoun,
          words(
            'or worse',
            'and worse',
            'or higher',
            'and higher',
            'or above',
            'and above',
            'or more severe',
          ),
        ),
        ([s]) => names.slice(0, names.indexOf(s) + 1),
      ),
      map(seq(words('at least'), one, severityNoun), ([, s]) =>
        names.slice(0, names.indexOf(s) + 1),
      ),
      severe,
    );
  });

export function concernConditions(context: GrammarContext): ConcernConditions {
  const { lexicon } = context;
  const concernCode: Parser<string> = alt(
    lexicon.concerns.parser,
    token((t) => (t.kind === 'quoted' ? lexicon.concerns.get(t.text)[0] : undefined)),
  );
  const concernNoun = words(
    'concern',
    'concerns',
    'finding',
    'findings',
    'issue',
    'issues',
    'problem',
    'problems',
  );
  const severity = severityNames(context);
  const concernObject: Parser<Filter> = rule(() =>
    alt(
      controlConcern,
      map(
        seq(
          concernNoun,
          alternatives(map(concernCode, (code): Filter => ({ is: 'concern', codes: [code] }))),
        ),
        ([, f]) => f,
      ),
      map(seq(concernCode, concernNoun), ([code]): Filter => ({ is: 'concern', codes: [code] })),
      map(seq(severity, concernNoun), ([s]): Filter => ({ is: 'severity', severities: [...s] })),
      map(
        seq(
          opt(concernNoun),
          concernCode,
          opt(concernNoun),
          words('of severity', 'with severity', 'at severity', 'of', 'at', 'rated', 'with'),
          severity,
        ),
        ([, code, , , s]): Filter => ({ is: 'severity', severities: [...s], codes: [code] }),
      ),
      map(
        seq(severity, concernCode, concernNoun),
        ([s, code]): Filter => ({ is: 'severity', severities: [...s], codes: [code] }),
      ),
      map(
        seq(concernNoun, words('of', 'with'), severity),
        ([, , s]): Filter => ({ is: 'severity', severities: [...s] }),
      ),
      map(concernNoun, (): Filter => ({ is: 'present', column: 'concern_codes' })),
    ),
  );
  const told = alt(
    lexicon.concerns.parser,
    map(
      words(
        'we are locked out of',
        'locked out of',
        'nobody can change',
        'no one can change',
        'that nobody can change',
        'nobody can manage',
        'no one can manage',
        'policy nobody can change',
      ),
      () => 'LOCKOUT_RISK',
    ),
    map(
      words(
        'old grants nobody retires',
        'old grants that nobody retires',
        'grants nobody retires',
        'grants that were never retired',
        'grants never retired',
        'unretired grants',
        'forgotten grants',
      ),
      () => 'GRANT_NEVER_RETIRED',
    ),
    map(
      words('notprincipal with allow', 'allow and notprincipal', 'allow with not principal'),
      () => 'BROAD_NOT_PRINCIPAL',
    ),
    map(words('notaction with allow', 'allow and notaction'), () => 'NOT_ACTION_ALLOW'),
  );
  const atRisk = opt(
    words(
      'at risk of',
      'vulnerable to',
      'prone to',
      'affected by',
      'suffering from',
      'naming',
      'that name',
      'which name',
      'names',
      'mentioning',
      'that mention',
      'referring to',
      'that refer to',
      'using',
    ),
  );
  const bareConcern: Parser<Filter> = expand(
    seq(
      atRisk,
      unless(words('no alias')),
      told,
      opt(
        words(
          'principals',
          'principal',
          'policies',
          'policy',
          'key policies',
          'key policy',
          'access',
          'risk',
          'statement',
          'statements',
          'in statements',
          'in their policy',
          'in their policies',
          'in their key policy',
          'as principals',
          'as principal',
          'in policy',
          'in their policy',
          'in their policies',
          'in their key policy',
          'as principals',
          'as principal',
          'in policy',
        ),
      ),
    ),
    ([risk, , code, where]): readonly Filter[] => {
      // "IAM users" alone are those who do or may something.
      const people = code === 'IAM_USER_PRINCIPAL' && !where && !risk;
      return people || toldAsFacts.has(code) ? [] : [{ is: 'concern', codes: [code] }];
    },
  );
  return {
    concernObject,
    bareConcern: alt(bareConcern, failsControl, bearsOnControl),
    concernCode,
  };
}
