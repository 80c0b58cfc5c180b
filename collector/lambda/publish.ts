import { optionsFrom } from './config.ts';
import { handlers } from './handlers.ts';

let options: ReturnType<typeof optionsFrom> | undefined;

/** Publishes a run: the function `kms-insights-publish`. */
export const handler = handlers(() => {
  options ??= optionsFrom(process.env);
  return options;
}).publish;
