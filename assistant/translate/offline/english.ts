import { definitionOf, explanationOf } from './definitions.ts';
import { exampleQuestions } from './examples.ts';
import { spelledWords } from './grammar/chart.ts';
import { englishGrammar } from './grammar/grammar.ts';
import type { Language } from './language.ts';
import { withoutChatter } from './lexicon/chatter.ts';
import { englishAsides } from './lexicon/clauses.ts';
import { frameworkWords } from './lexicon/controls.ts';
import { buildLexicon, lexiconWords } from './lexicon/lexicon.ts';
import { paraphrasedWords } from './lexicon/paraphrases.ts';
import { respelled } from './lexicon/respelled.ts';
import type { Values } from './lexicon/values.ts';
import { explain, isBeyond, outOfScope } from './not-understood.ts';
import { notesFor } from './plan/notes.ts';
import { planToQuestion, planToWords, shareInWords } from './plan/plan-to-words.ts';
import { presentationOf } from './plan/presentation.ts';
import { englishTokens } from './tokens/english.ts';
import { singular } from './tokens/token.ts';
import { losesWords } from './unsaid/unsaid.ts';

const lexicon = buildLexicon('en');
const known = new Set([...lexiconWords(lexicon), ...frameworkWords]);

/** Whether a word means something by itself, whatever is called by it in the data. */
export const isOrdinary = (word: string): boolean =>
  spelledWords.has(word) || known.has(word) || known.has(singular(word));

/** Months and days of the week, which mean something only where a time is said. */
const dateWord =
  /^(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|mon|tues?|wednes|thurs?|fri|satur|sun)(?:\w*(?:ary|ch|il|ust|ber|day))?s?$/;

/** So few words hardly make a question of their own after another one. */
const SHORT = 5;

/** "Without the AWS managed ones", of what was answered. */
const leavesOut = /^(?:and |but |now )*(?:not|without|except|excluding|minus|other than)\b/;
/** "And in Tokyo?", after the same of something else. */
const ofAnother =
  /^(?:(?:and )?(?:what|how) about|and (?:in|for|from|of)|(?:and )?(?:the )?same (?:for|in)) /;
/** "Only in Tokyo". */
const narrowing =
  /^(?:but |now |and )*(?:only|just|in|from|of|with|exclude|drop|remove|skip|leave out)\b/;
/** "Which of them are disabled?", "is it disabled?" */
const choosesAmong =
  /\b(?:which|who|what|whom|when|why|where|how many|how much|is|are|was|were|has|have|do|does|did|can|it|its|them|those|these|they|their|among)\b(?<!^(?:and )?(?:what|how) about)/;

