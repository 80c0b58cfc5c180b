import { openDeployedWorkshop } from './deployed.ts';
import { slackWork } from './slack-work.ts';

let workshop: ReturnType<typeof openDeployedWorkshop> | undefined;

/** Does the work behind a command or a button of Slack: the function `kms-insights-slack-work`. */
export const handler = slackWork(() => {
  workshop ??= openDeployedWorkshop(process.env).catch((error: unknown) => {
    workshop = undefined;
    throw error;
  });
  return workshop;
});
