import { optionsFrom } from './config.ts';
import { handlers } from './handlers.ts';

let options: ReturnType<typeof optionsFrom> | undefined;

/** Reads one account of a run: the function `kms-insights-get-data`. */
export const handler = handlers(() => {
  options ??= optionsFrom(process.env);
  return options;
}).getData;
