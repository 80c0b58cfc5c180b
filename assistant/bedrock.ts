import type { MakeTranslator } from './assistant.ts';
import { bedrockApi } from './translate/bedrock/client.ts';
import type { Prompt } from './translate/bedrock/prompt.ts';
import type { BedrockSettings } from './translate/bedrock/settings.ts';
import { createBedrockTranslator } from './translate/bedrock/translator.ts';
import { trialBy } from './translate/bedrock/trial.ts';
import { valueFinder } from './translate/bedrock/value-finder.ts';

/** What makes translators that ask a model, all by one client. */
export interface BedrockTranslators {
  readonly make: MakeTranslator;
  readonly close: () => void;
}

/** Translators by a model of Amazon Bedrock, with the offline translator behind them. */
export function bedrockTranslators(settings: BedrockSettings, prompt: Prompt): BedrockTranslators {
  const api = bedrockApi(settings.region);
  return {
    make: ({ engine, values, accountScope, offline }) =>
      createBedrockTranslator({
        api,
        settings,
        prompt,
        trial: trialBy(engine, accountScope),
        findValues: valueFinder(values),
        offline,
      }),
    close: api.close,
  };
}
