import { GlueClient } from '@aws-sdk/client-glue';
import { glueCatalog } from '../snapshot/catalog.ts';
import { optionsFrom } from './config.ts';
import { handlers } from './handlers.ts';
import { metricLine } from './metrics.ts';

let options: ReturnType<typeof optionsFrom> | undefined;

/** Publishes a run: the function `kms-insights-publish`. */
export const handler = handlers(
  () => {
    options ??= optionsFrom(process.env);
    return options;
  },
  {
    pointTo: glueCatalog(new GlueClient({ maxAttempts: 10 })),
    measure: (metrics) => {
      const name = process.env.AWS_LAMBDA_FUNCTION_NAME ?? 'kms-insights-publish';
      // Not by the console, which in AWS Lambda puts a time before the line.
      process.stdout.write(`${metricLine(name, metrics, new Date())}\n`);
    },
  },
).publish;
