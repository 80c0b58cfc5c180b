import { describe, expect, it } from 'vitest';
import { modelCost } from '../../../../assistant/translate/bedrock/prices.ts';
import { readBedrockSettings } from '../../../../assistant/translate/bedrock/settings.ts';

describe('the settings of Bedrock', () => {
  it('have defaults for everything but the model', () => {
    expect(readBedrockSettings({}, { model: 'amazon.nova-pro-v1:0' })).toEqual({
      ok: true,
      settings: {
        model: 'amazon.nova-pro-v1:0',
        temperature: 0,
        maxTokens: 8_000,
        promptCache: true,
        rows: 30,
        requestSeconds: 60,
        totalSeconds: 120,
        attempts: 3,
      },
    });
  });

  it('come from the environment, and before that from the command line', () => {
    const env = {
      KMS_INSIGHTS_BEDROCK_MODEL: 'from-environment',
      KMS_INSIGHTS_BEDROCK_REGION: 'eu-central-1',
      KMS_INSIGHTS_BEDROCK_TEMPERATURE: 'none',
      KMS_INSIGHTS_BEDROCK_MAX_TOKENS: '4000',
      KMS_INSIGHTS_BEDROCK_PROMPT_CACHE: 'false',
      KMS_INSIGHTS_BEDROCK_REQUEST_SECONDS: '',
    };
    const arn = 'arn:aws:bedrock:eu-central-1:111122223333:guardrail/gr1:7';
    expect(readBedrockSettings(env, { model: 'from-flag', guardrail: arn })).toMatchObject({
      settings: {
        model: 'from-flag',
        region: 'eu-central-1',
        guardrail: { id: 'arn:aws:bedrock:eu-central-1:111122223333:guardrail/gr1', version: '7' },
        temperature: null,
        maxTokens: 4_000,
        promptCache: false,
        requestSeconds: 60,
      },
    });
  });

  it.each([
    [{}, {}, /^--model: names no model/],
    [{ KMS_INSIGHTS_BEDROCK_MODEL: 'a b' }, {}, /^KMS_INSIGHTS_BEDROCK_MODEL: /],
    [{}, { model: 'a b' }, /^--model: /],
    [{}, { model: 'm', region: 'Frankfurt' }, /^--region: /],
    [{}, { model: 'm', guardrail: 'gr1' }, /^--guardrail: has the form/],
    [{}, { model: 'm', guardrail: 'gr1:0' }, /^--guardrail: has the form/],
    [{ KMS_INSIGHTS_BEDROCK_TEMPERATURE: '2' }, { model: 'm' }, /^KMS_INSIGHTS_BEDROCK_TEMPER/],
    [{ KMS_INSIGHTS_BEDROCK_ATTEMPTS: '0' }, { model: 'm' }, /^KMS_INSIGHTS_BEDROCK_ATTEMPTS: /],
    [{ KMS_INSIGHTS_BEDROCK_TOTAL_SECONDS: 'x' }, { model: 'm' }, /^KMS_INSIGHTS_BEDROCK_TOTAL/],
  ])('%j %j are refused by name', (env, flags, message) => {
    expect(readBedrockSettings(env, flags)).toEqual({
      ok: false,
      message: expect.stringMatching(message),
    });
  });
});

describe('what tokens cost', () => {
  const million = { input: 1e6, output: 0, cacheRead: 0, cacheWrite: 0 };
  it.each([
    ['global.anthropic.claude-sonnet-4-5-20250929-v1:0', 3],
    ['eu.anthropic.claude-sonnet-4-5-20250929-v1:0', 3.3],
    ['anthropic.claude-opus-4-6-v1', 5.5],
    ['us.anthropic.claude-opus-5-5', 4.4],
    ['global.anthropic.claude-opus-5', 5],
    ['jp.anthropic.claude-sonnet-5', 2.2],
    ['us.amazon.nova-pro-v1:0', 0.8],
    ['global.amazon.nova-2-lite-v1:0', 0.3],
    ['us.amazon.nova-2-lite-v1:0', 0.33],
    ['arn:aws:bedrock:us-east-1:111122223333:inference-profile/us.amazon.nova-micro-v1:0', 0.035],
    ['arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-sonnet-4-6', 3.3],
    [
      'arn:aws:bedrock:us-east-1:111122223333:inference-profile/global.anthropic.claude-haiku-4-5-20251001-v1:0',
      1,
    ],
  ])('is known for %s', (model, dollars) => {
    expect(modelCost(model, million)).toBeCloseTo(dollars, 10);
  });

  it.each([
    'anthropic.claude-v2',
    'anthropic.claude-sonnet-9',
    'anthropic.claude-opus-5-50',
    'amazon.claude-opus-5',
    'amazon.titan-text-express-v1',
    // Nova costs otherwise in other Regions, and Claude in other partitions.
    'amazon.nova-pro-v1:0',
    'apac.amazon.nova-pro-v1:0',
    'us-gov.anthropic.claude-haiku-4-5-20251001-v1:0',
    'meta.llama3-70b-instruct-v1:0',
    'arn:aws:bedrock:us-east-1:111122223333:application-inference-profile/abc123',
    'arn:aws:bedrock:us-east-1:111122223333:provisioned-model/abc123',
    'claude-opus-5',
    'constructor',
    '',
  ])('is not guessed for %j', (model) => {
    expect(modelCost(model, million)).toBeNull();
  });

  it('counts each kind of token at its price', () => {
    const usage = { input: 1_000, output: 200, cacheRead: 5_000, cacheWrite: 400 };
    const dollars = (1_000 * 3 + 200 * 15 + 5_000 * 0.3 + 400 * 3.75) / 1e6;
    expect(modelCost('global.anthropic.claude-sonnet-4-6', usage)).toBeCloseTo(dollars, 12);
  });

  it('is not guessed where the price of a kind, or of a length, is not known', () => {
    expect(modelCost('us.amazon.nova-pro-v1:0', { ...million, cacheWrite: 1 })).toBeNull();
    const haiku = 'global.anthropic.claude-haiku-5-5';
    expect(modelCost(haiku, { ...million, input: 100_000 })).toBeCloseTo(0.01, 10);
    expect(modelCost(haiku, { ...million, input: 99_000, cacheRead: 1_001 })).toBeNull();
  });
});
