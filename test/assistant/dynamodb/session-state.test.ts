import { describe, expect, it } from 'vitest';
import { memoryCounter } from '../../../assistant/auth/rate-limit.ts';
import { memoryVault } from '../../../assistant/auth/vault.ts';
import { tableCounter, tableTurns, tableVault } from '../../../assistant/dynamodb/session-state.ts';
import { memoryConversations } from '../../../assistant/server/conversations.ts';
import { memoryTable } from './memory-table.ts';

/** What is remembered of people, in memory and in a table. */

let now = new Date('2026-11-23T00:00:00Z');
const clock = () => now;
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const turn = (question: string) => ({ question, sql: null, choices: ['List keys'], state: null });

describe.each([
  ['in memory', () => memoryVault(clock)],
  ['in a table', () => tableVault(memoryTable(clock))],
])('a vault %s', (_, open) => {
  it('keeps values until they expire, and gives what is taken once', async () => {
    const vault = open();
    await vault.put('a', { x: 1 }, later(60));
    expect(await vault.get('a')).toEqual({ x: 1 });
    expect(await vault.get('b')).toBeUndefined();
    expect(await vault.take('a')).toEqual({ x: 1 });
    expect(await vault.take('a')).toBeUndefined();
    await vault.put('a', 2, later(60));
    now = later(61);
    expect(await vault.get('a')).toBeUndefined();
  });

  it('replaces what is still as it was got, and brings back nothing that was taken', async () => {
    const vault = open();
    await vault.put('a', { at: now, x: 1 }, later(60));
    const [mine, other] = [await vault.get('a'), await vault.get('a')];
    expect(await vault.replace('a', mine, { x: 2 }, later(60))).toBe(true);
    expect(await vault.replace('a', other, { x: 3 }, later(60))).toBe(false);
    expect(await vault.get('a')).toEqual({ x: 2 });
    const last = await vault.take('a');
    expect(await vault.replace('a', last, { x: 4 }, later(60))).toBe(false);
    expect(await vault.get('a')).toBeUndefined();
  });
});

describe.each([
  ['in memory', () => memoryCounter(clock)],
  ['in a table', () => tableCounter(memoryTable(clock))],
])('a counter %s', (_, open) => {
  it('counts each key for itself, as far as it may', async () => {
    const counter = open();
    const counts = [];
    for (let i = 0; i < 3; i += 1) counts.push(await counter.count('a', 2, later(60)));
    counts.push(await counter.count('b', 2, later(60)));
    expect(counts).toEqual([1, 2, null, 1]);
  });
});

describe.each([
  ['in memory', () => memoryConversations()],
  ['in a table', () => tableTurns(memoryTable(clock), clock)],
])('conversations %s', (_, open) => {
  it('go on for their owner, and for nobody else', async () => {
    const conversations = open();
    const first = await conversations.open('ann', undefined);
    await conversations.add('ann', first, turn('one'));
    const again = await conversations.open('ann', first.id);
    expect(again).toEqual({ id: first.id, turns: [turn('one')] });
    await conversations.add('ann', again, turn('two'));
    expect((await conversations.open('ann', first.id)).turns).toEqual([turn('one'), turn('two')]);
    const other = await conversations.open('bob', first.id);
    expect(other.id).not.toBe(first.id);
    expect(other.turns).toEqual([]);
  });

  it('lose nothing of two questions that ran side by side', async () => {
    const conversations = open();
    const begun = await conversations.open('ann', undefined);
    await conversations.add('ann', begun, turn('one'));
    await conversations.add('ann', begun, turn('two'));
    expect((await conversations.open('ann', begun.id)).turns).toEqual([turn('one'), turn('two')]);
  });
});
