import type { LanguageCode } from '../language.ts';
import type { Translation } from '../translator.ts';

/**
 * Questions for the whole, or for what is worst: "what should I fix first", "riskiest accounts", "how
 * secure are we". What is worst is for the asker to say, so they are asked back, with questions that tell
 * parts of it. Null for any other question. Never answers.
 */
export function askedInGeneral(question: string, language: LanguageCode): Translation | null {
  const text = question
    .normalize('NFKC')
    .trim()
    .replace(/[?!.。、\s]+$/u, '');
  const { general, accounts, message, choices } = wordings[language];
  const account = language === 'en' ? aboutAccount.exec(text)?.[1] : undefined;
  if (account) {
    const asked = ofAccount.map((question) => question.replace('…', () => account));
    return { kind: 'clarify', message: aboutWhat, choices: asked, unknownWords: [] };
  }
  const standard =
    language === 'en'
      ? asStandard.exec(text.replace(asAdjective, 'compliant with $1'))?.[1]
      : undefined;
  if (standard) {
    const asked = [
      `Which keys fail ${standard}?`,
      `Number of keys that fail ${standard} per account`,
    ];
    return { kind: 'clarify', message: aboutStandards, choices: asked, unknownWords: [] };
  }
  if (!general(text)) return null;
  const about = accounts.test(text) ? 'accounts' : 'all';
  const most = language === 'en' && about === 'accounts' ? numberSaid(text) : null;
  const asked = most
    ? ofWorstAccounts.map((by) => `Top ${most} accounts by ${by}`)
    : choices[about];
  return { kind: 'clarify', message, choices: asked, unknownWords: [] };
}

/** "Are we PCI compliant?" */
const asAdjective = /\b(pci(?: dss)?|cis|nist)[ -]compliant\b/gi;

/** "Are we compliant with PCI": with a standard as a whole, of which controls that concerns bear on are a part. */
const asStandard =
  /^(?:and |so )?(?:do|does|are|is|can|could|would|will) (?:we|our keys|all our keys|all keys|the keys|our organi[sz]ation|the organi[sz]ation|kms|our kms keys)(?: all)?(?: fully| currently)? (?:pass|meet|satisfy|fulfil+|comply with|compliant (?:with|to|under)|in compliance with|conform(?:ing)? (?:to|with)|passing|meeting|adhere to) (?:the )?((?:aws )?security hub|pci(?: dss)?|cis(?: aws)?(?: foundations)?(?: benchmark)?|nist(?: 800-53)?)(?: (?:standard|benchmark|requirements?|controls?|rules))?$/i;

const aboutStandards =
  'Whether a standard is met as a whole is not told here: concerns bear on some of its controls only, and are no proof that one is failed. Which keys have such concerns is; is that meant?';

