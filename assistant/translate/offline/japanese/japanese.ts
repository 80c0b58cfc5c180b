import type { Language } from '../language.ts';
import { buildLexicon } from '../lexicon/lexicon.ts';
import type { Values } from '../lexicon/values.ts';
import type { Plan } from '../plan/plan.ts';
import { presentationOf } from '../plan/presentation.ts';
import { isBeyond } from './beyond.ts';
import { withoutChatter } from './chatter.ts';
import { japaneseAsides } from './clauses.ts';
import { definitionOf } from './definitions.ts';
import { exampleQuestions } from './examples.ts';
import { japaneseGrammar } from './grammar.ts';
import { newJapanesePhrases } from './literals.ts';
import { japaneseNames } from './names.ts';
import { explain, outOfScope } from './not-understood.ts';
import { asksWhoMay } from './opposites.ts';
import { respelled } from './respelled.ts';
import { leavesOutDoer } from './same-doer.ts';
import { japaneseTokens } from './tokens.ts';
import { isTopicAlone, leansBack, pointsBack, refersTo } from './topics.ts';
import { losesWords } from './unsaid.ts';
import { inJapanese } from './words/names.ts';
import { notesFor } from './words/notes.ts';
import { planToQuestion, planToWords, shareInWords } from './words/plan-to-words.ts';

const lexicon = buildLexicon('ja', newJapanesePhrases);

/** どのキーですか: of what was asked about before; by itself it names no keys. */
const whichAlone =
  /^(?:それは|それって|具体的に|で、?|つまり)?(?:どの|どんな|何の|どういう)(?:キー|鍵|CMK)(?:の?こと|のもの)?(?:は|が|を|か|なの|です|でしょう|だ|っけ|教えて|ください|知りたい|見せて|何|どれ|、)*$/iu;
const subject = /キー|鍵|CMK|アカウント|リージョン|データ|懸念|グラント|すべて|全て|全体|収集|key/i;

/** The words in names of accounts, units and values of tags: payments, prod. */
function* placeWords(values: Values): Iterable<string> {
  for (const kind of ['account', 'ou', 'tag'] as const) {
    for (const name of values.names(kind)) yield* name.toLowerCase().match(/[a-z]{5,}/g) ?? [];
  }
}

/** Japanese, over the names in the data. */
export function japanese(values: Values): Language {
  const { accountName } = values;
  const names = japaneseNames(values);
  const question = (plan: Plan) => planToQuestion(plan, accountName);
  return {
    tokens: (asked) => japaneseTokens(withoutChatter(asked)),
    grammar: (asOf, timeZone) => japaneseGrammar({ lexicon, names, asOf, timeZone }),
    namesSubject: (tokens) => {
      const text = tokens.map((t) => t.text).join('');
      return subject.test(text) && !whichAlone.test(text.replaceAll(/[?。!\s]/gu, ''));
    },
    saysOnes: (question) => /やつ|ヤツ|奴/u.test(question) && !/キー|鍵|CMK/iu.test(question),
    pointsBack: (tokens) => pointsBack(tokens) || isTopicAlone(tokens) || leavesOutDoer(tokens),
    leansBack: (tokens) => leansBack(tokens) || asksWhoMay(tokens),
    refersTo,
    definition: (asked) => definitionOf(withoutChatter(asked), lexicon),
    // 直し方 is asked of a concern by its name.
    outOfScope: (asked) => outOfScope(withoutChatter(asked)),
    isBeyond,
    asides: japaneseAsides,
    loses: losesWords,
    respelled: (asked) =>
      respelled(asked, { knows: values.knows, words: () => placeWords(values) }),
    explain: (asked, tokens, { grammar, before, keeps, nearest }) =>
      explain(withoutChatter(asked), tokens, {
        grammar,
        names,
        question,
        before,
        nearest,
        loses: (plan) => !keeps(plan),
      }),
    examples: exampleQuestions,
    question,
    interpretation: (plan, asOf) => planToWords(plan, asOf, accountName),
    presentation: (plan, asOf) =>
      presentationOf(plan, shareInWords(plan, asOf, accountName), inJapanese),
    notes: notesFor,
    followUps: {
      list: '一覧を見せて',
      count: 'それは何件？',
      perAccount: 'アカウント別では？',
      perRegion: 'リージョン別では？',
      cost: 'コストはいくら？',
      who: '誰がいつ？',
      total: '全部で何個？',
    },
    unreadAccounts:
      '有効（ACTIVE）でないアカウントのキーは読み取っていないため、キーが残っていてもここには表れません。',
    usageTrackedSince: values.usageTrackedSince,
    trackedSince: (day) =>
      `使用は${day}からしか記録されていません。それ以降に使用の記録がないキーは、それより前に使われたかどうかが分からないため、ここには含まれません。`,
    unsure: '次の意味かどうかが確かではありません。この意味でしょうか？',
    ambiguous: (more) =>
      `質問を複数の意味に読むことができます。どれでしょうか？${more ? 'ほかにもあります。より具体的に指定してください。' : ''}`,
    stillOpen: 'どれの意味かを判断できませんでした。次のいずれかの意味ですか。',
    messages: {
      empty: '質問が空です。',
      tooLong: (most) =>
        `質問が${most.toLocaleString('ja-JP')}文字を超えています。短くしてください。`,
      tooTangled: '質問が込み入っており、確実に読み取れませんでした。',
      calledAlike: (name, others) =>
        `名前がちょうど「${name}」であるものだけを対象とし、${others.map((o) => `「${o}」`).join('')}は含みません。`,
      accountsAlike: (name, others) =>
        `名前がちょうど「${name}」であるアカウントだけを対象とし、${others.map((o) => `「${o}」`).join('')}は含みません。`,
      spelledAlike: (tag, others) =>
        `タグは大文字と小文字を区別するため、「${tag}」だけを対象とし、${others.map((o) => `「${o}」`).join('')}は含みません。`,
      readAs: (written, meant) => `「${written}」を「${meant}」と解釈しました。`,
      beyond:
        'この質問はここで区別できる範囲を超えているため、回答しません。条件を分けて質問してください。',
      afterNoAnswer:
        '直前の質問には回答していないため、何に続く質問かを判断できません。次のいずれかの意味ですか。',
      nothingBefore: 'この質問が続くはずの回答がまだありません。次の意味ですか。',
      oneQuestion: '一度に回答できるのは1つの質問です。どちらを先に回答しますか？',
      setAside: (told) =>
        `${told.map((t) => `「${t}」`).join('')}は質問の背景とみなし、条件には含めていません。`,
      perhapsAside: (told) =>
        `${told.map((t) => `「${t}」`).join('')}が質問の背景なのか、対象の条件なのかが明らかではありません。次のいずれかの意味でしょうか？`,
      leftOut: (words) =>
        words.length === 0
          ? '質問全体を確実には理解できませんでした。次の意味でしょうか？'
          : `${words.map((w) => `「${w}」`).join('')}を理解できなかったため、それを無視して回答することはしません。次の意味でしょうか？`,
      inPart: (words) =>
        `質問全体は理解できませんでしたが、一部は分かりました（最初のものは${words.map((w) => `「${w}」`).join('')}を含みません）。次のいずれかでしょうか？`,
      noneOfThese:
        'いずれの意味でもないのですね。別の言い方で、または対象を具体的に質問してください。',
      noSubject: '質問に対象が示されていないため、キーについての質問と解釈しました。',
    },
  };
}
