import type { LanguageCode } from '../../../../assistant/translate/language.ts';
import type {
  DataValues,
  TranslateRequest,
  Translator,
  Turn,
} from '../../../../assistant/translate/translator.ts';

/** The names in the data of a small organization. */
const columns: Readonly<Record<string, readonly string[]>> = {
  'accounts.ou_path': ['Root/Security', 'Root/Workloads/Production', 'Root/Workloads/Staging'],
  'kms_keys.account_name': ['Audit', 'payments-dev', 'payments-prod'],
  'kms_keys.ou_path': ['Root/Security', 'Root/Workloads/Production', 'Root/Workloads/Staging'],
  'kms_keys.region': ['ap-northeast-1', 'eu-central-1', 'eu-west-1', 'us-east-1'],
  'kms_keys.alias': ['alias/aws/s3', 'alias/orders', 'alias/payments-prod'],
  'kms_keys.aliases': [
    'alias/aws/s3',
    'alias/orders',
    'alias/payments-prod',
    "alias/x'; DROP TABLE kms_keys; --",
  ],
  'kms_keys.key_spec': ['RSA_2048', 'SYMMETRIC_DEFAULT'],
  'key_permissions.principal': [
    'arn:aws:iam::111111111111:role/deploy',
    'arn:aws:iam::111111111111:root',
    'arn:aws:iam::999999999999:user/bob',
    '*',
  ],
  'key_usage.operation': ['Decrypt', 'Encrypt', 'PutKeyPolicy'],
  'key_usage.username': ['alice', 'deploy'],
  'key_usage.via_service': ['s3.amazonaws.com'],
};

export const exampleValues: DataValues = {
  column: (table, column) => columns[`${table}.${column}`] ?? [],
  tags: [
    { key: 'Environment', value: 'prod' },
    { key: 'owner', value: 'payments' },
    { key: 'owner', value: 'platform' },
    { key: 'team', value: "o'brien" },
  ],
  accounts: [
    { id: '111111111111', name: 'payments-prod' },
    { id: '222222222222', name: 'payments-dev' },
    { id: '333333333333', name: 'Audit' },
  ],
  callerRoles: ['orders-app'],
};

/** The moment the examples speak of. */
export const asOf = new Date('2026-11-23T00:00:00Z');

export function request(question: string, conversation: readonly Turn[] = []): TranslateRequest {
  return { question, conversation, asOf, timeZone: 'UTC', language: 'en' };
}

/** The SQL of the last question of a conversation; null where it is not answered. */
export const lastSqlOf =
  (translator: Translator, language: LanguageCode) =>
  async (...questions: readonly string[]): Promise<string | null> => {
    const turns: Turn[] = [];
    let last: string | null = null;
    for (const question of questions) {
      const translation = await translator.translate({ ...request(question, turns), language });
      last = translation.kind === 'query' ? translation.sql : null;
      if (translation.kind !== 'query') continue;
      turns.push({ question, sql: translation.sql, state: translation.state });
    }
    return last;
  };
