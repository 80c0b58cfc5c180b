import type { AsideWords, Clause } from '../asides.ts';

/** What the asker wants to be told, and not what he wants to do. */
const wanting =
  "(?:i|we)(?:'d| would| do|'ll| will)? (?:just |only |really |urgently |quickly |also )*(?:(?:need|want|like|love|have|wish)(?= to (?:know|see|find|get|have|list|count|check|identify|compare|look|be told|understand (?:which|what|who|how|where|when|why|whether|if))\\b)|(?:need|want)(?! (?:to|it|this|that|them|these)\\b)|(?:must|have to) (?:know|see|find|list|get|count|check|identify|compare)\\b|like(?! to\\b)|look for|wonder)\\b";

/** What begins or makes a clause that asks or demands. */
const asks = new RegExp(
  `^(?:(?:hi|hello|hey|ok|so|and|but|now|please|also|then|just|quick question|question)[ ,!:]+)*(?:${wanting}|(?:i am|i'm|we are|we're) (?:looking for|after|interested)|(?:need|want)\\b(?! (?:it|this|that|them)\\b)|(?:can|could|would|will) (?:you|i|we|someone)\\b|which|what|who|whose|how|when|where|why|is|are|was|were|do|does|did|has|have|had|any|list|show|give|tell|find|get|count|compare|rank|sort|group|break|explain|export|display|name|check|top|let me)\\b`,
  'i',
);

/** Before such a word stands a clause of purpose: "for our walkthrough on Monday I need …". */
const purpose =
  /^((?:(?:hi|hello|hey|dear|good morning|good afternoon|ok|so)(?: all| team| there| everyone| colleagues| \w+)?[ ,!]+)?(?:for|as part of|in preparation (?:of|for)|to prepare(?: for)?|because of|due to|ahead of|before|after|during|in|with) (?:the|our|my|this|next|an?|tomorrow'?s|monday'?s|today'?s|your)\b[^,:;?!]*?)([ ,]+)(?=(?:i|we)(?:'d| would)? (?:need|want|like|have to|must)\b|(?:can|could) (?:you|i|we)\b|please\b|which\b|how (?:many|much)\b|what\b|who\b|show\b|list\b|give\b)/i;

