import { concernKinds } from '../../../../collector/schema/concerns.ts';
import { controls } from '../../../../collector/schema/controls.ts';
import { newPhrases } from '../lexicon/phrases.ts';
import type { Filter } from '../plan/plan.ts';
import { alt, map, opt, type Parser, rule, seq, words } from './chart.ts';

/**
 * Controls of benchmarks and standards. What fails one is what has a concern that bears on it
 * (`controls.ts` of the schema); the answer names these concerns.
 */

/** How ids of controls begin, and what the benchmark or standard is called. */
const frameworks: Readonly<Record<string, readonly string[]>> = {
  'AWS Security Hub': ['security hub', 'aws security hub'],
  'CIS AWS Foundations': [
    'cis',
    'cis aws',
    'cis aws foundations',
    'cis foundations',
    'cis benchmark',
    'cis aws foundations benchmark',
  ],
  'NIST.800-53': ['nist', 'nist 800-53', 'nist sp 800-53'],
  'PCI DSS': ['pci', 'pci dss'],
};

const phrases = newPhrases<readonly string[]>();
const codesOf = (ids: readonly string[]) =>
  concernKinds
    .filter((kind) => kind.controls.some((id) => ids.includes(id)))
    .map(({ code }) => code);
const byPhrase = new Map<string, string[]>();
for (const id of Object.keys(controls)) {
  const [framework, names = []] =
    Object.entries(frameworks).find(([start]) => id.startsWith(start)) ?? [];
  if (framework === undefined) continue;
  // "CIS AWS Foundations v3.0.0/3.6", "NIST.800-53.r5 AC-6", "AWS Security Hub KMS.4".
  const own = id
    .slice(framework.length)
    .replace(/^[ .]?(?:v[\d.]+\/|r\d+ )?/, '')
    .trim();
  // Numbers alone say too little: 3.6 may be anything.
  const said = [...names, ...names.map((n) => `${n} ${own}`), ...(/^[A-Z]/.test(own) ? [own] : [])];
  for (const phrase of said) byPhrase.set(phrase, [...(byPhrase.get(phrase) ?? []), id]);
}
for (const [phrase, ids] of byPhrase) phrases.add(phrase, codesOf(ids));

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
    ),
    ([, , f]) => f,
  ),
);

/** "CIS findings", "findings for PCI DSS". */
export const controlConcern: Parser<Filter> = rule(() =>
  alt(
    map(seq(control, opt(things), concernNoun), ([f]) => f),
    map(
      seq(
        concernNoun,
        words('for', 'of', 'under', 'against', 'mapped to', 'relevant to', 'relevant for'),
        opt(things),
        control,
        opt(things),
      ),
      ([, , , f]) => f,
    ),
  ),
);

/** What the benchmarks and standards are called for short; the other words of their names mean more. */
export const frameworkWords: readonly string[] = ['cis', 'pci', 'dss', 'nist'];
