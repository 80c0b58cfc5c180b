import type { Usage } from './converse.ts';

/** US dollars for a million tokens. */
interface Price {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  /** For the five minutes that a cache point lasts by default; null where it is not known. */
  readonly cacheWrite: number | null;
  /** The price holds for requests of at most so many tokens in all. */
  readonly upTo?: number;
}

const claude = (input: number, output: number, cacheRead: number): Price => ({
  input,
  output,
  cacheRead,
  cacheWrite: input * 1.25,
});

/**
 * What Claude costs by a global inference profile: the list prices of November 2026, which Bedrock bills
 * at (https://platform.claude.com/docs/en/about-claude/pricing, "Model pricing";
 * https://aws.amazon.com/bedrock/pricing/ is what counts).
 */
const claudePrices: Readonly<Record<string, Price>> = {
  'fable-5-1': claude(10, 50, 0.25),
  'fable-5': claude(10, 50, 1),
  'opus-5-5': claude(4, 20, 0.2),
  'opus-5': claude(5, 25, 0.5),
  'opus-4-8': claude(5, 25, 0.5),
  'opus-4-7': claude(5, 25, 0.5),
  'opus-4-6': claude(5, 25, 0.5),
  'opus-4-5': claude(5, 25, 0.5),
  'sonnet-5-5': claude(2, 10, 0.1),
  'sonnet-5': claude(2, 10, 0.2),
  'sonnet-4-6': claude(3, 15, 0.3),
  'sonnet-4-5': claude(3, 15, 0.3),
  'haiku-5-5': { ...claude(0.1, 0.5, 0.01), upTo: 100_000 },
  'haiku-4-5': claude(1, 5, 0.1),
};

/**
 * A profile of one geography, and a model by its own id, cost a tenth more than the global profile, since
 * Claude Sonnet 4.5 (the same page, on third-party platforms).
 */
const REGIONAL = 1.1;

/**
 * What Amazon Nova costs on demand: the list prices of November 2026
 * (https://aws.amazon.com/bedrock/pricing/). Nova 2 is priced like Claude by the global profile, and a
 * tenth more by that of one geography; the models before it by a profile of the United States, and
 * otherwise in other Regions. What it costs to write to the cache is not known, so a request that does so
 * has no known cost.
 */
const nova2Prices: Readonly<Record<string, Price>> = {
  'nova-2-lite': { input: 0.3, output: 2.5, cacheRead: 0.075, cacheWrite: null },
};
const novaPrices: Readonly<Record<string, Price>> = {
  'nova-pro': { input: 0.8, output: 3.2, cacheRead: 0.2, cacheWrite: null },
  'nova-lite': { input: 0.06, output: 0.24, cacheRead: 0.015, cacheWrite: null },
  'nova-micro': { input: 0.035, output: 0.14, cacheRead: 0.00875, cacheWrite: null },
};

/**
 * The id of a model or inference profile, alone or at the end of an ARN: where it runs, which it is,
 * its date and its version.
 */
const idPattern =
  /^(?:arn:.*:(?:foundation-model|inference-profile)\/)?(?:(us|eu|jp|au|apac|ca|global)\.)?(?:anthropic\.claude|amazon)[.-](.+?)(?:-\d{8})?(?:-v\d+)?(?::\d+)?$/;

function priceOf(modelId: string): Price | null {
  const [, place, name = ''] = idPattern.exec(modelId) ?? [];
  const nova = novaPrices[name];
  if (nova) return place === 'us' ? nova : null;
  const price =
    claudePrices[name] ?? (place === 'us' || place === 'global' ? nova2Prices[name] : undefined);
  if (!price) return null;
  if (place === 'global') return price;
  const more = (amount: number) => amount * REGIONAL;
  return {
    ...price,
    input: more(price.input),
    output: more(price.output),
    cacheRead: more(price.cacheRead),
    cacheWrite: price.cacheWrite === null ? null : more(price.cacheWrite),
  };
}

/**
 * US dollars for one request; null where the price is not known: another model, a profile or a
 * throughput of one's own, whose ids say nothing of the model. Discounts are not known here, nor is
 * the price of a guardrail. Tokens read from the cache or written to it are not among the input
 * tokens ("TokenUsage" in the Bedrock API reference, "Prompt caching" in the user guide).
 */
export function modelCost(modelId: string, usage: Usage): number | null {
  const price = priceOf(modelId);
  if (!price) return null;
  const { input, output, cacheRead, cacheWrite } = usage;
  if (price.upTo !== undefined && input + cacheRead + cacheWrite > price.upTo) return null;
  if (price.cacheWrite === null && cacheWrite > 0) return null;
  const total =
    input * price.input +
    output * price.output +
    cacheRead * price.cacheRead +
    cacheWrite * (price.cacheWrite ?? 0);
  return total / 1_000_000;
}
