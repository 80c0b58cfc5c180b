/** A control of a benchmark or standard that a concern bears on. */
export interface Control {
  readonly title: string;
  /**
   * `same check`: the control asks for just what the concern reports. `bears on`: the control states
   * the principle; the concern is evidence for whoever assesses it, not a verdict on it.
   */
  readonly basis: 'same check' | 'bears on';
  /** Where the id, the title and their bearing on KMS keys can be looked up. */
  readonly source: string;
}

const SECURITY_HUB =
  'AWS Security Hub User Guide, "Security Hub CSPM controls for AWS KMS" (related requirements)';
const CIS_7 = 'CIS Amazon Web Services Foundations Benchmark v7.0.0, recommendation';
const LEAST_PRIVILEGE =
  'NIST SP 800-53 Rev. 5; AWS Security Hub lists it for KMS.1 and KMS.2, which ask the same of IAM policies';
const PUBLIC_POLICIES =
  'NIST SP 800-53 Rev. 5; AWS Security Hub lists it for Lambda.1, the public access control for resource policies';

/**
 * Every control that a concern names, by its id. Ids that AWS Security Hub checks are those it lists
 * for the control. Security Hub KMS.1 and KMS.2 are left out: they judge IAM policies, not keys. So are
 * requirements that no public mapping ties to key policies, because a wrong id is worse than none.
 */
export const controls = {
  'AWS Security Hub KMS.3': {
    title: 'AWS KMS keys should not be deleted unintentionally',
    basis: 'same check',
    source: SECURITY_HUB,
  },
  'AWS Security Hub KMS.4': {
    title: 'AWS KMS key rotation should be enabled',
    basis: 'same check',
    source: SECURITY_HUB,
  },
  'AWS Security Hub KMS.5': {
    title: 'KMS keys should not be publicly accessible',
    basis: 'same check',
    source: SECURITY_HUB,
  },
  'CIS AWS Foundations v3.0.0/3.6': {
    title: 'Ensure rotation for customer created symmetric CMKs is enabled',
    basis: 'same check',
    source: `${SECURITY_HUB}, KMS.4`,
  },
  'CIS AWS Foundations v5.0.0/3.6': {
    title: 'Ensure rotation for customer-created symmetric CMKs is enabled',
    basis: 'same check',
    source: `${SECURITY_HUB}, KMS.4`,
  },
  'CIS AWS Foundations v7.0.0/2.21': {
    title: "Ensure AWS resource policies do not allow unrestricted access using 'Principal': '*'",
    basis: 'same check',
    source: `${CIS_7} 2.21 (resource policies of every kind)`,
  },
  'CIS AWS Foundations v7.0.0/4.6': {
    title: 'Ensure rotation for customer-created symmetric CMKs is enabled',
    basis: 'same check',
    source: `${CIS_7} 4.6`,
  },
  'NIST.800-53.r5 AC-2': {
    title: 'Account Management',
    basis: 'bears on',
    source: LEAST_PRIVILEGE,
  },
  'NIST.800-53.r5 AC-3': {
    title: 'Access Enforcement',
    basis: 'bears on',
    source: LEAST_PRIVILEGE,
  },
  'NIST.800-53.r5 AC-4': {
    title: 'Information Flow Enforcement',
    basis: 'bears on',
    source: PUBLIC_POLICIES,
  },
  'NIST.800-53.r5 AC-6': {
    title: 'Least Privilege',
    basis: 'bears on',
    source: LEAST_PRIVILEGE,
  },
  'NIST.800-53.r5 SC-12': {
    title: 'Cryptographic Key Establishment and Management',
    basis: 'bears on',
    source: `NIST SP 800-53 Rev. 5; ${SECURITY_HUB}, KMS.3 and KMS.4`,
  },
  'NIST.800-53.r5 SC-12(2)': {
    title: 'Cryptographic Key Establishment and Management: Symmetric Keys',
    basis: 'bears on',
    source: `NIST SP 800-53 Rev. 5; ${SECURITY_HUB}, KMS.3 and KMS.4`,
  },
  'NIST.800-53.r5 SC-28(3)': {
    title: 'Protection of Information at Rest: Cryptographic Keys',
    basis: 'bears on',
    source: `NIST SP 800-53 Rev. 5; ${SECURITY_HUB}, KMS.4`,
  },
  'PCI DSS v4.0.1/3.7.4': {
    title: 'Cryptographic keys are changed at the end of their cryptoperiod',
    basis: 'bears on',
    source: `${SECURITY_HUB}, KMS.4`,
  },
} as const satisfies Readonly<Record<string, Control>>;

export type ControlId = keyof typeof controls;
