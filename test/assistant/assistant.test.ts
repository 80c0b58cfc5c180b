import { expect, it } from 'vitest';
import type { AskDependencies } from '../../assistant/ask.ts';
import { type Assistant, openedMeanwhile } from '../../assistant/assistant.ts';

const records = { answers: {}, feedback: {}, auditLog: {} } as unknown as Pick<
  Assistant,
  'answers' | 'feedback' | 'auditLog'
>;
const opened = (dependencies: AskDependencies): Assistant => ({
  ...records,
  dependencies: async () => dependencies,
  close: async () => {},
});
const dependencies = {} as AskDependencies;

it('is there before its engine is opened, for which only questions wait', async () => {
  let open: (assistant: Assistant) => void = () => {};
  const opening = new Promise<Assistant>((done) => {
    open = done;
  });
  const assistant = openedMeanwhile(records, () => opening);
  expect(assistant.answers).toBe(records.answers);
  const asked = assistant.dependencies();
  expect(await Promise.race([asked, 'waits'])).toBe('waits');
  open(opened(dependencies));
  expect(await asked).toBe(dependencies);
});

it('tells each who asks why it could not be opened, and tries again', async () => {
  let tries = 0;
  const assistant = openedMeanwhile(records, async () => {
    tries += 1;
    if (tries < 3) throw new Error(`try ${tries}`);
    return opened(dependencies);
  });
  await expect(assistant.dependencies()).rejects.toThrow('try 1');
  await expect(assistant.dependencies()).rejects.toThrow('try 2');
  expect(await assistant.dependencies()).toBe(dependencies);
  expect(await assistant.dependencies()).toBe(dependencies);
  expect(tries).toBe(3);
});
