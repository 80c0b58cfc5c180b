import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether a request comes from Slack: version 0 of its signatures, an HMAC-SHA256 under the app's signing
 * secret over the version, the time and the body as it was received (Slack, "Verifying requests from
 * Slack").
 */

/** What is looked at of a request. The body is what arrived, byte for byte, and not yet read as anything. */
export interface SignedRequest {
  /** Header `x-slack-request-timestamp`: seconds since 1970. */
  readonly timestamp: string | undefined;
  /** Header `x-slack-signature`. */
  readonly signature: string | undefined;
  readonly body: Uint8Array;
}

export type SignatureVerdict = 'genuine' | 'unsigned' | 'outdated' | 'forged';

/** A request that was signed longer ago, or is from further ahead, may be one that was recorded. */
export const TOLERANCE_SECONDS = 5 * 60;

/** Takes the same time wherever a signature differs from the right one. */
export function verifySignature(
  signingSecret: string,
  { timestamp, signature, body }: SignedRequest,
  now: Date,
): SignatureVerdict {
  if (timestamp === undefined || signature === undefined) return 'unsigned';
  if (!/^\d{1,12}$/.test(timestamp) || !/^v0=[0-9a-f]{64}$/.test(signature)) return 'unsigned';
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > TOLERANCE_SECONDS) return 'outdated';
  const right = createHmac('sha256', signingSecret)
    .update(`v0:${timestamp}:`)
    .update(body)
    .digest();
  return timingSafeEqual(right, Buffer.from(signature.slice('v0='.length), 'hex'))
    ? 'genuine'
    : 'forged';
}
