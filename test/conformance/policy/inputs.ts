import fc from 'fast-check';
import {
  policyTemplates,
  type TemplateName,
} from '../../../collector/simulate/policies/library.ts';
import { randomOf } from '../../../collector/simulate/random.ts';
import { policy } from '../../collector/policy/arbitrary.ts';
import { policyCases } from '../../collector/policy/cases.ts';
import { OWN, OWN_ORG, SIBLING } from '../../collector/policy/example.ts';

/** A policy that every tool is asked about, as text. */
export interface Input {
  readonly id: string;
  readonly text: string;
}

const SEED = 20_261_124;
const GENERATED = 600;

/** The simulator's templates, the specified cases, and policies generated from a fixed seed. */
export function inputs(): readonly Input[] {
  return [...templates(), ...cases(), ...generated()];
}

function templates(): Input[] {
  return (Object.keys(policyTemplates) as TemplateName[]).map((name) => {
    const document = policyTemplates[name].document({
      accountId: OWN,
      region: 'us-east-1',
      keyId: '1234abcd-12ab-34cd-56ef-1234567890ab',
      organizationId: OWN_ORG,
      rootId: 'r-abcd',
      system: 'payments',
      service: 's3',
      random: randomOf(name),
      sibling: () => SIBLING,
    });
    return { id: `template ${name}`, text: JSON.stringify(document) };
  });
}

function cases(): Input[] {
  return Object.entries(policyCases).flatMap(([group, rows]) =>
    rows.map(({ what, policy: p }) => ({
      id: `case ${group}: ${what}`,
      text: typeof p === 'string' ? p : JSON.stringify(p),
    })),
  );
}

function generated(): Input[] {
  return fc.sample(policy, { seed: SEED, numRuns: GENERATED }).map((Statement, i) => ({
    id: `generated ${i}`,
    text: JSON.stringify({ Version: '2012-10-17', Statement }),
  }));
}
