import type { TranslateRequest } from '../translator.ts';
import type { VerifiedQuestion } from './verified.ts';

/** The tools that the model may call. */
export type ToolName = 'run_sql' | 'look_up_values' | 'ask_back';

/** All that is said to the model. The words are kept outside of the code, under a version. */
export interface Prompt {
  readonly version: string;
  /** All of the words below as they were read, verified questions included; the hash is made over it. */
  readonly source: unknown;
  /** What the model is for, and what it must keep to. */
  readonly rules: string;
  /** The tables, columns and values. With the rules and the tools the part that is cached. */
  readonly schemaCard: string;
  /** What each tool is for. */
  readonly tools: Readonly<Record<ToolName, string>>;
  /** What belongs to one question: the moment of the data, the time zone, the language, examples. */
  readonly context: (request: TranslateRequest) => string;
  /** The verified question that is the same word by word; null when there is none. */
  readonly verified: (question: string) => VerifiedQuestion | null;
  /** What is said to the model in the course of the conversation, beside the reason. */
  readonly remarks: {
    /** It ended its turn without calling a tool. */
    readonly noTool: string;
    /** It called `run_sql` more than once in a turn. */
    readonly oneQuery: string;
    /** It called `run_sql` beside a look-up, before it could know what that gives. */
    readonly afterLookUp: string;
    /** Its query was refused or failed. */
    readonly mendQuery: string;
    /** Its query gives no rows. */
    readonly noRows: string;
    /** It looked up something that does not occur. */
    readonly noValues: string;
    /** It has looked up as much as it may. */
    readonly enoughLookUps: string;
    /** Its query was run, and it is to say what the rows show. */
    readonly words: string;
    /** What it said of the rows is not found in them. */
    readonly unfounded: string;
  };
}