const numbers = ['two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
/** The number in a question, in figures or words; null where it has none. */
function numberSaid(text: string): number | null {
  const [, word = ''] = new RegExp(`\\b(\\d{1,3}|${numbers.join('|')})\\b`, 'i').exec(text) ?? [];
  const at = numbers.indexOf(word.toLowerCase());
  return at >= 0 ? at + 2 : Number(word) || null;
}

const ofWorstAccounts = [
  'number of critical or high concerns',
  'number of concerns',
  'number of keys with public access',
  'number of keys with external access',
];

/** "Tell me about account 123456789012": of all that is known of its keys, a question for each part. */
const aboutAccount =
  /^(?:please )?(?:(?:can|could) you )?(?:tell me(?: more| everything| all)? about|describe|summari[sz]e|(?:show|give) me (?:everything|all|an overview|a summary|details)(?: about| on| of| for)?|(?:an? )?(?:overview|summary|details) (?:of|on|for|about)|what (?:do (?:we|you) know|is there to know|is going on|can you tell me) (?:about|in|with)|info(?:rmation)? (?:on|about)|details (?:on|of)) (?:the )?(?:aws )?account ([\w.-]{1,64})$/i;

const ofAccount = [
  'Number of keys per key state in account …',
  'Number of concerns per severity in account …',
  'List keys that have CRITICAL or HIGH concerns in account …',
  'Total monthly cost of keys in account …',
  'Keys unused for 90 days in account …',
];

const aboutWhat = 'Which part of what is known of this account is meant?';

interface Words {
  readonly general: (text: string) => boolean;
  readonly accounts: RegExp;
  readonly message: string;
  readonly choices: Readonly<Record<'accounts' | 'all', readonly string[]>>;
}

const anyOf =
  (...patterns: readonly RegExp[]) =>
  (text: string) =>
    patterns.some((pattern) => pattern.test(text));

const wordings: Readonly<Record<LanguageCode, Words>> = {
  en: {
    general: anyOf(
      /^(?:and |so |ok |now )*(?:which|what|list|show(?: me)?|the|our|my|are|is|top|two|three|four|five|ten|\d+| )*(?:riskiest|worst|most (?:dangerous|risky|vulnerable|exposed|urgent|problematic|important))(?: (?:two|three|four|five|ten|\d+))?(?: (?:keys?|cmks?|accounts?|ones?|things?|problems?))?$/i,
      /^(?:and |so |ok |now )*(?:which|what) (?:(?:two|three|four|five|ten|\d+) )?(?:keys?|accounts?|of (?:them|those|these)|ones?) (?:are|is|look) (?:the )?(?:riskiest|worst|most (?:dangerous|risky|vulnerable|exposed|urgent|problematic))$/i,
      /^(?:what(?:'s| is| are)|which is|which are|show(?: me)?|tell me|list)? ?(?:the |our )*(?:single )?(?:biggest|greatest|gravest|worst|most (?:serious|severe)) (?:(?:kms|key|security) )*(?:risks?|threats?|dangers?)(?: (?:we have|do we have|there (?:is|are)|right now))?$/i,
      /^(?:what|where|which (?:keys?|accounts?|ones?)) (?:should|do|must|can|shall) (?:i|we) (?:fix|start|begin|prioriti[sz]e|worry about|look at|tackle|address|do)(?: first| next)?$/i,
      /^(?:is there |do (?:i|we) have |have (?:i|we) got |are there )?(?:anything|something|any (?:things?|issues?|problems?))(?: (?:that|which))? (?:(?:i|we) (?:have to|need to|must|should|ought to) (?:deal with|worry about|look at|look into|fix|address|act on|take care of|know(?: about)?|tackle|be (?:worried|concerned) about|act upon|attend to)|(?:is |are )?(?:urgent|burning|on fire|alarming|worrying|critical))(?: (?:today|now|right now|this (?:week|morning|month)|first|immediately))?$/i,
      /^what (?:should|must|do) (?:i|we) (?:have to |need to )?(?:deal with|worry about|look at|fix|address|act on|tackle)(?: (?:today|now|right now|this (?:week|morning|month)|first|immediately))?$/i,
      /^what to (?:fix|do|address|look at|tackle) (?:first|next)$/i,
      /^how (?:secure|safe|risky|bad|well) (?:are|is|do|does) (?:we|it|our (?:keys|kms|organi[sz]ation)|the keys)(?: doing| look)?$/i,
      /^(?:what is|show(?: me)?|give me|how is)? ?(?:our |the )?(?:kms |key )?security posture$/i,
      /^(?:give me|show(?: me)?|i want|i need|can i get)? ?(?:a |an |the )?(?:quick |short )?(?:summary|overview)(?: of (?:everything|all|all keys|our keys|the keys|kms|our kms keys))?$/i,
      /^summari[sz]e(?: everything| it all| all keys| our keys| the keys)?$/i,
    ),
    accounts: /\baccounts?\b/i,
    message:
      'What is worst, or what counts in a summary, is for you to say. Is one of these meant?',
    choices: {
      all: [
        'List keys that have CRITICAL concerns',
        'Which concerns affect the most keys?',
        'Number of critical concerns per account',
        'Number of concerns per severity',
        'List keys that have public access',
        'Number of keys per usage status',
      ],
      accounts: [
        'Number of critical concerns per account',
        'Number of concerns per account',
        'Number of keys with public access per account',
        'Number of keys with external access per account',
      ],
    },
  },
  ja: {
    general: anyOf(
      /^(?:最も|もっとも|一番|いちばん)(?:危険|危ない|リスクの?高い|まずい|問題の?ある|深刻|やばい|ひどい|悪い)な?(?:キー|鍵|アカウント|もの|の|ところ)?(?:は(?:どれ|どこ|何)?(?:ですか)?)?$/u,
      /^どの(?:キー|鍵|アカウント)が、?(?:最も|もっとも|一番|いちばん)(?:危険|危ない|リスク[のが]?高い|まずい|深刻|やばい)(?:ですか|でしょうか|の|か)?$/u,
      /^(?:最も|もっとも|一番|いちばん)?リスク[のが]?高い(?:キー|鍵|アカウント)(?:は(?:どれ|どこ)?(?:ですか)?)?$/u,
      /^何から(?:直|対応|着手|始|手を)[^、。]{0,12}$/u,
      /^(?:まず|最初に)(?:何|どれ|どこ|どのキー)(?:を|から)?(?:直|対応|着手|見|す)[^、。]{0,10}$/u,
      /^(?:対応の)?優先(?:順位|度)(?:は|を教えて.*)?$/u,
      /^どれ(?:くらい|ぐらい|ほど)(?:安全|危険)(?:ですか|なの)?$/u,
      /^(?:[^、。]{1,10}(?:向け|用)に、?)?(?:(?:KMS|キー|全体|組織|うち|当社|弊社)の?)*(?:リスク|セキュリティ|管理|利用|統制|ガバナンス)?(?:の)?(?:状況|状態|現状|概況|全体像)(?:は|って|を|について)?、?(?:ざっくり|簡単に|簡潔に|ざっと)?(?:で)?(?:(?:まとめ|教え|見せ|整理し|報告し|説明し|要約し)て(?:ください|ほしい|欲しい|もらえますか|いただけますか|くれますか)?|どう(?:です|なって(?:い)?(?:る|ます))?(?:か)?)$/u,
      /^(?:全体|状況|現状|キー)?の?(?:概要|サマリー?|まとめ|要約)(?:を(?:教えて|見せて|出して|ください)?(?:ください)?)?$/u,
    ),
    accounts: /アカウント/u,
    message:
      '何を最も重く見るか、概要に何を含めるかは決められません。次のいずれかの意味でしょうか？',
    choices: {
      all: [
        '重大な懸念事項があるキーの一覧',
        '懸念事項の種類別のキー数',
        'アカウント別の重大な懸念事項の数',
        '重要度別の懸念事項の数',
        '公開アクセスがあるキーの一覧',
        '使用状況別のキー数',
      ],
      accounts: [
        'アカウント別の重大な懸念事項の数',
        'アカウント別の懸念事項の数',
        'アカウント別の公開アクセスがあるキーの数',
        'アカウント別の外部アクセスがあるキーの数',
      ],
    },
  },
};
