import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { concernsMarkdown } from '../../../collector/schema/concern-reference.ts';
import { type ConcernKind, concernKinds } from '../../../collector/schema/concerns.ts';
import { controls } from '../../../collector/schema/controls.ts';

const kinds: readonly ConcernKind[] = concernKinds;

describe('the catalogue of concerns', () => {
  it('is docs/concerns.md (npm run docs writes it)', () => {
    const page = readFileSync(new URL('../../../docs/concerns.md', import.meta.url), 'utf8');
    expect(page).toBe(`${concernsMarkdown()}\n`);
  });

  it('is in order of code', () => {
    const codes = kinds.map((k) => k.code);
    expect(codes).toEqual([...codes].sort());
  });

  it.each(kinds)(
    '$code says in whole sentences why it matters, why so grave, and what to do',
    (kind) => {
      for (const text of [kind.why, kind.fix, kind.severityReason]) {
        expect(text).toMatch(/^[A-Z].*\.$|^kms:.*\.$/);
      }
    },
  );

  it.each(kinds)('$code gives a reason that names no severity but other ones', (kind) => {
    const named = kind.severityReason.match(/\b(CRITICAL|HIGH|MEDIUM|LOW|INFO)\b/g) ?? [];
    expect(named).not.toContain(kind.severity);
  });
});

describe('the controls', () => {
  it('are each named by a concern', () => {
    const named = new Set(kinds.flatMap((k) => k.controls));
    expect([...named].sort()).toEqual(Object.keys(controls).sort());
  });

  it('are those that AWS Security Hub lists for its controls of KMS keys', () => {
    const of = (code: string) => kinds.find((k) => k.code === code)?.controls;
    expect(of('PENDING_DELETION')).toEqual([
      'AWS Security Hub KMS.3',
      'NIST.800-53.r5 SC-12',
      'NIST.800-53.r5 SC-12(2)',
    ]);
    expect(of('ROTATION_DISABLED')).toEqual(
      expect.arrayContaining([
        'AWS Security Hub KMS.4',
        'CIS AWS Foundations v3.0.0/3.6',
        'CIS AWS Foundations v5.0.0/3.6',
        'NIST.800-53.r5 SC-28(3)',
        'PCI DSS v4.0.1/3.7.4',
      ]),
    );
    expect(of('PUBLIC_ACCESS')).toContain('AWS Security Hub KMS.5');
  });

  it('are none of those that judge IAM policies', () => {
    expect(Object.keys(controls).filter((id) => /KMS\.[12]$/.test(id))).toEqual([]);
  });
});
