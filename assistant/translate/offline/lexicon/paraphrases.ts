import { singular, type Token } from '../tokens/token.ts';

/**
 * Words that say the same as other words, in every question: dialects, abbreviations, slips in very
 * common words, and what is said out of politeness or haste. The left side is a sequence of words,
 * each with its alternatives; a word with "?" may be missing; `^` and `$` are the beginning and the
 * end of the question. The right side takes its place; nothing, where the words add no meaning. What
 * changes the meaning belongs into the grammar.
 */
const paraphrases: readonly (readonly [string, string])[] = [
  // Haste and politeness.
  ['^ hey|hi|hello|quick|quickly|urgent|urgently|ok|okay ,?', ''],
  ['pls|plz|thx|asap|cheers|tia|urgently', ''],
  ['thank you|u', ''],
  [
    '^ for our|my|this|next|an|the annual|yearly|quarterly|monthly|weekly|internal|external|upcoming? audit|report|review|meeting|assessment|certification ,',
    '',
  ],
  ['^ please', ''],
  ['^ could|can|would|will you please? kindly? tell me', ''],
  ['^ could|can|would|will you please? kindly? show|give|list|find|get me?', 'list'],
  ['can also be', 'can be'],
  [', please', ''],
  ['^ we|i need to? see|know|have|get?', 'list'],
  ['^ need', 'list'],
  [
    '^ provide|supply|produce|prepare|print|give|send|deliver me|us? with? a? complete|full? list|overview|listing of',
    'list',
  ],
  ['^ provide|supply|produce|prepare me|us? with?', 'list'],
  ['^ i am looking for', 'list'],
  ['^ anything|something', 'which keys'],
  ['^ is|are anything|something', 'which keys are'],
  ['^ select count of', 'count'],
  ['^ describe', 'details of'],
  ['^ list|show|give|find|get me? of? all? the|our|key? aliases', 'list keys with alias'],
  ['^ list|show|give|find|get me? of? all? the|our|key? alias names', 'list keys with alias'],
  ['^ which|what aliases exist|are there?', 'list keys with alias'],
  ['show|list|tell me? everything on|about|for', 'details of'],
  // Slips of the pen.
  ['more then', 'more than'],
  ['less then', 'less than'],
  ['older then', 'older than'],
  // When, in other words.
  ['since|from the? start|beginning of', 'since'],
  [
    '^ when were|was|are|is the? keys|accounts|everything last read|collected|scanned|fetched|refreshed|synced|updated',
    'when was the data last collected',
  ],
  [
    '^ when did you|we|it last collect|scan|read|refresh|update the? data|keys|everything?',
    'when was the data last collected',
  ],
  ['did we|you fail to read', 'could not be read'],
  ['we|you failed to read', 'could not be read'],
  ['saw|had|got|received|have|show calls|requests from', 'used from'],
  // Words that add nothing where they stand.
  ['when exactly', 'when'],
  ['what exactly', 'what'],
  ['who exactly', 'who'],
  ['which exactly', 'which'],
  ['where exactly', 'where'],
  ['exactly when', 'when'],
  ['exactly which', 'which'],
  ['exactly who', 'who'],
  ['exactly how many', 'how many'],
  ['the? name|names of the? management|payer account', 'management account'],
  ['whatsoever', ''],
  ['at all', ''],
  ['of any kind', ''],
  ['do|did|have we already', 'do we'],
  ['are|is also|presently|already|still|currently', 'are'],
  ['have|has also|already|currently', 'have'],
  ['that|which also', 'that'],
  ['keys currently|presently', 'keys'],
  ['cmks currently|presently', 'cmks'],
  ['as of today|now', ''],
  ['these days', ''],
  ['are in scope', 'are there'],
  ['in scope', ''],
  ['at some point', ''],
  ['across|over|in|throughout the? whole|entire? organisation', 'in organization'],
  // Why it is asked.
  [
    ', i|we need|want|have to know before|because i|we disable|delete|change|touch|remove|retire it|them|this|that',
    '',
  ],
  [
    'i|we need|want|have to know before|because i|we disable|delete|change|touch|remove|retire it|them|this|that',
    '',
  ],
  ['used|use kms', 'used keys'],
  ['^ busiest keys|cmks by', 'keys by'],
  ['^ list busiest keys|cmks by', 'keys by'],
  ['^ show|show me|see|display|print the? policy', 'show its policy'],
  ['^ explain|describe the? key', 'details of'],
  // Spelling.
  ['organisation', 'organization'],
  ['organisations', 'organizations'],
  ['organisational', 'organizational'],
  ['somebody', 'someone'],
  ['w', 'with'],
  ['w o', 'without'],
  ['thats', 'that are'],
  ['whats', 'what is'],
  ['wich|whcih|whihc', 'which'],
  ['3rd', 'third'],
  ['canceled', 'cancelled'],
  // Other words for the same.
  ['mrk|mrks keys|key?', 'multi region keys'],
  ['reachable', 'accessible'],
  ['been? made public', 'public'],
  ['automatic key? rotation', 'rotation'],
  ['lack|lacks any', 'lack'],
  ['a single key', 'keys'],
  ['we brought our own key material', 'have imported key material'],
  ['brought our own key material', 'have imported key material'],
  ['for which we brought our own key? material', 'with imported key material'],
  ['for which we have', 'with'],
  ['for which', 'whose'],
  ['still around', ''],
  ['keys still', 'keys'],
  ['cmks still', 'cmks'],
  ['key|cmk still', 'key'],
  ['still in use', 'in use'],
  ['key? policies could not be read', 'keys could not be read'],
  ['keys left in', 'keys in'],
  ['keys left with', 'keys with'],
  ['keys left without', 'keys without'],
  ['nobody|noone touches', 'nobody uses'],
  ['no one touches', 'nobody uses'],
  ['aws|amazon and|or|plus customer managed? keys|cmks', 'aws managed and customer managed keys'],
  ['deletions due|planned|scheduled|coming|upcoming for?', 'keys to be deleted'],
  ['rotations due|planned|scheduled|coming|upcoming for?', 'keys due for rotation'],
  ['sit|sits|live|lives in each', 'in each'],
  ['management account id|number', 'management account'],
  ['new keys were|was|are|have|has been? created', 'keys were created'],
  ['new cmks were|was|are|have|has been? created', 'cmks were created'],
  ['new keys created', 'keys created'],
  ['new cmks created', 'cmks created'],
  ['^ new keys', 'keys created'],
  ['^ new cmks', 'cmks created'],
  ['unused|idle|dormant keys', 'keys unused'],
  ['created but never used', 'never used'],
  ['origin of the? key? material', 'origin'],
  ['trust level|levels', 'trust'],
  ['^ list everything', 'list keys'],
  ['^ rotation off|disabled', 'keys with rotation off'],
  ['^ unreadable policies|policy', 'keys with unreadable policy'],
  ['held by account', 'in account'],
  ['kept in', 'in'],
  ['one of the?', ''],
  ['expiry|expiration date|dates', 'expiry'],
  ['material that|which expires|expire', 'material expires'],
  ['european regions?', 'europe'],
  ['eu|european regions', 'europe'],
  ['aws|amazon region|regions', 'region'],
  ['clean keys ,', 'keys with'],
  ['clean cmks ,', 'cmks with'],
  ['that are disabled today', 'that are disabled'],
  ['internet', 'world'],
  ['someone|anyone|anybody|everyone on|in the? world', 'anyone'],
  ['whose external access exists', 'with external access'],
  ['waste on', 'spend on'],
  ['goes into', 'do we spend on'],
  ['how much money do', 'how much do'],
  ['in us? usd|dollars|dollar', ''],
  ['total yearly|annual cost|costs|spend|spending|bill|price', 'yearly cost'],
  ['rotates|rotate|rotating|rotated automatically', 'have rotation enabled'],
  ['accounts|account that|which still have|has|hold|own|contain', 'accounts that have'],
  ['but|and still|yet|nevertheless have|has|hold|own|contain', 'but have'],
  ['kms cost|costs|spend|bill', 'cost'],
  ['key cost|costs', 'cost'],
  ['monthly kms|key? spend|bill', 'monthly cost'],
  ['monthly cost', 'cost'],
  ['every|each month', 'per month'],
  ['mean', 'average'],
  ['idle', 'unused'],
];