/** What says of a time that it is that of what the answer is for. */
const isPurpose =
  /^(?:(?:hi|hello|hey|dear|good morning|good afternoon|ok|so)(?: all| team| there| everyone| colleagues| \w+)?[ ,!]+)?(?:for|as part of|in preparation (?:of|for)|to prepare|because of|due to|ahead of|before) (?:the|our|my|an?|tomorrow'?s|monday'?s|today'?s|your|this|next)\b/i;

/** "I am on call and need to know …": who asks stands before what he asks. */
const introduced =
  /^((?:(?:hi|hello|hey)[ ,!]+)?(?:i'?m|i am|we'?re|we are|i|we|my|our|the|this is)\b[^,:;?!]*?)(,? (?:and|so) )(?=(?:i |we )?(?:now |really |urgently |quickly |just |therefore )*(?:need|want|have|would like|'d like) to (?:know|see|find out|check|list|get)\b)/i;

/** What people say of themselves, of others and of the matter. */
const someoneSays =
  "(?:i|we|he|she|they|it|this|that|nobody|someone|somebody|people|everyone)(?:'\\w+)?|(?:the|our|my|their) (?:[\\w-]+ ){1,3}?(?:is|are|was|were|will|would|wants?|wanted|needs?|needed|asks?|asked|has|have|had|says?|said|keeps?|thinks?|expects?|expected|complain\\w*|insists?|claims?|left|leaves|found)\\b|(?:legal|finance|management|compliance|procurement|hr|internal audit) (?:is|are|was|wants?|needs?|asks?|asked|complain\\w*|keeps?|keep)\\b|(?:my|our)";

/** What begins a question behind a statement: "sorry to bother you, any key …". */
const questions =
  '(?:which|what|who|whose|how (?:many|much|old|fresh)|where|when|any|is there|are there|do we|does|can you|could you|please)\\b';

/** Behind a comma or dash stands what the question before it is for. */
const behind = new RegExp(
  `(?:,| -+|;) (?=(?:so |and |but |because |as |since )?(?:${someoneSays}) (?!(?:use|used|can|could|may|own|have access|did|has used|have used|are|is)\\b(?! (?:supposed|waiting|asking|leaving|moving|migrating|going|planning|preparing|new|in|on|a|an|the|not|about|due|being|needed|urgent)\\b))\\w)|,? (?=because (?:i|we|he|she|they|it|this|that|the|our|my)\\b)|,? (?=(?:so|so that|in order that) (?:i|we) can\\b)|,? (?=in order to\\b)|, (?=(?:we|i)(?:'re|'m| are| am) (?!using\\b)\\w+ing\\b)|, (?:but |so )?(?=${questions})`,
  'i',
);

/** "Hi, I'm preparing …": all one. */
const greeting = /^\s*(?:hi|hello|hey|good \w+|ok(?:ay)?|sorry|please|so|well)(?: \w+)?\s*$/i;

/** What stands between sentences and parts of sentences. */
const marks =
  /((?<=(?<!\b(?:e\.g|i\.e|vs|incl|approx|no|etc))[.!?;…])\s+|\n+|(?<=\w)\s*:\s+|\s+[-–—]{1,2}\s+|—|\s*\(|\)[,.]?\s*)/i;

function clauses(question: string): readonly Clause[] {
  const [first = '', ...more] = question.normalize('NFKC').replaceAll(/[‘’]/g, "'").split(marks);
  const sentences = [first, ...more.filter((_, i) => i % 2 === 1)].map((text, i) => ({
    text,
    mark: more[2 * i],
  }));
  return sentences.flatMap(({ text, mark }) =>
    text.trim() === ''
      ? []
      : parts(text).map((part, i, all) => (all[i + 1] ? part : at(part, mark))),
  );
}

const at = (clause: Clause, mark: string | undefined): Clause =>
  mark === undefined ? clause : { ...clause, mark };

/** What a sentence tells before and behind what it asks. */
function parts(sentence: string): readonly Clause[] {
  const asked = /\?\s*$/.test(sentence);
  const [led = '', before, between = ''] =
    purpose.exec(sentence) ?? introduced.exec(sentence) ?? [];
  const rest = sentence.slice(led.length);
  const found = parting(rest);
  const [main, after] = found
    ? [rest.slice(0, found.index), rest.slice(found.index + found[0].length)]
    : [rest, undefined];
  return [
    ...(before === undefined ? [] : [{ ...told(before), mark: between }]),
    {
      ...(isPurpose.test(main) ? { purpose: true as const } : {}),
      text: main,
      asks: (asked && after === undefined) || asks.test(main),
      ...(found ? { mark: found[0] } : {}),
    },
    ...(after === undefined ? [] : [{ ...told(after), asks: asks.test(after) }]),
  ];
}

/** Where what tells and what asks are parted within a sentence. */
function parting(sentence: string): RegExpExecArray | null {
  const found = behind.exec(sentence);
  if (!found) return null;
  const main = sentence.slice(0, found.index);
  const asksBehind = new RegExp(`^${questions}`, 'i').test(
    sentence.slice(found.index + found[0].length),
  );
  // "Keys in Tokyo, which of them are disabled?" is one question.
  if (asksBehind && !stated.test(main)) return null;
  return greeting.test(main) ? null : found;
}

/** What tells, and asks nothing. */
const stated = new RegExp(
  `^\\s*(?:(?:hi|hello|hey|dear)\\b[^,]*, )?(?:sorry|apologies|not sure|thanks|as (?:discussed|agreed|promised|requested)|${someoneSays})\\b`,
  'i',
);

const told = (text: string): Clause => ({
  text,
  asks: false,
  ...(isPurpose.test(text) ? { purpose: true } : {}),
});

/** What an English question tells besides what it asks. */
export const englishAsides: AsideWords = {
  clauses,
  joint: ' ',
  pronoun:
    /\b(?:they|them|he|she|him|their|his|her|(?<=\b(?:did|can|could|does|has|may|might) )it(?= (?:still |also |actually |ever |really )?(?:use|used|decrypt\w*|encrypt\w*|access\w*|touch\w*|do|done|have|call\w*|change\w*|create\w*|sign\w*|delete\w*|get)\b)|(?:that|this) (?:user|role|vendor|account|company|person|supplier|partner|firm|contractor|guy|one|address|ip|caller|principal|identity)(?:'s)?)\b/i,
  ofTopic:
    /\b(?:they|them|he|she|him|their|his|her|it|its|(?:that|this) (?:user|role|vendor|account|company|person|supplier|partner|firm|contractor|guy|one|key|alias|address|ip|caller|principal|identity)(?:'s)?)\b/i,
  ofThings: /^(?:them|their)$/i,
  named: (pronoun, name) => (/^(?:their|his|her|its)$|'s$/i.test(pronoun) ? `${name}'s` : name),
  bounds:
    /\b(?:only|except|excluding|exclude|without|ignor\w+|skip\w*|leave out|not counting|not including|other than|apart from|besides|limit\w*|restrict\w*|focus\w*|care|interested|scope\w*|concentrat\w+|responsible|look after|own|manage|mean|i\.?e\.?|namely|such as|(?<!would |'d )like|especially|mainly|mostly|include|including|consider|assum\w+|suppose)\b|^(?:and |but |or |even |also )?if\b/i,
  ours: /^(?:(?:of|in|by|with|for|from|to|at|on) )?(?:our|my|their|his|her) /i,
  states: new RegExp(`^(?:and |but |because |so |as )?(?:${someoneSays})\\b`, 'i'),
  deeds:
    /\b(?:creat\w+|made|add(?:ed|s)?|schedul\w+|delet\w+|remov\w+|chang\w+|modif\w+|edit\w*|updat\w+|(?<!\b(?:can|could|may|to|able to) (?:be |still )?)us(?:e|es|ed|ing)|did|done|happen\w*|touch\w*|call(?:s|ed)|(?:were|was|got|been|who|did)(?: \w+)? (?:disabl|enabl)ed?|cancel\w*|grant(?:ed|ing)|revok\w+|decrypted|encrypted|signed|opened|shared|new|events?|activity|expir\w+|last|recent\w*)\b/i,
};
