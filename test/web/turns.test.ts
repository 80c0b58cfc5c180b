import { describe, expect, it } from 'vitest';
import type { AskEvent } from '../../assistant/server/api.ts';
import { announcement } from '../../web/src/conversation/announcement.ts';
import { advance, complete, type Progress, stageOf } from '../../web/src/conversation/progress.ts';
import {
  sharedTurn,
  storedTurns,
  type Turn,
  turnsReducer,
} from '../../web/src/conversation/turns.ts';
import { messagesOf } from '../../web/src/messages/messages.ts';
import { answered } from './answers.ts';

const events = Object.entries(answered).map(([type, data]) => ({ type, data }) as AskEvent);

function play(...played: AskEvent[]): readonly Turn[] {
  const start = turnsReducer([], { type: 'asked', key: 'k', question: 'q' });
  return played.reduce(
    (turns, event) => turnsReducer(turns, { type: 'event', key: 'k', event }),
    start,
  );
}

describe('the stage shown while an answer is on its way', () => {
  it('moves on with what has arrived', () => {
    let progress: Progress = {};
    const stages = [stageOf(progress)];
    for (const event of events.slice(0, 3)) {
      if (event.type !== 'done') progress = advance(progress, event);
      stages.push(stageOf(progress));
    }
    expect(stages).toEqual(['understanding', 'checking', 'running', 'answering']);
  });
});

describe('completing an answer', () => {
  it('puts the events together', () => {
    expect(play(...events)[0]?.state).toMatchObject({
      kind: 'settled',
      answer: {
        id: 'a1',
        status: 'answered',
        summary: answered.summary.text,
        rows: answered.rows.rows,
        chart: answered.chart,
        followUps: ['And per account?'],
      },
    });
  });

  it.each(['interpretation', 'sql', 'rows', 'summary', 'evidence'])(
    'claims nothing without %s',
    (missing) => {
      const state = play(...events.filter(({ type }) => type !== missing))[0]?.state;
      expect(state).toMatchObject({ kind: 'failed', problem: { code: 'INTERRUPTED' } });
    },
  );

  it.each(['clarify', 'declined', 'error'] as const)(
    'claims nothing for %s without its event',
    (status) => {
      expect(complete('q', {}, { ...answered.done, status })).toMatchObject({
        code: 'INTERRUPTED',
      });
    },
  );

  it('drops rows that came before an error', () => {
    const error = { code: 'TIMEOUT', message: 'too long', hint: 'narrow it' };
    const answer = complete(
      'q',
      { rows: answered.rows, error },
      { ...answered.done, status: 'error' },
    );
    expect(answer).toEqual({ id: 'a1', question: 'q', status: 'error', error });
  });
});

describe('turns', () => {
  it('ignore events that come after the stop', () => {
    const stopped = turnsReducer(play(), { type: 'stopped', key: 'k' });
    const later = events.reduce(
      (turns, event) => turnsReducer(turns, { type: 'event', key: 'k', event }),
      stopped,
    );
    expect(later[0]?.state).toEqual({ kind: 'stopped' });
  });

  it('keep a settled answer when the connection fails afterwards', () => {
    const problem = { code: 'X', message: '', hint: '' };
    const turns = turnsReducer(play(...events), { type: 'failed', key: 'k', problem });
    expect(turns[0]?.state.kind).toBe('settled');
  });

  it('report what the server said when the connection fails right after', () => {
    const error = { code: 'INTERNAL', message: 'It broke.', hint: 'Look at the log.' };
    const problem = { code: 'INTERRUPTED', message: '', hint: '' };
    const told = play({ type: 'error', data: error });
    const turns = turnsReducer(told, { type: 'failed', key: 'k', problem });
    expect(turns[0]?.state).toEqual({ kind: 'failed', problem: error });
  });

  it('open with the stored questions, to be fetched', () => {
    expect(storedTurns([{ id: 'a1', question: 'q' }])).toEqual([
      { key: 'stored-a1', question: 'q', earlier: true, state: { kind: 'stored', id: 'a1' } },
    ]);
  });
});

describe('an answer to which a link led', () => {
  const answer = () => {
    const state = play(...events)[0]?.state;
    if (state?.kind !== 'settled') throw new Error('expected an answer');
    return state.answer;
  };

  it('has the question of the answer once it is there, and is told to a screen reader', () => {
    const { key } = sharedTurn('a1');
    const turns = turnsReducer([sharedTurn('a1')], { type: 'fetched', key, answer: answer() });
    expect(turns[0]).toMatchObject({ question: 'q', earlier: true, shared: true });
    expect(announcement(turns[0], messagesOf('en'))).toContain(answered.summary.text);
  });

  it('stays when the questions of another user are forgotten', () => {
    const stored = storedTurns([{ id: 'a0', question: 'q' }]);
    const turns = [...stored, sharedTurn('a1'), ...play()];
    expect(turnsReducer(turns, { type: 'forgotten' }).map(({ key }) => key)).toEqual([
      'shared-a1',
      'k',
    ]);
  });
});

describe('what a screen reader is told', () => {
  const messages = messagesOf('en');
  const told = (turns: readonly Turn[]): string => announcement(turns.at(-1), messages);

  it('is the headline of the answer and the words of a model, and not its rows', () => {
    expect(told(play())).toBe(messages.announceRunning);
    expect(told(play(...events))).toBe(`${answered.summary.text} ${answered.narrative.text}`);
  });

  it('is nothing for an answer of an earlier visit', () => {
    const state = play(...events)[0]?.state;
    if (state?.kind !== 'settled') throw new Error('expected an answer');
    expect(told([{ key: 'k', question: 'q', earlier: true, state }])).toBe('');
  });
});
