import {
  BedrockRuntimeClient,
  ConverseStreamCommand,
  type ConverseStreamCommandInput,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';

/** The one call of Bedrock that is made, with the SDK's own input, events and exceptions. */
export interface BedrockApi {
  readonly converseStream: (
    input: ConverseStreamCommandInput,
    signal: AbortSignal,
  ) => Promise<AsyncIterable<ConverseStreamOutput> | undefined>;
  readonly close: () => void;
}

/**
 * Bedrock by the AWS SDK, with its usual credentials. A request is sent once: whether it is sent again
 * is decided where the reply is read, because a reply may also fail halfway. HTTP/1.1, which proxies
 * let through, in place of the SDK's HTTP/2; ConverseStream streams one way only.
 */
export function bedrockApi(region: string | undefined): BedrockApi {
  const client = new BedrockRuntimeClient({
    ...(region === undefined ? {} : { region }),
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 3_000 }),
  });
  return {
    converseStream: async (input, abortSignal) =>
      (await client.send(new ConverseStreamCommand(input), { abortSignal })).stream,
    close: () => client.destroy(),
  };
}
