import type { Context } from 'hono';
import type { AccountScope } from '../assistant.ts';
import type { EmbedUrlBody } from './api.ts';
import { problem } from './problem.ts';
import type { QuickSightSettings } from './quicksight-settings.ts';

/** The QuickSight dashboard that takes the place of the built-in one. */
export interface QuickSight {
  readonly settings: QuickSightSettings;
  /**
   * A URL to embed once, within five minutes. Throws the SDK's exceptions, and {@link ForeignFrame}
   * for a URL of another origin than the page lets in.
   */
  readonly embedUrl: () => Promise<string>;
  readonly close: () => void;
}

/** QuickSight gave a URL of an origin from which the page takes no frames. */
export class ForeignFrame extends Error {
  constructor(readonly origin: string) {
    super(`QuickSight embeds from ${origin}`);
    this.name = 'ForeignFrame';
  }
}

/**
 * GET /api/embed-url: a URL of the QuickSight dashboard, to be embedded once. The dashboard holds
 * all accounts, so it is for those only who may see all.
 */
export async function handleEmbedUrl(
  c: Context,
  accountScope: AccountScope,
  quickSight: QuickSight | undefined,
  log: (message: string, details: Record<string, unknown>) => void,
): Promise<Response> {
  if (!quickSight) {
    return problem(
      c,
      404,
      'No QuickSight dashboard',
      'No QuickSight dashboard is configured.',
      'Use the built-in dashboard; docs/dashboard.md says how to configure one of QuickSight.',
      'NOT_CONFIGURED',
    );
  }
  if (accountScope !== null) {
    return problem(
      c,
      403,
      'Not for a part of the accounts',
      'The QuickSight dashboard shows all accounts, and you may see some of them.',
      'Use the built-in dashboard: it shows the accounts that you may see.',
      'NOT_ALLOWED',
    );
  }
  try {
    const url = await quickSight.embedUrl();
    const body: EmbedUrlBody = { url, sessionMinutes: quickSight.settings.sessionMinutes };
    c.header('cache-control', 'no-store');
    return c.json(body);
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    log('QuickSight gave no URL', { error: name, message });
    const { detail, hint } = whyNot(error, name, quickSight);
    return problem(c, 503, 'No URL from QuickSight', detail, hint, `QUICKSIGHT_${codeOf(name)}`);
  }
}

/** `AccessDeniedException` is `ACCESS_DENIED`. */
const codeOf = (name: string): string =>
  name
    .replace(/^QuickSight|(Exception|Error)$/g, '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .toUpperCase() || 'FAILED';

interface Why {
  readonly detail: string;
  readonly hint: string;
}

/** By the exceptions of "GenerateEmbedUrlForRegisteredUser", Amazon QuickSight API Reference. */
function whyNot(error: unknown, name: string, { settings }: QuickSight): Why {
  if (error instanceof ForeignFrame) {
    return {
      detail: `QuickSight serves the dashboard from ${error.origin}, and the page lets in frames of ${settings.frameOrigin} only.`,
      hint: 'Check KMS_INSIGHTS_QUICKSIGHT_REGION, or set KMS_INSIGHTS_QUICKSIGHT_FRAME_ORIGIN.',
    };
  }
  switch (name) {
    case 'AccessDeniedException':
      return {
        detail: 'The server may not embed the QuickSight dashboard.',
        hint: `Its role must allow quicksight:${settings.userArn === undefined ? 'GenerateEmbedUrlForAnonymousUser' : 'GenerateEmbedUrlForRegisteredUser'}, and the dashboard must be shared with the user.`,
      };
    case 'QuickSightUserNotFoundException':
      return {
        detail: 'QuickSight does not know the user of the settings.',
        hint: 'Check KMS_INSIGHTS_QUICKSIGHT_USER_ARN, or register the user.',
      };
    case 'ResourceNotFoundException':
      return {
        detail: 'QuickSight does not know the dashboard or the namespace of the settings.',
        hint: 'Check KMS_INSIGHTS_QUICKSIGHT_DASHBOARD_ID, REGION and NAMESPACE.',
      };
    case 'UnsupportedPricingPlanException':
    case 'UnsupportedUserEditionException':
      return {
        detail: 'The QuickSight subscription does not include this way of embedding.',
        hint: 'Anonymous embedding needs capacity pricing, embedding the Enterprise edition; or name a user in KMS_INSIGHTS_QUICKSIGHT_USER_ARN.',
      };
    case 'InvalidParameterValueException':
      return {
        detail: 'QuickSight takes a setting to be wrong.',
        hint: "Look at the server's log; the page's domain may not be allowed in QuickSight.",
      };
    case 'ThrottlingException':
      return { detail: 'QuickSight is asked too often.', hint: 'Try again in a minute.' };
    default:
      return {
        detail: 'QuickSight gave no URL for the dashboard.',
        hint: "Try again; if it happens again, look at the server's log.",
      };
  }
}
