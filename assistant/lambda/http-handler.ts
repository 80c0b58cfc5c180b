import { fileURLToPath } from 'node:url';
import { streamHandle } from 'hono/aws-lambda';
import { createApp } from '../server/app.ts';
import { openDeployedApp } from './deployed.ts';
import { behindGateway } from './http.ts';

/** The built page lies beside the function. */
const webFolder = fileURLToPath(new URL('./web/', import.meta.url));

// Begun while the function starts, when it has the most of a processor.
let starting: ReturnType<typeof openDeployedApp> | undefined = openDeployedApp(
  process.env,
  webFolder,
);
starting.catch(() => {});

const app = behindGateway(
  () => {
    const first = starting ?? openDeployedApp(process.env, webFolder);
    starting = undefined;
    return first;
  },
  (options) => createApp(options) as never,
);

/** Answers what people and Slack ask, in streams: the function `kms-insights-assistant`. */
export const handler = streamHandle(app);
