import type { AskEvent } from '../../../assistant/server/api.ts';
import type { Problem } from '../api/problem.ts';
import type { HistoryEntry } from './history.ts';
import { advance, complete, type Progress, type ShownAnswer } from './progress.ts';

/** Where one question stands. */
export type TurnState =
  | { readonly kind: 'running'; readonly progress: Progress }
  | { readonly kind: 'settled'; readonly answer: ShownAnswer }
  | { readonly kind: 'failed'; readonly problem: Problem }
  | { readonly kind: 'stopped' }
  /** Known from before the page was loaded, not fetched yet. */
  | { readonly kind: 'stored'; readonly id: string }
  | { readonly kind: 'fetching'; readonly id: string }
  | { readonly kind: 'unfetched'; readonly id: string }
  | { readonly kind: 'gone' };

export interface Turn {
  readonly key: string;
  readonly question: string;
  /** Asked before the page was loaded, in a conversation that is over. */
  readonly earlier: boolean;
  /** Opened by a link to it; its question is not known until it is fetched. */
  readonly shared?: true;
  readonly state: TurnState;
}

export type TurnAction =
  | { readonly type: 'asked'; readonly key: string; readonly question: string }
  | { readonly type: 'event'; readonly key: string; readonly event: AskEvent }
  | { readonly type: 'failed'; readonly key: string; readonly problem: Problem }
  | { readonly type: 'stopped'; readonly key: string }
  | { readonly type: 'fetching'; readonly key: string; readonly id: string }
  | { readonly type: 'fetched'; readonly key: string; readonly answer: ShownAnswer }
  | { readonly type: 'unfetched'; readonly key: string; readonly id: string }
  | { readonly type: 'gone'; readonly key: string }
  | { readonly type: 'removed'; readonly key: string }
  /** The questions of earlier visits are forgotten; what a link led to stays. */
  | { readonly type: 'forgotten' }
  | { readonly type: 'cleared' };

/** The turns with which the page opens. */
export function storedTurns(history: readonly HistoryEntry[]): Turn[] {
  return history.map(({ id, question }) => ({
    key: `stored-${id}`,
    question,
    earlier: true,
    state: { kind: 'stored', id },
  }));
}

/** The turn of an answer to which a link led. */
export function sharedTurn(id: string): Turn {
  return {
    key: `shared-${id}`,
    question: '',
    earlier: true,
    shared: true,
    state: { kind: 'fetching', id },
  };
}

/** The turns after something happened. Events for a turn that no longer runs are ignored. */
export function turnsReducer(turns: readonly Turn[], action: TurnAction): readonly Turn[] {
  switch (action.type) {
    case 'asked':
      return [
        ...turns,
        {
          key: action.key,
          question: action.question,
          earlier: false,
          state: { kind: 'running', progress: {} },
        },
      ];
    case 'event':
      return change(turns, action.key, (turn) => afterEvent(turn, action.event));
    case 'failed':
      return change(turns, action.key, ({ state }) =>
        state.kind === 'running'
          ? // What the server itself said of the failure tells more than that the stream ended.
            { kind: 'failed', problem: state.progress.error ?? action.problem }
          : state,
      );
    case 'stopped':
      return change(turns, action.key, (turn) =>
        turn.state.kind === 'running' ? { kind: 'stopped' } : turn.state,
      );
    case 'fetching':
      return change(turns, action.key, () => ({ kind: 'fetching', id: action.id }));
    case 'fetched':
      return turns.map((turn) =>
        turn.key === action.key
          ? {
              ...turn,
              question: action.answer.question,
              state: { kind: 'settled', answer: action.answer },
            }
          : turn,
      );
    case 'unfetched':
      return change(turns, action.key, () => ({ kind: 'unfetched', id: action.id }));
    case 'gone':
      return change(turns, action.key, () => ({ kind: 'gone' }));
    case 'removed':
      return turns.filter((turn) => turn.key !== action.key);
    case 'forgotten':
      return turns.filter((turn) => !turn.earlier || turn.shared);
    case 'cleared':
      return [];
  }
}

function change(
  turns: readonly Turn[],
  key: string,
  state: (turn: Turn) => TurnState,
): readonly Turn[] {
  return turns.map((turn) => (turn.key === key ? { ...turn, state: state(turn) } : turn));
}

function afterEvent(turn: Turn, event: AskEvent): TurnState {
  if (turn.state.kind !== 'running') return turn.state;
  if (event.type !== 'done') {
    return { kind: 'running', progress: advance(turn.state.progress, event) };
  }
  const result = complete(turn.question, turn.state.progress, event.data);
  return 'status' in result
    ? { kind: 'settled', answer: result }
    : { kind: 'failed', problem: result };
}
