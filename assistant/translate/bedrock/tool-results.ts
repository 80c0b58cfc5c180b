import type { LanguageCode } from '../language.ts';
import type { TranslateRequest, Translation } from '../translator.ts';
import type { ToolUse } from './converse.ts';
import { dataBlock } from './data-block.ts';
import { ModelFailure } from './failure.ts';
import { plainText } from './plain-text.ts';
import { presentationOf } from './presentation.ts';
import type { Prompt } from './prompt.ts';
import { readToolUse, type ToolCall } from './tools.ts';
import type { Trial } from './trial.ts';
import type { ValueFinder } from './value-finder.ts';

/** So often the model may look values up. */
const MOST_LOOK_UPS = 6;

/** What the tools work with. */
export interface ToolParts {
  readonly prompt: Prompt;
  readonly trial: Trial;
  readonly findValues: ValueFinder;
}

/** The state of a turn that this translator made; the offline translator cannot go on from it. */
export const OWN_STATE = { by: 'bedrock' } as const;

export const isOwnState = (state: unknown): boolean =>
  typeof state === 'object' && state !== null && 'by' in state && state.by === OWN_STATE.by;

/** What came of a tool: the end of the conversation, or what is told to the model. */
type Done = { readonly done: Translation };
type Told = {
  readonly text: string;
  /** The model wrote something wrong, which counts as one of its repairs. */
  readonly failure?: ModelFailure;
};

export type ToolOutcome = { readonly use: ToolUse; readonly told: Done | Told };

/**
 * What the tools do, for one question: each call has an outcome, in the order of the calls. Values may be
 * looked up a few times; a query is checked and tried, and its failure told.
 */
export function toolsFor(
  request: TranslateRequest,
  language: LanguageCode,
  { prompt: { remarks }, trial, findValues }: ToolParts,
): (uses: readonly ToolUse[]) => Promise<readonly ToolOutcome[]> {
  let lookUps = 0;
  let emptyQuery: string | null = null;

  const runSql = async ({ sql, interpretation }: CallOf<'run_sql'>): Promise<Done | Told> => {
    const checked = trial.check(sql);
    if (!checked.ok) return mend('QUERY_REFUSED', checked.error, remarks.mendQuery);
    const preview = await trial.preview(sql, request.signal);
    if (preview.kind === 'failed') return mend('QUERY_FAILED', preview.error, remarks.mendQuery);
    const rows = preview.kind === 'rows' ? preview.rows : [];
    // No rows may be the answer, or a value that does not occur: the model says once more which.
    if (preview.kind === 'rows' && rows.length === 0 && emptyQuery !== checked.sql) {
      emptyQuery = checked.sql;
      return { text: remarks.noRows };
    }
    const understood = plainText(interpretation, 1_000);
    if (understood === '')
      return mend('MALFORMED_TOOL_INPUT', 'interpretation: has no words', remarks.mendQuery);
    const presentation = presentationOf(checked, rows, language);
    const isCut = checked.limit !== null && presentation.shape !== 'number';
    return {
      done: {
        kind: 'query',
        interpretation: understood,
        sql,
        presentation,
        state: OWN_STATE,
        followUps: [],
        notes: isCut ? [limitNote[language](checked.limit)] : [],
      },
    };
  };

  const lookUp = ({ kind, text }: CallOf<'look_up_values'>): Told => {
    lookUps += 1;
    if (lookUps > MOST_LOOK_UPS) return { text: remarks.enoughLookUps };
    const found = findValues(kind, text);
    return { text: found.length === 0 ? remarks.noValues : dataBlock(`values_of_${kind}`, found) };
  };

  const askBack = ({ question, choices, outside }: CallOf<'ask_back'>): Done | Told => {
    const message = plainText(question, 500);
    if (message === '')
      return mend('MALFORMED_TOOL_INPUT', 'question: has no words', remarks.mendQuery);
    const offered = choices.map((choice) => plainText(choice, 300)).filter((c) => c !== '');
    return {
      done: outside
        ? { kind: 'declined', message, nearest: offered, unknownWords: [] }
        : { kind: 'clarify', message, choices: offered, unknownWords: [] },
    };
  };

  return async (uses: readonly ToolUse[]): Promise<readonly ToolOutcome[]> => {
    const read = uses.map((use) => ({ use, ...readOrTell(use) }));
    const called = (name: ToolCall['name']) => read.filter((r) => r.call?.name === name).length;
    const [queries, searches] = [called('run_sql'), called('look_up_values')];
    const outcomes: ToolOutcome[] = [];
    for (const { use, call, told } of read) {
      if (told) outcomes.push({ use, told });
      else if (call.name === 'ask_back') outcomes.push({ use, told: askBack(call.input) });
      else if (call.name === 'look_up_values') outcomes.push({ use, told: lookUp(call.input) });
      else if (queries > 1)
        outcomes.push({ use, told: mend('MALFORMED_TOOL_INPUT', remarks.oneQuery) });
      else if (searches > 0) outcomes.push({ use, told: { text: remarks.afterLookUp } });
      // Who asks back does not know yet what to query.
      else if (called('ask_back') > 0) outcomes.push({ use, told: { text: remarks.afterLookUp } });
      else outcomes.push({ use, told: await runSql(call.input) });
    }
    return outcomes;
  };
}

type CallOf<Name extends ToolCall['name']> = Extract<ToolCall, { name: Name }>['input'];

type Read =
  | { readonly call: ToolCall; readonly told?: never }
  | { readonly call?: never; readonly told: Told };

function readOrTell(use: ToolUse): Read {
  try {
    return { call: readToolUse(use) };
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error;
    return { told: { text: dataBlock('error', [error.message]), failure: error } };
  }
}

/** What is wrong, as data: the text of an engine may hold values that anyone wrote. */
function mend(code: ModelFailure['code'], error: string, remark = ''): Told {
  const text = `${dataBlock('error', [error], { block: 2_000, text: 1_500 })}\n${remark}`.trim();
  return { text, failure: new ModelFailure(code, error) };
}

const limitNote: Readonly<Record<LanguageCode, (rows: number) => string>> = {
  en: (rows) =>
    `The query asks for at most ${rows.toLocaleString('en-US')} rows; there may be more.`,
  ja: (rows) =>
    `クエリは最大${rows.toLocaleString('ja-JP')}行を求めています。ほかにもある可能性があります。`,
};
