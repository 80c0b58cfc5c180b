import { optionsFrom } from './config.ts';
import { handlers } from './handlers.ts';

let options: ReturnType<typeof optionsFrom> | undefined;

/** Begins a run: the function `kms-insights-list-accounts`. */
export const handler = handlers(() => {
  options ??= optionsFrom(process.env);
  return options;
}).listAccounts;
