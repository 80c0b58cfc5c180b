import type { AsideWords, Clause } from '../asides.ts';

/** What begins or makes a clause that asks or demands. */
const asks =
  /^(?:(?:hi|hello|hey|ok|so|and|but|now|please|also|then|just|quick question|question)[ ,!:]+)*(?:(?:i|we)(?:'d| would| do|'ll)? (?:just |only |really |urgently |also )?(?:need|want|like|have to (?:know|see|find|show|list)|must|look for|wonder)\b|(?:i am|i'm|we are|we're) (?:looking for|after|interested)|(?:can|could|would|will) (?:you|i|we|someone)\b|which|what|who|whose|how|when|where|why|is|are|was|were|do|does|did|has|have|had|any|list|show|give|tell|find|get|count|compare|rank|sort|group|break|explain|export|display|name|check|top|let me)\b/i;

/** Before such a word stands a clause of purpose: "for our walkthrough on Monday I need …". */
const purpose =
  /^((?:for|as part of|in preparation (?:of|for)|because of|due to|ahead of|before|after|during|in|with) (?:the|our|my|this|next|an?|tomorrow'?s|monday'?s|today'?s|your)\b[^,:;?!]*?)[ ,]+(?=(?:i|we)(?:'d| would)? (?:need|want|like|have to|must)\b|(?:can|could) (?:you|i|we)\b|please\b|which\b|how (?:many|much)\b|what\b|who\b|show\b|list\b|give\b)/i;

/** Before such words behind a comma or dash stands the question, behind them only what it is for. */
const behind =
  /(?:,| -+|;) (?=(?:so |and |but |because |as |since )?(?:i|we|he|she|they|it|this|that|my|our|nobody|someone|somebody|people)(?:'\w+)? (?!(?:use|used|can|could|may|own|have access|did|has used|have used)\b)\w)/i;

/** "…, needs to be in the report": what the answer is for. */
const marks = /(?<=[.!?;])\s+|\n+|(?<=\w):\s+|\s+-{1,2}\s+|\s*\(|\)[,.]?\s*/;

function clauses(question: string): readonly Clause[] {
  const sentences = question.split(marks).filter((s) => s.trim() !== '');
  return sentences.flatMap((sentence): readonly Clause[] => {
    const asked = /\?\s*$/.test(sentence);
    const [, before] = purpose.exec(sentence) ?? [];
    const rest =
      before === undefined ? sentence : sentence.slice(before.length).replace(/^[ ,]+/, '');
    const at = behind.exec(rest);
    const [main, after] =
      at && asks.test(rest)
        ? [rest.slice(0, at.index), rest.slice(at.index + at[0].length)]
        : [rest, undefined];
    return [
      ...(before === undefined ? [] : [{ text: before, asks: false }]),
      { text: main, asks: asked || asks.test(main) },
      ...(after === undefined ? [] : [{ text: after, asks: false }]),
    ];
  });
}

/** What an English question tells besides what it asks. */
export const englishAsides: AsideWords = {
  clauses,
  joined: (left) => left.map((text) => text.trim()).join(' '),
  pronoun:
    /\b(?:they|them|he|she|him|their|his|her|(?:that|this) (?:user|role|vendor|account|company|person|supplier|partner|firm|contractor|guy|one)(?:'s)?)\b/i,
  named: (pronoun, name) => (/^(?:their|his|her)$|'s$/i.test(pronoun) ? `${name}'s` : name),
  bounds:
    /\b(?:only|except|excluding|exclude|without|ignor\w+|skip\w*|leave out|not counting|not including|other than|apart from|besides|limit\w*|restrict\w*|focus\w*|care|interested|scope\w*|concentrat\w+|responsible|look after|own|manage|mean|i\.?e\.?|namely|such as|like|especially|mainly|mostly|include|including|consider|assum\w+|suppose|if)\b/i,
};
