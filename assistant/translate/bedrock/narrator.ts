import type { ContentBlock, Message, ToolResultBlock } from '@aws-sdk/client-bedrock-runtime';
import type { Narrate } from '../translator.ts';
import type { ModelTurn } from './converse.ts';
import { dataBlock } from './data-block.ts';
import { ModelFailure } from './failure.ts';
import { plainText } from './plain-text.ts';
import type { Prompt } from './prompt.ts';
import { rowsTold } from './rows-told.ts';
import type { UsageAccount } from './usage-account.ts';

/** More than three sentences have; what is longer is cut. */
const MOST_CHARACTERS = 1_000;

/** A conversation that has come to a query, which the model proposed by the tool use `id`. */
export interface Proposed {
  /** What was said before the turn with the query. */
  readonly messages: readonly Message[];
  readonly content: readonly ContentBlock[];
  readonly id: string;
  /** What is told of the other tools that the model called in the same turn. */
  readonly others: readonly ToolResultBlock[];
}

export interface NarratorParts {
  readonly prompt: Pick<Prompt, 'remarks'>;
  /** So many rows are shown to the model. */
  readonly rows: number;
  /** Makes what sends, when it begins; its time runs from then. */
  readonly sender: (
    signal: AbortSignal | undefined,
  ) => (messages: readonly Message[]) => Promise<ModelTurn>;
  readonly usage: UsageAccount;
}

/**
 * Lets the model go on from its query once the rows are there: it is given them as the result of its
 * tool, and says in words what they show. When it is called again it is told what of its words was
 * not found in the rows. A tool that it calls is not run any more.
 */
export function narratorOf(proposed: Proposed, parts: NarratorParts): Narrate {
  const { prompt, rows, sender, usage } = parts;
  let send: ReturnType<typeof sender> | undefined;
  const messages: Message[] = [
    ...proposed.messages,
    { role: 'assistant', content: [...proposed.content] },
  ];
  return async ({ result, totalRows, unfounded, signal }) => {
    messages.push({
      role: 'user',
      content:
        unfounded === null
          ? firstRows(proposed, `${rowsTold({ result, totalRows }, rows)}\n${prompt.remarks.words}`)
          : [
              {
                text: `${dataBlock('not_in_the_rows', unfounded)}\n${prompt.remarks.unfounded}`,
              },
            ],
    });
    try {
      send ??= sender(signal);
      const turn = await send(messages);
      const text = plainText(turn.text, MOST_CHARACTERS);
      // A tool that is called without a result could not be followed by anything.
      messages.push({ role: 'assistant', content: [{ text: text === '' ? '…' : text }] });
      return { text, failure: null, model: usage.use(null) };
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof ModelFailure)) throw error;
      return { text: null, failure: error.code, model: usage.use(null) };
    }
  };
}

function firstRows({ id, others }: Proposed, text: string): ContentBlock[] {
  const told: ToolResultBlock = { toolUseId: id, content: [{ text }], status: 'success' };
  return [told, ...others].map((toolResult) => ({ toolResult }));
}
