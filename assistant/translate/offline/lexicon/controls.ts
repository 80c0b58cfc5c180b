import { concernKinds } from '../../../../collector/schema/concerns.ts';
import { controls } from '../../../../collector/schema/controls.ts';

/**
 * Controls of benchmarks and standards, by what people call them. What fails one is what has a concern
 * that bears on it (`controls.ts` of the schema); the answer names these concerns.
 */

export interface NamedControl {
  /** As the contract has it: "CIS AWS Foundations v3.0.0/3.6". */
  readonly id: string;
  /** What its benchmark or standard is called. */
  readonly frameworks: readonly string[];
  /** Its own number: "3.6", "AC-6", "KMS.4". */
  readonly number: string;
}

/** How ids of controls begin, and what the benchmark or standard is called. */
const frameworks: Readonly<Record<string, readonly string[]>> = {
  'AWS Security Hub': ['Security Hub', 'AWS Security Hub'],
  'CIS AWS Foundations': [
    'CIS',
    'CIS AWS',
    'CIS AWS Foundations',
    'CIS Foundations',
    'CIS Benchmark',
    'CIS AWS Foundations Benchmark',
  ],
  'NIST.800-53.r5': ['NIST', 'NIST 800-53', 'NIST SP 800-53'],
  'PCI DSS': ['PCI', 'PCI DSS'],
};

const known: readonly NamedControl[] = Object.keys(controls).map((id) => {
  const [start = id, names = []] =
    Object.entries(frameworks).find(([prefix]) => id.startsWith(prefix)) ?? [];
  const number = id
    .slice(start.length)
    .trim()
    .replace(/^v[\d.]+\//, '');
  return { id, frameworks: names, number };
});

/** The ids of the controls that are called so, for every way in which `spell` writes a control. */
export function controlsByName(
  spell: (control: NamedControl) => readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const ids = new Map<string, Set<string>>();
  for (const control of known) {
    for (const name of spell(control)) {
      ids.set(name, (ids.get(name) ?? new Set()).add(control.id));
    }
  }
  return ids;
}

/** The concerns that bear on what is called so, for every way in which `spell` writes a control. */
export function concernsByControl(
  spell: (control: NamedControl) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    [...controlsByName(spell)].map(([name, meant]) => [
      name,
      concernKinds
        .filter((kind) => kind.controls.some((id) => meant.has(id)))
        .map(({ code }) => code),
    ]),
  );
}

/** What the benchmarks and standards are called for short; the other words of their names mean more. */
export const frameworkWords: readonly string[] = ['cis', 'pci', 'dss', 'nist'];
