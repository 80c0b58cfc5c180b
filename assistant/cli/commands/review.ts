import { realpath, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { folderAnswerStore } from '../../answer/store.ts';
import { readQuestions } from '../../audit/audit.ts';
import { readFeedback } from '../../audit/feedback.ts';
import { candidatesYaml } from '../../review/candidates-yaml.ts';
import { type Review, review } from '../../review/review.ts';
import { promptsFolder } from '../../translate/bedrock/shipped.ts';
import { readVerified } from '../../translate/bedrock/verified.ts';
import { CliError, type ExitCode, exitCode } from '../exit-codes.ts';
import { terminalSafe } from '../terminal.ts';

export interface ReviewOptions {
  readonly data: string;
  readonly write?: string;
  readonly json?: true;
}

/**
 * `kms-insights review`: lists what people said of answers; what was found good is written as candidates
 * for verified questions into a new file. The reviewer sees what was asked within any scope.
 */
export async function reviewCommand({ data, write, json }: ReviewOptions): Promise<ExitCode> {
  const verifiedFolder = join(promptsFolder(), 'verified');
  if (write !== undefined) await refuseVerified(write, verifiedFolder);
  const { entries, unreadable } = await readFeedback(data);
  const answers = folderAnswerStore(data);
  const reviewed = await review({
    feedback: entries,
    questions: await readQuestions(data),
    verified: await readVerified(verifiedFolder),
    interpretationOf: async (answerId) => {
      const answer = await answers.load(answerId, null);
      return answer?.status === 'answered' ? answer.interpretation : null;
    },
  });
  if (write !== undefined && reviewed.candidates.length > 0) await writeNew(write, reviewed);
  if (json) console.log(JSON.stringify({ ...reviewed, unreadable }));
  else print(reviewed, unreadable, write);
  return exitCode.ok;
}

/** A verified question is what a person has checked: nothing is put there by a program. */
async function refuseVerified(file: string, verifiedFolder: string): Promise<void> {
  const folder = await realpath(dirname(resolve(file))).catch(() => null);
  if (folder === null)
    throw new CliError(
      exitCode.refused,
      'BAD_OPTION',
      `The folder of ${file} does not exist.`,
      'Make it first, or name another file with --write.',
    );
  const verified = await realpath(verifiedFolder);
  if (folder !== verified && !folder.startsWith(verified + sep)) return;
  throw new CliError(
    exitCode.refused,
    'BAD_OPTION',
    `${basename(file)} would be a file of verified questions, which only people write.`,
    'Name a file elsewhere with --write, and take over from it what is right.',
  );
}

async function writeNew(file: string, { candidates }: Review): Promise<void> {
  try {
    await writeFile(file, candidatesYaml(candidates), { encoding: 'utf8', flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new CliError(
      exitCode.refused,
      'FILE_EXISTS',
      `${file} exists, and may have been edited.`,
      'Name another file with --write, or remove it.',
    );
  }
}

function print({ candidates, repairs, leftOut }: Review, unreadable: number, write?: string): void {
  const say = (text: string) => console.log(terminalSafe(text));
  say(`Found good, and not yet verified: ${candidates.length}`);
  for (const { question, sql, ups, remarks } of candidates) {
    say(`  - ${question} (${ups} up)`);
    say(`    ${sql}`);
    for (const remark of remarks) say(`    ${remark}`);
  }
  say(`To be mended: ${repairs.length}`);
  for (const { question, ups, downs, answers, isVerified } of repairs) {
    say(`  - ${question} (${downs} down, ${ups} up${isVerified ? ', verified' : ''})`);
    for (const { answerId, at, status, translator, sql, comments } of answers) {
      say(`    ${at} ${answerId} ${status} by ${translator}${sql === null ? '' : `: ${sql}`}`);
      for (const comment of comments) say(`      “${comment}”`);
    }
  }
  say(`Left out: ${leftOut.length}`);
  for (const { question, why } of leftOut) say(`  - ${question} ${why}`);
  if (unreadable > 0) say(`${unreadable} lines of the feedback could not be read.`);
  if (candidates.length === 0) return;
  say(
    write === undefined
      ? 'Write the candidates into a file with --write FILE.'
      : `The candidates are in ${write}: complete them, and move what is right to prompts/verified.`,
  );
}
