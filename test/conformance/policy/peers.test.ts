import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answers, askPeers } from './ask-peers.ts';
import {
  explain,
  LAXER_GRAMMAR,
  NARROWER_GRAMMAR,
  NEEDS_ARRAY,
  NOT_A_VALIDATOR,
  questions,
} from './explain.ts';
import { inputs } from './inputs.ts';
import { judge } from './ours.ts';
import { readings } from './readings.ts';

const policies = inputs().map((input) => ({ ...input, ours: judge(input.text) }));
let answers: Answers = {};

beforeAll(() => {
  answers = askPeers(policies.map(({ id, text }) => [id, text]));
}, 600_000);

const used = new Map<string, number>();

describe.each(Object.keys(questions))('asked about "%s"', (question) => {
  it('every difference is explained', () => {
    const unexplained: string[] = [];
    let agreed = 0;
    for (const { id, text, ours } of policies) {
      const answer = answers[id]?.[question];
      if (answer === undefined) throw new Error(`no answer for ${id}`);
      const why = explain(question, ours, answer);
      if (why === null) unexplained.push(`${id}: peer says ${JSON.stringify(answer)}\n  ${text}`);
      else if (why.length === 0) agreed += 1;
      for (const name of why ?? []) used.set(name, (used.get(name) ?? 0) + 1);
    }
    console.log(`${question}: ${agreed} of ${policies.length} policies judged alike`);
    expect(unexplained.join('\n')).toBe('');
  });
});

describe('each explanation', () => {
  const names = [
    ...new Set([
      ...Object.values(readings).flatMap((list) => list.map((r) => r.name)),
      NOT_A_VALIDATOR,
      NEEDS_ARRAY,
      LAXER_GRAMMAR,
      NARROWER_GRAMMAR,
    ]),
  ];
  const page = readFileSync(new URL('../../../docs/policy-peers.md', import.meta.url), 'utf8');

  it.each(names)('"%s" is a section of docs/policy-peers.md, and is needed', (name) => {
    expect(page).toContain(`### ${name}\n`);
    expect(used.get(name) ?? 0).toBeGreaterThan(0);
  });

  it('on the page is one of these', () => {
    const sections = [...page.matchAll(/^### (.+)$/gm)].map((m) => m[1]);
    expect(sections.sort()).toEqual(names.sort());
  });
});
