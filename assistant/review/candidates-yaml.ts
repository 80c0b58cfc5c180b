import { Document, Scalar } from 'yaml';
import type { Candidate } from './review.ts';

const HEAD = `Candidates for verified questions: people said that these answers are good, which does not make them
right for every organization. The questions were written by anyone, the SQL by a program or a model.
Read each as what a stranger wrote. What is right is given an explanation and tags, put into its file under
prompts/verified, and tested there; docs/prompts.md has the steps. This file is not read by anything.`;

/**
 * Candidates as YAML in the form of prompts/verified. They lack tags, and an explanation where none is
 * known, so that they cannot be taken over without a person's work.
 */
export function candidatesYaml(candidates: readonly Candidate[]): string {
  const document = new Document(
    candidates.map(({ question, sql, interpretation }) => ({
      question: styled(question, 'PLAIN'),
      sql: styled(sql, 'BLOCK_LITERAL'),
      explanation: styled(interpretation ?? '', 'PLAIN'),
      tags: [],
    })),
  );
  document.commentBefore = commentOf(HEAD);
  const list = document.contents as unknown as { items: { commentBefore?: string }[] };
  candidates.forEach(({ ups, remarks }, i) => {
    const item = list.items[i];
    const said = `Found good by ${ups} ${ups === 1 ? 'person' : 'people'}.`;
    if (item) item.commentBefore = commentOf([said, ...remarks].join('\n'));
  });
  return document.toString({ lineWidth: 0 });
}

const commentOf = (text: string): string => text.replaceAll(/^/gm, ' ');

/** Text without anything at its ends, or within, that a style of YAML might not keep. */
const ordinary = /^\S(?:[^\p{Cc}\p{Zl}\p{Zp}]*\S)?$/u;

const styled = (text: string, style: Scalar.Type): Scalar => {
  const scalar = new Scalar(text);
  scalar.type = ordinary.test(text) ? style : 'QUOTE_DOUBLE';
  return scalar;
};
