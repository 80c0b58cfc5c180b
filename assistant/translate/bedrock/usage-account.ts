import type { ModelUse } from '../translator.ts';
import type { ModelTurn, Usage } from './converse.ts';
import type { FailureCode } from './failure.ts';
import { modelCost } from './prices.ts';

/** Counts what the model took for one question. */
export class UsageAccount {
  readonly #model: Pick<ModelUse, 'modelId' | 'promptVersion' | 'promptHash'>;
  #since: number | null = performance.now();
  #elapsedMs = 0;
  #requests = 0;
  #usage: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
  #costUsd: number | null = 0;

  constructor(model: Pick<ModelUse, 'modelId' | 'promptVersion' | 'promptHash'>) {
    this.#model = model;
  }

  /** A request is sent; the time goes on, if it stood still. */
  sent(): void {
    this.#since ??= performance.now();
    this.#requests += 1;
  }

  /** Its reply arrived. */
  replied({ usage }: Pick<ModelTurn, 'usage'>): void {
    const sum = this.#usage;
    this.#usage = {
      input: sum.input + usage.input,
      output: sum.output + usage.output,
      cacheRead: sum.cacheRead + usage.cacheRead,
      cacheWrite: sum.cacheWrite + usage.cacheWrite,
    };
    const cost = modelCost(this.#model.modelId, usage);
    this.#costUsd = this.#costUsd === null || cost === null ? null : this.#costUsd + cost;
  }

  /** What was taken so far. The time stands still until the next request. */
  use(failure: FailureCode | null): ModelUse {
    if (this.#since !== null) this.#elapsedMs += performance.now() - this.#since;
    this.#since = null;
    const { input, output, cacheRead, cacheWrite } = this.#usage;
    return {
      ...this.#model,
      requests: this.#requests,
      inputTokens: input,
      outputTokens: output,
      cacheReadTokens: cacheRead,
      cacheWriteTokens: cacheWrite,
      costUsd: this.#costUsd,
      latencyMs: Math.round(this.#elapsedMs),
      failure,
    };
  }
}
