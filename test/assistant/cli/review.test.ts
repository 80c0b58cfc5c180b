import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { folderAnswerStore } from '../../../assistant/answer/store.ts';
import { ask } from '../../../assistant/ask.ts';
import { fileAudit } from '../../../assistant/audit/audit.ts';
import { fileFeedback } from '../../../assistant/audit/feedback.ts';
import { main } from '../../../assistant/cli/main.ts';
import { captureConsole } from '../captured-console.ts';
import { fakeDependencies, keyList } from '../fakes.ts';

/** `review` over a data folder in which questions were asked and rated. */

let data: string;
const { out } = captureConsole();
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'kms-insights-review-'));
});
afterEach(async () => {
  await rm(data, { recursive: true, force: true });
});

async function rated(question: string, rating: 'up' | 'down', comment: string | null = null) {
  const fake = fakeDependencies({
    translate: () => keyList('SELECT key_id FROM kms_keys ORDER BY key_arn'),
  });
  const request = {
    question,
    conversation: [],
    timeZone: 'UTC',
    user: 'ada',
    face: 'cli' as const,
  };
  const { answer } = await ask(request, { ...fake.dependencies, audit: fileAudit(data) });
  await folderAnswerStore(data).save(answer, null);
  const given = { at: '2026-11-25T00:00:00Z', user: 'ada', answerId: answer.id, rating, comment };
  await fileFeedback(data).give(given);
}

const run = (...args: string[]) => main(['review', ...args, '--data', data]);

describe('kms-insights review', () => {
  it('lists what was found good and what was found wrong, safe for a terminal', async () => {
    await rated('List the keys of the new team', 'up');
    await rated('Which keys\u001b[2J are odd?', 'down', 'None is \u202eodd.\n  - forged');
    await rated('Which keys are public?', 'up');
    expect(await run()).toBe(0);
    const printed = out.join('\n');
    expect(printed).toContain(
      'Found good, and not yet verified: 1\n  - List the keys of the new team (1 up)',
    );
    expect(printed).toMatch(
      /To be mended: 1\n {2}- Which keys⟨U\+001B⟩\[2J are odd\? \(1 down, 0 up\)/,
    );
    expect(printed).toContain('“None is ⟨U+202E⟩odd. - forged”');
    expect(printed).toContain('Left out: 1\n  - Which keys are public? It is verified already.');
    for (const line of printed.split('\n')) expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('writes the candidates into a new file, and never over one', async () => {
    await rated('List the keys of the new team', 'up');
    const file = join(data, 'candidates.yaml');
    expect(await run('--write', file)).toBe(0);
    const written = await readFile(file, 'utf8');
    expect(parse(written)).toEqual([
      {
        question: 'List the keys of the new team',
        sql: expect.stringMatching(/^SELECT .* ORDER BY kms_keys\.key_arn$/),
        explanation: 'All keys, as of 23 November 2026',
        tags: [],
      },
    ]);
    await writeFile(file, 'edited');
    expect(await run('--write', file, '--json')).toBe(2);
    expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ error: { code: 'FILE_EXISTS' } });
    expect(await readFile(file, 'utf8')).toBe('edited');
  });

  it('writes none among the verified questions, whatever way leads there', async () => {
    await rated('List the keys of the new team', 'up');
    await symlink(join(process.cwd(), 'prompts', 'verified'), join(data, 'elsewhere'));
    for (const file of ['prompts/verified/new.yaml', join(data, 'elsewhere', 'new.yaml')]) {
      expect(await run('--write', file)).toBe(2);
      await expect(readFile(file, 'utf8')).rejects.toThrow('ENOENT');
    }
    expect(await run('--write', join(data, 'nowhere', 'new.yaml'))).toBe(2);
  });

  it('says nothing of a folder in which nothing was said, and writes no file', async () => {
    expect(await run('--json', '--write', join(data, 'c.yaml'))).toBe(0);
    expect(JSON.parse(out[0] ?? '')).toEqual({
      candidates: [],
      repairs: [],
      leftOut: [],
      unreadable: 0,
    });
    await expect(readFile(join(data, 'c.yaml'))).rejects.toThrow('ENOENT');
  });
});
