import { useCallback, useEffect, useReducer, useRef } from 'react';
import { fetchAnswer, linkedAnswer } from '../api/answers.ts';
import { ask as askServer } from '../api/ask.ts';
import type { Language } from '../messages/messages.ts';
import { keepForVisit, readVisit } from '../session/visit.ts';
import { browserStore } from '../settings/browserStore.ts';
import { addToHistory, clearHistory, readHistory, removeFromHistory } from './history.ts';
import { sharedTurn, storedTurns, type Turn, turnsReducer } from './turns.ts';

/** The turns on the page and what can be done with them. The functions never change. */
export interface Conversation {
  readonly turns: readonly Turn[];
  readonly running: boolean;
  /** Asks; does nothing while another question runs. */
  readonly ask: (question: string) => void;
  readonly stop: () => void;
  /** Asks a turn's question again, in its place. */
  readonly retry: (key: string, question: string) => void;
  /** Fetches the answer of an earlier visit. */
  readonly open: (key: string, id: string) => void;
  readonly clear: () => void;
  /** Forgets the questions of earlier visits. */
  readonly forget: () => void;
}

/** How many answers of an earlier visit are fetched without being asked for. */
const fetchedAtOnce = 3;

export function useConversation(language: Language): Conversation {
  const [turns, dispatch] = useReducer(turnsReducer, null, () => firstTurns());
  const current = useRef<AbortController | null>(null);
  const conversationId = useRef<string | undefined>(undefined);
  const spoken = useRef(language);
  spoken.current = language;

  const ask = useCallback((question: string): void => {
    const text = question.trim();
    if (text === '' || current.current) return;
    const controller = new AbortController();
    current.current = controller;
    const key = crypto.randomUUID?.() ?? `turn-${performance.now()}`;
    dispatch({ type: 'asked', key, question: text });
    const id = conversationId.current;
    askServer(
      {
        question: text,
        language: spoken.current,
        timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
        ...(id === undefined ? {} : { conversationId: id }),
      },
      (event) => {
        if (controller.signal.aborted) return;
        dispatch({ type: 'event', key, event });
        if (event.type !== 'done') return;
        conversationId.current = event.data.conversationId;
        if (event.data.status !== 'error') {
          addToHistory(browserStore, { id: event.data.id, question: text });
        }
      },
      controller.signal,
    ).then((failure) => {
      if (current.current === controller) current.current = null;
      if (failure?.kind === 'problem') {
        // The way to the sign-in leaves the page: the question waits in the box for the return.
        if (failure.problem.code === 'SIGN_IN' && readVisit('draft') === '') {
          keepForVisit('draft', text);
        }
        dispatch({ type: 'failed', key, problem: failure.problem });
      } else if (failure) dispatch({ type: 'stopped', key });
    });
  }, []);

  const stop = useCallback((): void => {
    current.current?.abort();
  }, []);

  const retry = useCallback(
    (key: string, question: string): void => {
      if (current.current) return;
      dispatch({ type: 'removed', key });
      ask(question);
    },
    [ask],
  );

  const open = useCallback((key: string, id: string): void => {
    dispatch({ type: 'fetching', key, id });
    fetchAnswer(id).then((answer) => {
      if (answer === 'failed') {
        dispatch({ type: 'unfetched', key, id });
        return;
      }
      if (answer === 'gone') {
        removeFromHistory(browserStore, id);
        dispatch({ type: 'gone', key });
      } else {
        dispatch({ type: 'fetched', key, answer });
        if (linkedHere() === id) addToHistory(browserStore, { id, question: answer.question });
      }
      if (linkedHere() === id) forgetLink();
    });
  }, []);

  const clear = useCallback((): void => {
    current.current?.abort();
    conversationId.current = undefined;
    clearHistory(browserStore);
    dispatch({ type: 'cleared' });
  }, []);

  const forget = useCallback((): void => {
    clearHistory(browserStore);
    dispatch({ type: 'forgotten' });
  }, []);

  useEffect(() => {
    for (const { key, state } of firstTurns().slice(-fetchedAtOnce)) {
      if ('id' in state) open(key, state.id);
    }
    return () => current.current?.abort();
  }, [open]);

  const running = turns.some((turn) => turn.state.kind === 'running');
  return { turns, running, ask, stop, retry, open, clear, forget };
}

const linkedHere = (): string | null => linkedAnswer(window.location.search);

/** The answers of earlier visits, and last the one to which a link led here. */
function firstTurns(): Turn[] {
  const linked = linkedHere();
  const stored = storedTurns(readHistory(browserStore).filter(({ id }) => id !== linked));
  return linked === null ? stored : [...stored, sharedTurn(linked)];
}

/** What was opened is among the earlier questions now: loading the page again need not open it again. */
function forgetLink(): void {
  const address = new URL(window.location.href);
  address.searchParams.delete('answer');
  window.history.replaceState(null, '', address);
}
