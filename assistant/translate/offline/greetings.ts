import type { LanguageCode } from '../language.ts';

/**
 * What to say to a greeting or to thanks, which ask for nothing; null for anything else. What was answered
 * before stands, so that the next question may go on from it.
 */
export function greeted(question: string, language: LanguageCode): string | null {
  const text = question
    .normalize('NFKC')
    .trim()
    .replace(/[\s!.,。、！~♪😀-🙏]+$/u, '');
  const { hello, thanks, told } = said[language];
  if (hello.test(text)) return told.hello;
  return thanks.test(text) ? told.thanks : null;
}

const said = {
  en: {
    hello:
      /^(?:hi|hello|hey|howdy|good (?:morning|afternoon|evening|day)|greetings)(?:,? (?:there|all|everyone|team|kms insights))?$/i,
    thanks:
      /^(?:ok(?:ay)?,? |great,? |perfect,? |cool,? |nice,? )?(?:thanks?|thank you|thx|cheers|many thanks|thanks a lot|thank you (?:very|so) much)(?:,? (?:a lot|so much|very much|again|that(?:'s| is) (?:all|it|great|helpful|perfect)|that helps(?: a lot)?|all good|great|bye|for (?:the|your) help))?$|^(?:ok(?:ay)?|great|perfect|cool|nice|got it|understood|good|awesome|bye|goodbye|that(?:'s| is) (?:all|it|great|helpful|perfect)|that helps)(?:,? (?:got it|bye|good|great|cool))?$/i,
    told: {
      hello:
        'Hello. Ask about KMS keys, who may use them, when they were used, what they cost and what is wrong with them. For example:',
      thanks: 'You are welcome. The next question may go on from the last answer.',
    },
  },
  ja: {
    hello:
      /^(?:こんにちは|こんにちわ|こんばんは|おはよう(?:ございます)?|はじめまして|お疲れ様です|お疲れさまです|どうも|やあ)$/u,
    thanks:
      /^(?:(?:どうも)?ありがとう(?:ございます|ございました)?|助かりました|助かります|了解(?:です|しました)?|承知しました|わかりました|分かりました|OK(?:です)?|オッケー|なるほど|以上です)$/iu,
    told: {
      hello:
        'こんにちは。KMSキー、キーを使える人、使用状況、コスト、懸念事項について質問できます。例：',
      thanks: 'どういたしまして。次の質問は、直前の回答の続きとしても尋ねられます。',
    },
  },
} as const;
