import { randomUUID } from 'node:crypto';
import type { Answer, Answered, Clarify, Declined, Evidence, Failed } from './answer/answer.ts';
import { chooseChart } from './answer/chart.ts';
import type { CoverageStatement } from './answer/coverage.ts';
import type { AskEvent } from './answer/events.ts';
import { inertText } from './answer/inert-text.ts';
import { type Narrative, narrated } from './answer/narrative.ts';
import { resultHash } from './answer/result-hash.ts';
import { summarize } from './answer/summary.ts';
import type { Audit, AuditEntry } from './audit/audit.ts';
import { type Engine, EngineError, type QueryResult } from './engine/engine.ts';
import { addExpenses } from './engine/expense.ts';
import { guard } from './guard/guard.ts';
import type { CheckedQuery } from './guard/types.ts';
import { type LanguageCode, languageOf } from './translate/language.ts';
import type { ModelUse, Translation, Translator, Turn } from './translate/translator.ts';

/** Longer questions are refused before anyone tries to understand them. */
export const MAX_QUESTION_LENGTH = 2_000;

/** What the pipeline needs; one per snapshot and scope. */
export interface AskDependencies {
  readonly engine: Engine;
  readonly translator: Translator;
  readonly coverage: CoverageStatement;
  readonly audit: Audit;
  /** The accounts the caller may see; null for all. */
  readonly accountScope: readonly string[] | null;
  readonly clock: () => Date;
}

export interface AskRequest {
  readonly question: string;
  readonly conversation: readonly Turn[];
  readonly timeZone: string;
  readonly language?: 'en' | 'ja';
  readonly user: string;
  readonly face: AuditEntry['face'];
  readonly signal?: AbortSignal;
}

/** An answer, and the turn by which a follow-up may refer to it; none where it leaves the one before in place. */
export interface AskOutcome {
  readonly answer: Answer;
  readonly turn: Turn | null;
}

/** An outcome, and what is recorded of how it came about. */
interface Recorded extends AskOutcome {
  readonly model: ModelUse | null;
}

type Emit = (event: AskEvent) => void;

/**
 * Answers one question: translate, guard, run, sum up. Every face (command line, page, Slack) comes
 * through here. What happens on the way is told to `emit`; the answer is recorded in the audit log
 * before it is returned.
 *
 * Does not throw for a question that cannot be answered: the answer's status says so. Throws when
 * the audit log cannot be written.
 */
export async function ask(
  request: AskRequest,
  dependencies: AskDependencies,
  emit: Emit = () => {},
): Promise<AskOutcome> {
  const started = performance.now();
  const { answer, turn, model } = await answerQuestion(request, dependencies, emit, started);
  const answered = answer.status === 'answered' ? answer : null;
  await dependencies.audit({
    at: dependencies.clock().toISOString(),
    exported: null,
    answerId: answer.id,
    user: request.user,
    face: request.face,
    question: request.question.slice(0, MAX_QUESTION_LENGTH),
    earlierTurns: request.conversation.length,
    translator: answer.translator,
    model,
    status: answer.status,
    sql: answered?.sql ?? null,
    snapshotId: dependencies.engine.snapshot.snapshotId,
    asOf: dependencies.engine.snapshot.asOf,
    accountScope: dependencies.accountScope,
    queryId: answered?.evidence.queryId ?? null,
    rowCount: answered?.rowCount ?? null,
    resultHash: answered?.evidence.resultHash ?? null,
    scannedBytes: answered?.evidence.scannedBytes ?? null,
    costUsd: answered?.evidence.costUsd ?? null,
    elapsedMs: Math.round(performance.now() - started),
    errorCode: answer.status === 'error' ? answer.error.code : null,
  });
  return { answer, turn };
}