/** English, over the names in the data. */
export function english(values: Values): Language {
  const { accountName } = values;
  return {
    tokens: (asked) => englishTokens(withoutChatter(asked)),
    grammar: (asOf, timeZone) => englishGrammar({ lexicon, values, asOf, timeZone }),
    // "That key" names none.
    namesSubject: (tokens) =>
      tokens.some(
        (t, i) =>
          /^(key|cmk|account|region|data|all)$/.test(t.base) &&
          !(t.base === 'key' && /^(that|this)$/.test(tokens[i - 1]?.text ?? '')),
      ),
    saysOnes: (asked) =>
      /\b(?:the|those|these) (?:other )?ones\b/i.test(asked) && !/\b(?:keys?|cmks?)\b/i.test(asked),
    pointsBack: (tokens) =>
      /\b(?:(?:that|this) (?:key|cmk|alias|role|user|account)|(?:of|in|for) (?:that|this))\b/.test(
        tokens.map((t) => t.text).join(' '),
      ) ||
      /^(only|just|and|or|but|also|except|without|instead|plus)$/.test(tokens[0]?.text ?? '') ||
      /^(instead|only)$/.test(tokens.at(-1)?.text ?? '') ||
      (tokens.at(-1)?.text === 'there' && !/^(is|are|was|were)$/.test(tokens.at(-2)?.text ?? '')) ||
      /^(that|this)$/.test(tokens.at(-1)?.text ?? '') ||
      tokens.some((t) => /^(it|its|them|those|these|they)$/.test(t.text)),
    leansBack: (tokens) => {
      const text = tokens.map((t) => t.text).join(' ');
      // "In all Regions" drops where it was on purpose.
      if (
        /\b(all (regions|accounts|ous|units|states|keys)|everywhere|anywhere|overall)\b/.test(text)
      )
        return false;
      const keys = tokens.some((t) => /^(key|cmk|mrk)$/.test(t.base));
      const pronoun = tokens.some((t) =>
        /^(they|them|their|theirs|those|these|it|its)$/.test(t.text),
      );
      const definite = /\bthe (keys|cmks)$/.test(text) && tokens.length <= SHORT;
      const open = /^which (have|has|are|can|do|were|is)\b/.test(text);
      return (
        definite ||
        open ||
        pronoun ||
        (!keys && tokens.length <= SHORT) ||
        /^(with|of|in|on)$/.test(tokens[0]?.text ?? '') ||
        leavesOut.test(text)
      );
    },
    ranksAnew: (tokens, limit) => {
      const text = tokens.map((t) => t.text).join(' ');
      if (choosesAmong.test(text)) return 'no';
      if (leavesOut.test(text) || ofAnother.test(text)) return 'yes';
      if (!narrowing.test(text)) return 'no';
      // The one oldest key is in Tokyo or not; the oldest in Tokyo is another.
      return limit === 'ties' ? 'yes' : 'maybe';
    },
    refersTo: (tokens) => {
      const text = tokens.map((t) => t.text).join(' ');
      if (
        /^(?:and |but |now |show |show me )*(?:only|just|without|except|excluding|exclude|limit|list|show|count|sort|order|group|split|break)\b/.test(
          text,
        )
      ) {
        return null;
      }
      if (
        /\b(?:did|do|have) they (?:also |actually |really |ever )?(?:use|call|chang|delet|decrypt|encrypt|sign|access|administ|manag|do\b|done|have access|creat)/.test(
          text,
        )
      ) {
        return 'people';
      }
      if (/\b(?:it|its|this key|that key)\b/.test(text)) return 'one';
      return /\b(?:they|them|their|theirs|these|those(?! in| with| of| from| by))\b/.test(text)
        ? 'several'
        : null;
    },
    explanation: (asked) => explanationOf(withoutChatter(asked), lexicon),
    definition: (asked) => definitionOf(withoutChatter(asked), lexicon),
    outOfScope: (asked, tokens) => outOfScope(withoutChatter(asked), tokens),
    isBeyond,
    asides: englishAsides,
    loses: (tokens, at) => losesWords(tokens, { values, ...at }),
    respelled: (question, tokens) =>
      respelled(question, tokens, {
        knows: (word) => isOrdinary(word) || values.knows(word) || paraphrasedWords.has(word),
        vocabulary: () => [...known, ...spelledWords],
      }),
    explain: (asked, tokens, { grammar, before, keeps, nearest }) =>
      explain(withoutChatter(asked), tokens, {
        nearest,
        goesOn: before !== null,
        read: (said) => grammar.read(said).filter(keeps),
        readFreely: (said) => grammar.readFreely(said).filter(keeps),
        readInstead: (said) => {
          const plans = grammar.read(said);
          return plans.length > 0 ? plans : grammar.readFreely(said);
        },
        tokens: englishTokens,
        knows: (word) => isOrdinary(word) || values.knows(word) || dateWord.test(word),
        vocabulary: () => [...known, ...spelledWords],
        values,
      }),
    examples: exampleQuestions,
    question: (plan) => planToQuestion(plan, accountName),
    interpretation: (plan, asOf) => planToWords(plan, asOf, accountName),
    presentation: (plan, asOf) => presentationOf(plan, shareInWords(plan, asOf, accountName)),
    notes: notesFor,
    followUps: {
      list: 'List them',
      count: 'How many is that?',
      perAccount: 'And per account?',
      perRegion: 'And per region?',
      cost: 'What do they cost?',
      who: 'Who did it, and when?',
      total: 'How many in total?',
    },
    unreadAccounts:
      'Only the keys of active accounts are read, so that none of other accounts can be found, whether there are any or not.',
    usageTrackedSince: values.usageTrackedSince,
    trackedSince: (day) =>
      `Use is recorded only since ${day}: of keys that show none since then it cannot be told whether they were used in the time before, and they are not counted here.`,
    unsure: 'It is not certain that this is what is meant. Is it?',
    ambiguous: (more) =>
      `The question can be read in more than one way. Which of these is meant?${more ? ' There are more ways than are shown; name it exactly.' : ''}`,
    stillOpen: 'It is not clear from this which one is meant. Is it one of these?',
    messages: {
      empty: 'The question is empty.',
      tooLong: (most) =>
        `The question is longer than ${most.toLocaleString('en-US')} characters; ask in fewer words.`,
      tooTangled: 'The question is too tangled to be read with certainty.',
      calledAlike: (name, others) =>
        `Only who is called just ${name} is meant, and not ${others.join(', ')}.`,
      accountsAlike: (name, others) =>
        `Only the account that is called just ${name} is meant, and not ${others.join(', ')}.`,
      spelledAlike: (tag, others) =>
        `Tags are case-sensitive: only ${tag} is meant, and not ${others.join(', ')}.`,
      readAs: (written, meant) => `"${written}" was read as "${meant}".`,
      beyond:
        'This asks for more than can be told apart here, so it is not answered. Ask for the parts one by one.',
      afterNoAnswer:
        'The question before this one was not answered, so it is not clear what this one goes on from. Is one of these meant?',
      nothingBefore: 'There is no answer yet that this could go on from. Is this meant?',
      oneQuestion: 'An answer is to one question at a time. Which one first?',
      oneMeasure: 'An answer tells one of these at a time. Which one first?',
      setAside: (told) =>
        `Taken as background, and not as a condition: ${told.map((t) => `"${t}"`).join(', ')}.`,
      perhapsAside: (told) =>
        `It is not certain whether this is background or says what is meant: ${told.map((t) => `"${t}"`).join(', ')}. Is one of these meant?`,
      leftOut: (words) =>
        words.length === 0
          ? 'This is not understood as a whole. Is this meant?'
          : `Not all of this is understood: ${words.map((w) => `"${w}"`).join(', ')} would be left out, so it is not answered without asking. Is this meant?`,
      inPart: (words) =>
        `This is not understood as a whole, but in parts; the first leaves out ${words.map((w) => `"${w}"`).join(', ')}. Is one of these meant?`,
      noneOfThese: 'None of these, then. Ask in other words, or name exactly what is meant.',
      noSubject: 'The question names no subject; it was taken to ask for keys.',
    },
  };
}
