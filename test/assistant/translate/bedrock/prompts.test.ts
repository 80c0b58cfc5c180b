import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { functionNames } from '../../../../assistant/guard/functions/table.ts';
import { guard } from '../../../../assistant/guard/guard.ts';
import { readPrompt } from '../../../../assistant/translate/bedrock/prompt-files.ts';
import { readPrompts } from '../../../../assistant/translate/bedrock/prompts.ts';
import { promptHash } from '../../../../assistant/translate/bedrock/request.ts';
import { asOfLiteral } from '../../../../assistant/translate/bedrock/verified.ts';
import { concernKinds } from '../../../../collector/schema/concerns.ts';
import { relations } from '../../../../collector/schema/relations.ts';

const prompts = await readPrompts('prompts');
const asOf = new Date('2026-11-23T10:30:00Z');
const accepted = (sql: string) => {
  const result = guard(sql, { asOf, accountScope: null });
  return result.ok ? null : `${result.error.message} ${result.error.hint}`;
};

describe('the rules for SQL', () => {
  const code = [...prompts.rules.matchAll(/`([^`]+)`/g)].map((m) => m[1] ?? '');
  const columns = new Set(relations.flatMap((r) => [r.name, ...Object.keys(r.columns)]));

  it('name columns, tables and functions that exist', () => {
    const named = code.flatMap((text) =>
      [...text.replaceAll(/'[^']*'|\{as_of\}/g, ' ').matchAll(/\b[a-z]+(?:_[a-z]+)+\b/g)].map(
        (m) => m[0],
      ),
    );
    const refused = new Set(['current_date', 'current_timestamp']);
    const tools = new Set(['run_sql', 'look_up_values', 'ask_back']);
    expect(
      named.filter(
        (n) => !columns.has(n) && !functionNames.has(n) && !refused.has(n) && !tools.has(n),
      ),
    ).toEqual([]);
  });

  it('list functions that may be called', () => {
    const list = prompts.rules.slice(prompts.rules.indexOf('### Functions'));
    const names = [...list.matchAll(/\b[a-z]+(?:_[a-z]+)*(?=[,.])/g)].map((m) => m[0]);
    expect(names.length).toBeGreaterThan(50);
    expect(names.filter((n) => !functionNames.has(n))).toEqual([]);
  });

  /** Conditions on a table, each of which the rules give as the meaning of a word. */
  const conditions: readonly (readonly [string, string])[] = [
    ['kms_keys', "key_manager = 'CUSTOMER'"],
    ['kms_keys', 'days_unused >= N'],
    [
      'kms_keys',
      "(usage_status = 'USED' AND last_used_at <= M) OR (usage_status = 'NEVER_USED' AND created_at <= M) OR (usage_status = 'NO_RECORD' AND usage_tracked_since <= M)",
    ],
    ['kms_keys', "usage_status = 'NEVER_USED'"],
    ['key_permissions', "effect = 'Allow' AND is_effective"],
    ['key_permissions', "trust IN ('EXTERNAL', 'PUBLIC')"],
    ['key_permissions', "trust = 'EXTERNAL'"],
    ['key_permissions', "trust = 'PUBLIC'"],
    [
      'key_permissions',
      "principal_account <> account_id AND trust IN ('ORGANIZATION', 'EXTERNAL')",
    ],
    ['key_permissions', "arrays_overlap(access_levels, ARRAY['ENCRYPT', 'DECRYPT', 'SIGN'])"],
    ['kms_keys', 'policy_readable'],
    ['key_usage', "category = 'CRYPTO'"],
    ['key_usage', "category = 'MANAGEMENT'"],
    ['kms_keys', 'rotation_enabled = false'],
    ['kms_keys', "contains(concern_codes, 'CODE')"],
    ['kms_keys', "ou_path = 'X' OR starts_with(ou_path, 'X/')"],
    ['kms_keys', "contains(aliases, 'alias/name')"],
    ['kms_keys', 'cardinality(aliases) = 0'],
    ['kms_keys', 'cardinality(tags) = 0'],
    ['kms_keys', "tags IS NOT NULL AND element_at(tags, 'name') IS NULL"],
    ['kms_keys', "last_used_at >= {as_of} - INTERVAL '30' DAY"],
  ];
  it.each(conditions)('give a condition on %s that passes the guard: %s', (table, condition) => {
    expect(code).toContain(condition);
    const sql = condition
      .replaceAll(/\bN\b/g, '90')
      .replaceAll(/\bM\b|\{as_of\}/g, asOfLiteral(asOf));
    expect(accepted(`SELECT count(*) AS n FROM ${table} WHERE ${sql}`)).toBeNull();
  });

  it.each([
    'round(sum(monthly_cost_usd), 2)',
    'round(100.0e0 * count_if(condition) / nullif(count(*), 0), 1)',
    'round(avg(x), 1)',
    '1.0e0 * a / b',
  ])('give a computation that passes the guard: %s', (text) => {
    expect(code).toContain(text);
    const sql = text
      .replace('condition', 'rotation_enabled')
      .replace('avg(x)', 'avg(days_unused)')
      .replace('a / b', 'count(alias) / count(*)');
    expect(accepted(`SELECT ${sql} AS v FROM kms_keys`)).toBeNull();
  });

  it('name values that exist', () => {
    const values = new Set([
      ...relations.flatMap((r) =>
        Object.values(r.columns).flatMap((c) => c.values?.map((v) => v.value) ?? []),
      ),
      ...concernKinds.map((k) => k.code),
    ]);
    const named = code
      .flatMap((text) => [...text.matchAll(/'([A-Z][A-Z_]+|Allow)'/g)].map((m) => m[1] ?? ''))
      .filter((v) => v !== 'CODE');
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((v) => !values.has(v))).toEqual([]);
  });
});

describe('the prompts', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kms-insights-prompts-'));
    await cp('prompts', folder, { recursive: true });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('have a hash that changes with every text, and not with comments or line ends', async () => {
    const hash = async () =>
      promptHash(
        await readPrompt(join(folder, 'bedrock', 'instructions.yaml'), await readPrompts(folder)),
      );
    const unchanged = await hash();
    expect(unchanged).toMatch(/^[0-9a-f]{64}$/);
    const change = async (file: string, how: (text: string) => string) => {
      const before = await readFile(join(folder, file), 'utf8');
      await writeFile(join(folder, file), how(before));
      const changed = await hash();
      await writeFile(join(folder, file), before);
      return changed;
    };
    const cost = join('verified', 'cost.yaml');
    expect(await change(cost, (t) => `# A remark.\n${t}`)).toBe(unchanged);
    expect(await change('system.md', (t) => t.replaceAll('\n', '\r\n'))).toBe(unchanged);
    const hashes = await Promise.all([change('system.md', (t) => `${t}\nMore.`)]);
    hashes.push(await change('rules.md', (t) => t.replace('10,000', '9,999')));
    hashes.push(await change(cost, (t) => t.replace('total monthly', 'whole monthly')));
    hashes.push(await change(cost, (t) => t.replace('tags: [cost, total]', 'tags: [cost]')));
    const words = join('bedrock', 'instructions.yaml');
    hashes.push(await change(words, (t) => t.replace('Call no tool.', 'Call none.')));
    expect(new Set([...hashes, unchanged]).size).toBe(6);
  });

  it('are refused when one is missing or empty', async () => {
    await writeFile(join(folder, 'rules.md'), '\n');
    await expect(readPrompts(folder)).rejects.toThrow('rules.md is missing or empty');
    await rm(join(folder, 'system.md'));
    await expect(readPrompts(folder)).rejects.toThrow('is missing or empty');
    await expect(readPrompts('test/nowhere')).rejects.toThrow();
  });

  it('are short: what is sent with every question stays under 30,000 characters', () => {
    const { system, rules, schemaCard } = prompts;
    expect(system.length + rules.length + schemaCard.length).toBeLessThan(30_000);
  });
});