async function answerQuestion(
  request: AskRequest,
  dependencies: AskDependencies,
  emit: Emit,
  started: number,
): Promise<Recorded> {
  const { translator } = dependencies;
  const language = languageOf(request.question, request.language ?? 'en');
  let asked: Pick<Evidence, 'id' | 'question' | 'translator'> = {
    id: randomUUID(),
    question: request.question,
    translator: translator.name,
  };
  let model: ModelUse | null = null;

  const fail = (code: string, message: string, hint: string): Recorded => {
    // It may repeat values of the data, or names in the query of a model.
    const error = { code, message: inertText(message), hint };
    emit({ type: 'error', data: error });
    const answer: Failed = { ...asked, status: 'error', error };
    return { answer, turn: null, model };
  };

  if (request.question.trim() === '') {
    return fail(
      'EMPTY_QUESTION',
      'The question is empty.',
      'Ask, for example: How many keys are there per Region?',
    );
  }
  if (request.question.length > MAX_QUESTION_LENGTH) {
    return fail(
      'QUESTION_TOO_LONG',
      `The question has ${request.question.length.toLocaleString('en-US')} characters; ${MAX_QUESTION_LENGTH.toLocaleString('en-US')} are the most.`,
      'Ask in fewer words; a list of keys or accounts can be filtered with SQL instead.',
    );
  }

  let translation: Translation;
  try {
    translation = await translator.translate({
      question: request.question,
      conversation: request.conversation,
      asOf: new Date(dependencies.engine.snapshot.asOf),
      timeZone: request.timeZone,
      language,
      ...(request.signal ? { signal: request.signal } : {}),
    });
  } catch (error) {
    if (request.signal?.aborted)
      return fail('CANCELLED', 'The question was broken off.', 'Ask again.');
    return fail(
      'TRANSLATOR_FAILED',
      `The question could not be translated: ${messageOf(error)}`,
      'Ask again, or in other words.',
    );
  }

  asked = { ...asked, translator: translation.by ?? translator.name };
  model = translation.model ?? null;
  const unanswered: Turn = { question: request.question, sql: null, state: null };

  if (translation.kind === 'clarify') {
    const { message, choices, unknownWords } = translation;
    emit({ type: 'clarify', data: { message, choices, unknownWords } });
    const answer: Clarify = { ...asked, status: 'clarify', message, choices, unknownWords };
    return { answer, turn: { ...unanswered, choices }, model };
  }
  if (translation.kind === 'declined') {
    const { message, nearest, unknownWords, aside } = translation;
    emit({ type: 'declined', data: { message, nearest, unknownWords } });
    const answer: Declined = { ...asked, status: 'declined', message, nearest, unknownWords };
    return { answer, turn: aside ? null : unanswered, model };
  }

  emit({ type: 'interpretation', data: { text: translation.interpretation } });
  const checked = check(translation.sql, dependencies);
  if (!checked.ok) {
    return fail(
      `SQL_${checked.error.code}`,
      `The query made from the question was refused: ${checked.error.message}`,
      'Ask in other words; nothing was run.',
    );
  }
  emit({ type: 'sql', data: { sql: checked.query.trino, translator: asked.translator } });

  try {
    const counted = await runCounted(translation.sql, checked.query, dependencies, request.signal);
    const { result, truncated, totalRows } = counted;
    const rowCount = result.rows.length;
    emit({
      type: 'rows',
      data: { columns: result.columns, rows: result.rows, rowCount, totalRows, truncated },
    });
    const headline = summarize(translation.presentation, counted, language);
    const summary = translation.lead ? `${translation.lead} ${headline}` : headline;
    emit({ type: 'summary', data: { text: summary, notes: translation.notes } });
    const chart = chooseChart(translation.presentation, result);
    if (chart) emit({ type: 'chart', data: chart });
    let narrative: Narrative | null = null;
    let words: string | null = null;
    if (translation.narrate) {
      const { coverage } = dependencies;
      const told = await narrated(
        translation.narrate,
        counted,
        {
          texts: [request.question, translation.interpretation, summary, coverage.text[language]],
          asOf: new Date(dependencies.engine.snapshot.asOf),
        },
        language,
        request.signal,
      );
      ({ narrative, text: words, model } = told);
      if (words !== null) emit({ type: 'narrative', data: { text: words } });
    }
    const evidence = makeEvidence(
      { ...asked, askedBy: request.user, model, narrative },
      translation.interpretation,
      checked.query,
      result,
      dependencies,
      started,
      language,
    );
    emit({ type: 'evidence', data: evidence });
    const answer: Answered = {
      ...asked,
      status: 'answered',
      interpretation: translation.interpretation,
      sql: checked.query.trino,
      columns: result.columns,
      rows: result.rows,
      rowCount,
      totalRows,
      truncated,
      summary,
      narrative: words,
      notes: translation.notes,
      chart,
      evidence,
      followUps: translation.followUps,
    };
    const turn = { question: request.question, sql: checked.query.trino, state: translation.state };
    return { answer, turn, model };
  } catch (error) {
    if (error instanceof EngineError) return fail(error.code, error.message, error.hint);
    if (request.signal?.aborted)
      return fail('CANCELLED', 'The question was broken off.', 'Ask again.');
    throw error;
  }
}

function check(sql: string, { engine, accountScope }: AskDependencies) {
  return guard(sql, { asOf: new Date(engine.snapshot.asOf), accountScope });
}

/** Runs a query; when its rows were cut by the guard's limit, counts how many there would be. */
async function runCounted(
  sql: string,
  query: CheckedQuery,
  dependencies: AskDependencies,
  signal: AbortSignal | undefined,
): Promise<{ result: QueryResult; truncated: boolean; totalRows: number | null }> {
  const { engine } = dependencies;
  const result = await engine.run(query, signal);
  const rowCount = result.rows.length;
  const isCut = query.limit.setByGuard && rowCount >= query.limit.rows;
  if (!isCut && !result.truncated) return { result, truncated: false, totalRows: rowCount };
  const counting = check(`SELECT count(*) AS n FROM (\n${sql}\n) AS counted`, dependencies);
  const count = counting.ok ? await engine.run(counting.query, signal) : null;
  const total = count?.rows[0]?.[0];
  const totalRows = typeof total === 'number' ? total : null;
  const both = count ? { ...result, expense: addExpenses(result.expense, count.expense) } : result;
  return { result: both, truncated: totalRows !== rowCount, totalRows };
}

function makeEvidence(
  asked: Pick<Evidence, 'id' | 'question' | 'askedBy' | 'translator' | 'model' | 'narrative'>,
  interpretation: string,
  query: CheckedQuery,
  result: QueryResult,
  { engine, coverage, clock }: AskDependencies,
  started: number,
  language: LanguageCode,
): Evidence {
  return {
    id: asked.id,
    question: asked.question,
    askedBy: asked.askedBy,
    interpretation,
    sql: query.trino,
    tables: query.tables,
    asOf: engine.snapshot.asOf,
    snapshotId: engine.snapshot.snapshotId,
    origin: engine.snapshot.origin,
    engine: engine.name,
    queryId: result.queryId,
    rowCount: result.rows.length,
    resultHash: resultHash(result),
    translator: asked.translator,
    model: asked.model,
    narrative: asked.narrative,
    answeredAt: clock().toISOString(),
    elapsedMs: Math.round(performance.now() - started),
    scannedBytes: result.expense.scannedBytes,
    costUsd: result.expense.costUsd,
    queuedMs: result.expense.queuedMs,
    executionMs: result.expense.executionMs,
    reusedResult: result.expense.reused,
    coverage: coverage.coverage,
    coverageText: coverage.text[language],
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
