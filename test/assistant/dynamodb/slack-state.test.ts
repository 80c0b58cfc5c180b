import { beforeEach, describe, expect, it } from 'vitest';
import {
  fitting,
  tableConversations,
  tableReplays,
  tableUndelivered,
} from '../../../assistant/dynamodb/slack-state.ts';
import type { Table } from '../../../assistant/dynamodb/table.ts';
import { memoryTable } from './memory-table.ts';

const caller = { team: 'T1', channel: 'C1', user: 'U1' };
const turn = (question: string) => ({
  question,
  sql: 'SELECT 1',
  choices: ['List keys'],
  state: { plan: question },
});

let now: Date;
let table: Table;
const clock = () => now;
const pass = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
beforeEach(() => {
  now = new Date('2026-11-23T00:00:00Z');
  table = memoryTable(clock);
});

describe('requests of Slack', () => {
  it('come first once, as long as their signature counts', async () => {
    const replays = tableReplays(table, clock);
    expect(await replays.first('v0=a')).toBe(true);
    expect(await replays.first('v0=a')).toBe(false);
    expect(await replays.first('v0=b')).toBe(true);
    pass(10);
    expect(await replays.first('v0=a')).toBe(false);
    pass(1);
    expect(await replays.first('v0=a')).toBe(true);
  });
});

describe('what Slack did not take', () => {
  it('is told once, to who asked', async () => {
    const undelivered = tableUndelivered(table, clock);
    await undelivered.add(caller, 'How many keys?');
    expect(await undelivered.take({ ...caller, user: 'U2' })).toBeUndefined();
    expect(await undelivered.take(caller)).toBe('How many keys?');
    expect(await undelivered.take(caller)).toBeUndefined();
  });
});

describe('conversations', () => {
  it('go on from the latest answer for an hour, and from the answer of a button for a week', async () => {
    const conversations = tableConversations(table, clock);
    const first = await conversations.find(caller, 'latest');
    expect(first).toEqual({ answerId: null, turns: [] });
    await conversations.add(caller, first ?? expect.fail(), 'a1', turn('one'));
    const second = await conversations.find(caller, 'latest');
    expect(second).toEqual({ answerId: 'a1', turns: [turn('one')] });
    await conversations.add(caller, second ?? expect.fail(), 'a2', turn('two'));
    expect((await conversations.find(caller, 'latest'))?.turns).toEqual([turn('one'), turn('two')]);
    expect((await conversations.find(caller, { answerId: 'a1' }))?.turns).toEqual([turn('one')]);
    pass(61);
    expect(await conversations.find(caller, 'latest')).toEqual({ answerId: null, turns: [] });
    expect((await conversations.find(caller, { answerId: 'a2' }))?.answerId).toBe('a2');
    pass(7 * 24 * 60);
    expect(await conversations.find(caller, { answerId: 'a2' })).toBeUndefined();
  });

  it('are those of one caller in one channel', async () => {
    const conversations = tableConversations(table, clock);
    await conversations.add(caller, { answerId: null, turns: [] }, 'a1', turn('one'));
    for (const other of [
      { ...caller, user: 'U2' },
      { ...caller, channel: 'C2' },
      { ...caller, team: 'T2' },
    ]) {
      expect((await conversations.find(other, 'latest'))?.turns).toEqual([]);
      expect(await conversations.find(other, { answerId: 'a1' })).toBeUndefined();
    }
  });

  it('forget their oldest turns when there are many, or when they grow too large', async () => {
    const conversations = tableConversations(table, clock);
    const turns = Array.from({ length: 12 }, (_, i) => turn(String(i)));
    await conversations.add(caller, { answerId: null, turns: turns.slice(0, 11) }, 'a', turn('11'));
    expect((await conversations.find(caller, 'latest'))?.turns).toEqual(turns.slice(2));
    expect(fitting(['x'.repeat(150_000), 'y'.repeat(150_000), 'z'])).toEqual([
      'y'.repeat(150_000),
      'z',
    ]);
  });
});