interface Rule {
  readonly pattern: readonly (readonly string[])[];
  readonly optional: readonly boolean[];
  readonly atStart: boolean;
  readonly replacement: readonly string[];
}

const rules: readonly Rule[] = paraphrases.map(([left, right]) => {
  const parts = left.split(' ').filter((p) => p !== '^');
  return {
    pattern: parts.map((p) => p.replace(/\?$/, '').split('|')),
    optional: parts.map((p) => p.endsWith('?')),
    atStart: left.startsWith('^'),
    replacement: right.split(' ').filter((w) => w !== ''),
  };
});

/** Words that occur on the left sides: they are understood. */
export const paraphrasedWords: ReadonlySet<string> = new Set(
  rules.flatMap(({ pattern }) => pattern.flat()).filter((w) => /^\w+$/.test(w)),
);

/** The tokens in plainer words; the same array when there is nothing to put otherwise. */
export function paraphrased(tokens: readonly Token[]): readonly Token[] {
  return rules.reduce(apply, withCommas(tokens));
}

/** A dash or colon between words separates as a comma does. */
const withCommas = (tokens: readonly Token[]): readonly Token[] =>
  tokens.some(isMark) ? tokens.map((t) => (isMark(t) ? asToken(',') : t)) : tokens;

const isMark = (t: Token) => t.kind === 'symbol' && /^(-+|:)$/.test(t.text);

function apply(tokens: readonly Token[], rule: Rule): readonly Token[] {
  const result: Token[] = [];
  let changed = false;
  for (let at = 0; at < tokens.length; ) {
    const length = !rule.atStart || at === 0 ? matched(tokens, at, rule, 0) : 0;
    const first = tokens[at];
    if (length > 0) {
      result.push(...rule.replacement.map(asToken));
      at += length;
      changed = true;
    } else {
      if (first) result.push(first);
      at += 1;
    }
  }
  return changed ? result : tokens;
}

/** How many tokens a rule takes from here; 0 where it does not fit. */
function matched(tokens: readonly Token[], at: number, rule: Rule, part: number): number {
  const alternatives = rule.pattern[part];
  if (!alternatives) return 0;
  const token = tokens[at];
  const fits =
    token !== undefined &&
    (token.kind === 'word' || token.kind === 'comma') &&
    alternatives.includes(token.text);
  const last = part === rule.pattern.length - 1;
  if (fits) {
    if (last) return 1;
    const rest = matched(tokens, at + 1, rule, part + 1);
    if (rest > 0) return 1 + rest;
    // What follows may be missing altogether.
    if (rule.optional.slice(part + 1).every(Boolean)) return 1;
  }
  return rule.optional[part] && !last ? matched(tokens, at, rule, part + 1) : 0;
}

const asToken = (text: string): Token => ({
  kind: text === ',' ? 'comma' : 'word',
  text,
  raw: text,
  base: singular(text),
  glued: false,
});
