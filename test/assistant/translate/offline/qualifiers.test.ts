import { describe, expect, it } from 'vitest';
import { createOfflineTranslator } from '../../../../assistant/translate/offline/offline.ts';
import type { Turn } from '../../../../assistant/translate/translator.ts';
import { exampleValues, request } from './example-data.ts';

const translator = createOfflineTranslator(exampleValues);

async function sqlOf(question: string, conversation: readonly Turn[] = []): Promise<string | null> {
  const translation = await translator.translate(request(question, conversation));
  return translation.kind === 'query' ? translation.sql : null;
}

async function continued(first: string, then: string): Promise<string | null> {
  const translation = await translator.translate(request(first));
  if (translation.kind !== 'query') throw new Error(first);
  return sqlOf(then, [{ question: first, sql: translation.sql, state: translation.state }]);
}

describe('a qualifier never vanishes', () => {
  it.each<[question: string, without: string]>([
    ['keys with cross-account access inside the organization', 'keys with cross-account access'],
    ['keys with cross-account access in our organization', 'keys with cross-account access'],
    ['how many cross-account keys within the organization', 'how many cross-account keys'],
    ['keys accessible by IAM users in the organization', 'keys accessible by IAM users'],
    ['keys with grants in the organization', 'keys with grants'],
    ['keys that only role deploy can use', 'keys that role deploy can use'],
    ['keys accessible by external accounts only', 'keys accessible by external accounts'],
    ['keys with external access through grants only', 'keys with external access through grants'],
    ['keys with only external access', 'keys with external access'],
    ['accounts with keys in all regions', 'accounts with keys'],
    ['accounts with keys in every region', 'accounts with keys'],
    ['which accounts have only AWS managed keys', 'which accounts have AWS managed keys'],
    ['which accounts have all keys disabled', 'which accounts have keys disabled'],
    ['which regions have only disabled keys', 'which regions have disabled keys'],
    ['which regions have all keys disabled', 'which regions have keys disabled'],
    ['who can use all keys', 'who can use keys'],
    ['who used all keys in Tokyo', 'who used keys in Tokyo'],
    ['accounts with keys in Tokyo and Ireland', 'accounts with keys in Tokyo or Ireland'],
    ['keys with concerns other than overly permissive', 'keys that are not overly permissive'],
    ['which of these keys are disabled?', 'which keys are disabled?'],
    ['how many of those keys are disabled?', 'how many keys are disabled?'],
    ['which roles used alias/orders', 'who used alias/orders'],
    ['who else used alias/orders', 'who used alias/orders'],
    ['who can delete alias/orders', 'who can administer alias/orders'],
    ['keys outside the organization', 'keys in the organization'],
    ['keys not in any region', 'keys in any region'],
    ['what kind of keys do we have', 'what keys do we have'],
  ])('%s', async (question, without) => {
    expect(await sqlOf(without)).not.toBeNull();
    expect(await sqlOf(question)).not.toBe(await sqlOf(without));
  });

  it.each([
    ['how many keys in the organization are disabled', 'how many keys are disabled'],
    ['keys with external access in our organization', 'keys with external access'],
    ['only disabled keys in us-east-1 only', 'disabled keys in us-east-1'],
    ['how many accounts in the organization', 'how many accounts'],
  ])('and what changes nothing may stand: %s', async (question, same) => {
    expect(await sqlOf(question)).toBe(await sqlOf(same));
    expect(await sqlOf(same)).not.toBeNull();
  });

  it('in a follow-up either', async () => {
    expect(await continued('disabled keys in Frankfurt', 'and in all regions?')).toBe(
      await sqlOf('disabled keys'),
    );
    expect(await continued('keys with external access', 'which of these keys are disabled?')).toBe(
      await sqlOf('keys with external access that are disabled'),
    );
  });
});

describe('what was said before gives way', () => {
  it.each([
    ['disabled keys in Frankfurt', 'also in Tokyo', 'disabled keys in Frankfurt or Tokyo'],
    ['keys with external access', 'and without external access?', 'keys without external access'],
    ['keys unused for 90 days', 'unused for 30 days instead', 'keys unused for 30 days'],
  ])('%s, %s', async (first, then, same) => {
    expect(await sqlOf(same)).not.toBeNull();
    expect(await continued(first, then)).toBe(await sqlOf(same));
  });
});

describe('what lies ahead is not asked of the past', () => {
  it.each([
    'keys deleted last month',
    'keys not rotated within 90 days',
    'keys rotated in the last 90 days',
    'keys that will be deleted last year',
  ])('%s', async (question) => {
    expect(await sqlOf(question)).toBeNull();
  });
});

describe('what was done is asked of the events', () => {
  it.each([
    'keys scheduled for deletion since March',
    'keys scheduled for deletion in the last 7 days',
  ])('%s', async (question) => {
    const sql = await sqlOf(question);
    expect(sql).toContain("operation = 'ScheduleKeyDeletion'");
    expect(sql).not.toContain('deletion_at');
  });
});

describe('a question back', () => {
  it.each([
    ['percentage of disabled keys in Frankfurt'],
    ['keys that external accounts cannot zorbly'],
    ['keys not used by s3 and rds'],
    ['keys that will never be deleted in the next 30 days'],
  ])('is asked, and never with the opposite to choose: %s', async (question) => {
    const translation = await translator.translate(request(question));
    expect(translation.kind).not.toBe('query');
    if (translation.kind !== 'clarify' || !/\b(not|never|cannot)\b/.test(question)) return;
    for (const choice of translation.choices) expect(choice).toMatch(/\bnot\b|\bno\b/);
  });
});

describe('who is asked for', () => {
  it.each([
    'which external accounts can decrypt',
    'which IAM users can administer',
    'who can sign',
  ])('is answered with permissions, not with keys: %s', async (question) => {
    expect(await sqlOf(question)).toMatch(/FROM kms_insights\.key_permissions p\b/);
  });
});

describe('words joined by a slash', () => {
  it('are not taken for conditions that both hold', async () => {
    expect(await sqlOf('public/disabled keys')).toBeNull();
    expect(await sqlOf('public disabled keys')).not.toBeNull();
  });
});
