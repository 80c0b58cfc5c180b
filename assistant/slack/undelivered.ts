import type { Caller } from './access.ts';

/**
 * Remembers questions whose answers Slack did not take any more. Nothing else reaches the caller then, so
 * they are told with the next command.
 */
export interface Undelivered {
  readonly add: (caller: Caller, question: string) => Promise<void>;
  /** The last such question of the caller, which is forgotten with that. */
  readonly take: (caller: Caller) => Promise<string | undefined>;
}

export function memoryUndelivered(longest = 1_000): Undelivered {
  const questions = new Map<string, string>();
  const place = ({ team, channel, user }: Caller) => `${team}/${channel}/${user}`;
  return {
    add: async (caller, question) => {
      questions.delete(place(caller));
      questions.set(place(caller), question);
      const oldest = questions.keys().next().value;
      if (questions.size > longest && oldest !== undefined) questions.delete(oldest);
    },
    take: async (caller) => {
      const question = questions.get(place(caller));
      questions.delete(place(caller));
      return question;
    },
  };
}
