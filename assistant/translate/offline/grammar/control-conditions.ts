import { concernsByControl } from '../lexicon/controls.ts';
import { newPhrases } from '../lexicon/phrases.ts';
import type { Filter } from '../plan/plan.ts';
import { alt, map, opt, type Parser, rule, seq, unless, words } from './chart.ts';

const phrases = newPhrases<readonly string[]>();
const spelled = concernsByControl(({ frameworks, number }) => [
  ...frameworks,
  ...frameworks.map((name) => `${name} ${number}`),
  // Numbers alone say too little: 3.6 may be anything.
  ...(/^[A-Z]/.test(number) ? [number] : []),
]);
for (const [phrase, codes] of spelled) phrases.add(phrase, codes);

/** "CIS", "PCI DSS", "KMS.4", "CIS 3.6": the concerns that bear on it. */
const control: Parser<Filter> = map(
  phrases.parser,
  (codes): Filter => ({ is: 'concern', codes: [...codes] }),
);

const things = words(
  'control',
  'controls',
  'rule',
  'rules',
  'check',
  'checks',
  'requirement',
  'requirements',
  'recommendation',
  'recommendations',
  'benchmark',
);
const concernNoun = words(
  'concern',
  'concerns',
  'finding',
  'findings',
  'issue',
  'issues',
  'violation',
  'violations',
);

/** "Fail CIS controls", "violating PCI DSS", "not compliant with KMS.4". */
export const failsControl: Parser<Filter> = rule(() =>
  map(
    seq(
      words(
        'fail',
        'fails',
        'failing',
        'failed',
        'violate',
        'violates',
        'violating',
        'breach',
        'breaching',
        'not meet',
        'not comply with',
        'not compliant with',
        'are not compliant with',
        'non compliant with',
        'noncompliant with',
        'out of compliance with',
        'in violation of',
        'are in violation of',
      ),
      opt(things),
      control,
      opt(things),
      // "The check for rotation" is one of them.
      unless(alt(things, words('for', 'on', 'about', 'of'))),
    ),
    ([, , f]) => f,
  ),
);

const bearing = words(
  'related',
  'relevant',
  'related to',
  'relating to',
  'relevant to',
  'relevant for',
  'concerning',
  'about',
  'under',
  'for',
  'regarding',
  'mapped to',
  'that concerns',
  'with regard to',
  'that relates to',
);
const everything = opt(words('everything', 'anything', 'all', 'whatever', 'keys', 'what'));

/** "Everything NIST AC-3 related", "anything relevant for PCI 3.7.4". */
export const bearsOnControl: Parser<Filter> = rule(() =>
  alt(
    map(seq(everything, control, opt(things), words('related', 'relevant')), ([, f]) => f),
    map(
      seq(
        words('everything', 'anything', 'all', 'whatever'),
        bearing,
        opt(things),
        control,
        opt(things),
      ),
      ([, , , f]) => f,
    ),
  ),
);

/** "CIS findings", "findings for PCI DSS". */
export const controlConcern: Parser<Filter> = rule(() =>
  alt(
    map(seq(control, opt(things), concernNoun), ([f]) => f),
    map(
      seq(
        concernNoun,
        words(
          'for',
          'of',
          'under',
          'against',
          'mapped to',
          'related to',
          'relating to',
          'concerning',
          'relevant to',
          'relevant for',
        ),
        opt(things),
        control,
        opt(things),
      ),
      ([, , , f]) => f,
    ),
  ),
);
