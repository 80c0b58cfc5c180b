import {
  GenerateEmbedUrlForAnonymousUserCommand,
  GenerateEmbedUrlForRegisteredUserCommand,
  QuickSightClient,
} from '@aws-sdk/client-quicksight';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ForeignFrame, type QuickSight } from './embed.ts';
import type { QuickSightSettings } from './quicksight-settings.ts';

/** QuickSight by the AWS SDK, with its usual credentials. */
export function openQuickSight(settings: QuickSightSettings): QuickSight {
  const client = new QuickSightClient({
    region: settings.region,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 3_000, requestTimeout: 15_000 }),
  });
  return {
    settings,
    embedUrl: async () => {
      const url = await generate(client, settings);
      const origin = url !== undefined && URL.canParse(url) ? new URL(url).origin : 'nowhere';
      if (url === undefined || origin !== settings.frameOrigin) throw new ForeignFrame(origin);
      return url;
    },
    close: () => client.destroy(),
  };
}

async function generate(
  client: QuickSightClient,
  settings: QuickSightSettings,
): Promise<string | undefined> {
  const { accountId, dashboardId, userArn, namespace, sessionMinutes, pageOrigin } = settings;
  const common = {
    AwsAccountId: accountId,
    SessionLifetimeInMinutes: sessionMinutes,
    ExperienceConfiguration: { Dashboard: { InitialDashboardId: dashboardId } },
    ...(pageOrigin === undefined ? {} : { AllowedDomains: [pageOrigin] }),
  };
  const { EmbedUrl } =
    userArn === undefined
      ? await client.send(
          new GenerateEmbedUrlForAnonymousUserCommand({
            ...common,
            Namespace: namespace,
            AuthorizedResourceArns: [dashboardArn(settings)],
          }),
        )
      : await client.send(
          new GenerateEmbedUrlForRegisteredUserCommand({ ...common, UserArn: userArn }),
        );
  return EmbedUrl;
}

/** In the partition of the Region: "Amazon Resource Names", AWS General Reference. */
function dashboardArn({ region, accountId, dashboardId }: QuickSightSettings): string {
  const partition = region.startsWith('us-gov-')
    ? 'aws-us-gov'
    : region.startsWith('cn-')
      ? 'aws-cn'
      : 'aws';
  return `arn:${partition}:quicksight:${region}:${accountId}:dashboard/${dashboardId}`;
}
