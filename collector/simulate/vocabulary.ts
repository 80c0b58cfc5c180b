/** The words from which Example Corp's names are made. */

/** Systems, each with the accounts it lives in; the prefix of most names. */
export const systems: readonly string[] = [
  'payments',
  'checkout',
  'orders',
  'billing',
  'ledger',
  'fraud',
  'identity',
  'customer-portal',
  'mobile-api',
  'search',
  'catalog',
  'inventory',
  'pricing',
  'shipping',
  'warehouse',
  'loyalty',
  'notifications',
  'recommendations',
  'crm',
  'hr',
  'payroll',
  'finance',
  'treasury',
  'claims',
  'documents',
  'reporting',
  'telemetry',
  'iot-fleet',
  'media',
  'partner-api',
  'web-shop',
  'support-desk',
];

export const businessUnits: readonly string[] = ['Retail', 'Finance', 'Logistics', 'Corporate'];

export const teams: readonly string[] = [
  'payments-core',
  'checkout',
  'platform',
  'data-engineering',
  'security',
  'sre',
  'identity',
  'finance-it',
  'logistics',
  'mobile',
  'web',
  'ml',
  'integrations',
  'corporate-it',
];

export const people: readonly string[] = [
  'alice',
  'bob',
  'carla.mendes',
  'd.kim',
  'erik.larsson',
  'f.moreau',
  'haruka.tanaka',
  'ivan',
  'jane.doe',
  'k.oconnor',
  'lwang',
  'maria.rossi',
  'n.patel',
  'yuki.sato',
];

export const botUsers: readonly string[] = [
  'jenkins',
  'circleci-deploy',
  'svc-backup',
  'legacy-batch',
  'terraform',
  's3-uploader',
  'reporting-ro',
];

export const purposes: readonly string[] = [
  'db',
  'secrets',
  'backup',
  'logs',
  'uploads',
  'exports',
  'queue',
  'cache',
  'signing',
  'tokens',
  'pii',
  'archive',
  'events',
  'app',
];

/** Accounts outside the organization. The ids are invented. */
export const vendors: readonly { name: string; accountId: string; role: string }[] = [
  { name: 'northwind-monitoring', accountId: '464622531984', role: 'NorthwindIntegrationRole' },
  { name: 'cloudvault-backup', accountId: '291847756103', role: 'cloudvault-backup-worker' },
  { name: 'snowpeak-warehouse', accountId: '739955120846', role: 'snowpeak-storage-integration' },
  { name: 'lumen-siem', accountId: '058316492770', role: 'LumenLogReader' },
  { name: 'acme-consulting', accountId: '617730028459', role: 'ConsultantAdmin' },
  { name: 'fastpay-partner', accountId: '905128847316', role: 'fastpay-settlement' },
];

/** External accounts that nobody remembers. The ids are invented. */
export const unknownAccounts: readonly string[] = [
  '183746550912',
  '552810937446',
  '070915238864',
  '846201177359',
];
