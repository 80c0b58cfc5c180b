import { describe, expect, it } from 'vitest';
import { readAthenaSettings } from '../../../../assistant/engine/athena/settings.ts';

describe('the settings of Athena', () => {
  it('have defaults for everything', () => {
    expect(readAthenaSettings({})).toEqual({
      ok: true,
      settings: {
        workgroup: 'kms-insights',
        database: 'kms_insights',
        catalog: 'AwsDataCatalog',
        reuseMinutes: 60,
        timeLimitSeconds: 60,
        pricePerTbUsd: 5,
        pollFirstMs: 100,
        pollLongestMs: 1_500,
        maxRows: 1_000_000,
        maxBytes: 64_000_000,
        simulated: false,
      },
    });
  });

  it('come from the environment, and before that from the command line', () => {
    const env = {
      KMS_INSIGHTS_ATHENA_WORKGROUP: 'from-environment',
      KMS_INSIGHTS_ATHENA_REGION: 'eu-central-1',
      KMS_INSIGHTS_ATHENA_REUSE_MINUTES: '0',
      KMS_INSIGHTS_ATHENA_PRICE_PER_TB_USD: '6.75',
      KMS_INSIGHTS_ATHENA_SIMULATED: 'true',
      KMS_INSIGHTS_ATHENA_CATALOG: '',
    };
    expect(readAthenaSettings(env, { workgroup: 'from-flag' })).toMatchObject({
      settings: {
        workgroup: 'from-flag',
        region: 'eu-central-1',
        reuseMinutes: 0,
        pricePerTbUsd: 6.75,
        simulated: true,
        catalog: 'AwsDataCatalog',
      },
    });
  });

  it.each([
    [{ KMS_INSIGHTS_ATHENA_REUSE_MINUTES: '20000' }, {}, /^KMS_INSIGHTS_ATHENA_REUSE_MINUTES: /],
    [
      { KMS_INSIGHTS_ATHENA_TIME_LIMIT_SECONDS: 'soon' },
      {},
      /^KMS_INSIGHTS_ATHENA_TIME_LIMIT_SECONDS: /,
    ],
    [{ KMS_INSIGHTS_ATHENA_SIMULATED: 'perhaps' }, {}, /^KMS_INSIGHTS_ATHENA_SIMULATED: /],
    [{ KMS_INSIGHTS_ATHENA_POLL_FIRST_MS: '9000' }, {}, /^KMS_INSIGHTS_ATHENA_POLL_FIRST_MS: /],
    [{}, { workgroup: 'two words' }, /^--workgroup: /],
    [{}, { region: 'Frankfurt' }, /^--region: /],
    [{}, { database: 'x"; DROP' }, /^--database: /],
  ])('%j %j are refused by name', (env, flags, message) => {
    expect(readAthenaSettings(env, flags)).toEqual({
      ok: false,
      message: expect.stringMatching(message),
    });
  });
});
