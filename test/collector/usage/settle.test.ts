import { describe, expect, it } from 'vitest';
import type { LastUsage } from '../../../collector/usage/last-usage.ts';
import { cryptoOperations, validUse } from '../../../collector/usage/operations.ts';
import { settleUsage } from '../../../collector/usage/settle.ts';
import type { UsageEvent } from '../../../collector/usage/source.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 1, 0, minute));
const trackedSince = at(0);
const event = (part: Partial<UsageEvent>): UsageEvent => ({
  caller: 'role',
  operation: 'Decrypt',
  category: 'CRYPTO',
  last_event_at: at(1),
  username: 'me',
  user_identity_type: null,
  principal_arn: null,
  caller_account: null,
  source_ip: null,
  via_service: null,
  encryption_context: {},
  resource_arn: null,
  event_id: 'e-1',
  source: 'CLOUDTRAIL',
  ...part,
});
const used = (operation: string, minute: number, eventId: string | null): LastUsage => ({
  status: 'USED',
  trackedSince,
  lastUse: { at: at(minute), operation, eventId },
});
const unused = (status: LastUsage['status']): LastUsage => ({
  status,
  trackedSince,
  lastUse: null,
});
const all = validUse();

describe('the usage of a key, from all records', () => {
  it('keeps the last use that KMS knows when no event record has it', () => {
    const { events, lastUsage } = settleUsage(used('Decrypt', 5, 'old'), [], all);
    expect(lastUsage).toEqual(used('Decrypt', 5, 'old'));
    expect(events).toMatchObject([
      {
        source: 'KMS',
        operation: 'Decrypt',
        last_event_at: at(5),
        username: null,
        event_id: 'old',
      },
    ]);
  });

  it('has one row for a last use that both record', () => {
    const { events } = settleUsage(
      used('Decrypt', 5, 'e-1'),
      [event({ last_event_at: at(5) })],
      all,
    );
    expect(events).toMatchObject([{ source: 'CLOUDTRAIL', username: 'me' }]);
  });

  it('knows the time of the last use as exactly as KMS does', () => {
    const exact = new Date(at(5).getTime() + 123);
    const kms: LastUsage = {
      status: 'USED',
      trackedSince,
      lastUse: { at: exact, operation: 'Decrypt', eventId: 'e-1' },
    };
    expect(settleUsage(kms, [event({ last_event_at: at(5) })], all).lastUsage).toEqual(kms);
  });

  it('has one row per operation and caller, with the latest event', () => {
    const { events } = settleUsage(
      unused('NO_RECORD'),
      [
        event({ last_event_at: at(2), event_id: 'b' }),
        event({ last_event_at: at(3), event_id: 'a' }),
        event({ last_event_at: at(3), event_id: 'c' }),
        event({ caller: 'user' }),
        event({ operation: 'Encrypt' }),
      ],
      all,
    );
    expect(events.map((e) => `${e.operation} ${e.caller} ${e.event_id}`).sort()).toEqual([
      'Decrypt role c',
      'Decrypt user e-1',
      'Encrypt role e-1',
    ]);
  });

  it.each<[string, LastUsage, readonly UsageEvent[], Partial<LastUsage>]>([
    [
      'an event proves a use that KMS has no record of',
      unused('NEVER_USED'),
      [event({ last_event_at: at(7) })],
      { status: 'USED', lastUse: { at: at(7), operation: 'Decrypt', eventId: 'e-1' } },
    ],
    [
      'an event proves a use where KMS could not be asked',
      unused('UNKNOWN'),
      [event({})],
      { status: 'USED' },
    ],
    [
      'a change is no use',
      unused('NEVER_USED'),
      [event({ category: 'MANAGEMENT', operation: 'PutKeyPolicy' })],
      { status: 'NEVER_USED', lastUse: null },
    ],
    ['no event is no proof', unused('UNKNOWN'), [], { status: 'UNKNOWN', lastUse: null }],
    [
      'the later of two uses counts',
      used('Encrypt', 3, 'x'),
      [event({ last_event_at: at(9) })],
      { lastUse: { at: at(9), operation: 'Decrypt', eventId: 'e-1' } },
    ],
    [
      'an operation that is newer than this program counts',
      used('Transmogrify', 3, null),
      [],
      { status: 'USED', lastUse: { at: at(3), operation: 'Transmogrify', eventId: null } },
    ],
  ])('%s', (_, kms, events, expected) => {
    expect(settleUsage(kms, events, all).lastUsage).toMatchObject({ trackedSince, ...expected });
  });

  it('calls the last use unknown when the one on record does not count', () => {
    const onlyDecrypt = validUse(['kms:DECRYPT']);
    const { lastUsage, events } = settleUsage(used('Encrypt', 3, null), [], onlyDecrypt);
    expect(lastUsage).toEqual(unused('UNKNOWN'));
    expect(events).toHaveLength(1);
    expect(settleUsage(used('Encrypt', 3, null), [event({})], onlyDecrypt).lastUsage).toMatchObject(
      {
        status: 'USED',
        lastUse: { operation: 'Decrypt', at: at(1) },
      },
    );
  });
});

describe('the operations that count as use', () => {
  it('are all cryptographic ones unless some are named', () => {
    expect(cryptoOperations.every(all)).toBe(true);
    const some = validUse(['decrypt', 'kms:Sign']);
    expect(cryptoOperations.filter(some)).toEqual(['Decrypt', 'Sign']);
  });
  it('cannot be misspelt', () => {
    expect(() => validUse(['Decrypted'])).toThrow(/"Decrypted" is not a cryptographic operation/);
  });
});
