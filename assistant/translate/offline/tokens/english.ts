import { singular, type Token, type TokenKind } from './token.ts';

/** Names that have a form of their own, tried before anything is split. */
const forms: readonly (readonly [TokenKind, RegExp])[] = [
  ['key_arn', /^arn:aws[\w-]*:kms:[\w-]*:\d{12}:key\/[\w-]+$/i],
  ['arn', /^arn:[\w-]+:[^\s]+$/i],
  ['alias', /^alias\/[\w/-]+$/i],
  ['key_id', /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ['key_id', /^mrk-[0-9a-f]{32}$/i],
  ['account', /^\d{12}$/],
  ['account', /^\d{4}-\d{4}-\d{4}$/],
  ['date', /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?Z)?$/i],
  ['percent', /^\d+(\.\d+)?%$/],
  ['pair', /^[^\s=]+=[^\s=]+$/],
  ['number', /^\$?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/],
];

const contractions: readonly (readonly [RegExp, string])[] = [
  [/\b(can)(not|'t)\b/gi, '$1 not'],
  [/\bwon't\b/gi, 'will not'],
  [/\b(do|does|did|has|have|had|is|are|was|were|could|would|should)nt\b/gi, '$1 not'],
  [/\bcant\b/gi, 'can not'],
  [/\b(\w+)n't\b/gi, '$1 not'],
  [/\b(what|who|where|when|how|that|there|which|it)'s\b/gi, '$1 is'],
  [/\b(what|who|which|that|there)'re\b/gi, '$1 are'],
  [/\bi'd\b/gi, 'i would'],
  [/\bi'm\b/gi, 'i am'],
  [/\bwe've\b/gi, 'we have'],
  [/\blet's\b/gi, 'let us'],
];

/** Signs and abbreviations of people in a hurry, in words. */
const shorthands: readonly (readonly [RegExp, string | ((...found: string[]) => string)])[] = [
  [/\s*(≥|>=)\s*/g, ' at least '],
  [/\s*(≤|<=)\s*/g, ' at most '],
  [/(?<=\s)>(?=\s*\$?\d)\s*/g, ' more than '],
  [/(?<=\s)<(?=\s*\$?\d)\s*/g, ' less than '],
  [/\b(\d+) ?(d|days?|w|weeks?|months?|y|yrs?|years?)\+(?=\s|$|,)/gi, '$1$2 or more'],
  [/\b(\d+)\+(?=\s)/g, 'at least $1'],
  [/(?<=\d)\/(month|mo)\b/gi, ' per month'],
  [/(?<=\d)\/(year|yr)\b/gi, ' per year'],
  [/\bused (?:keys )?(?:cross[- ]account|across accounts)\b/gi, 'used by other accounts'],
  [/\bcross[- ]account (?:use|usage)\b/gi, 'use by other accounts'],
  [
    /^(what) (?:all )?(does|do|did) (?!we|you|i\b)(.+) (?:protect|secure)\b/gi,
    'which resources $2 $3 protect',
  ],
  [/(?<=\b[\w.-]+) = (?=[\w.-])/g, '='],
  [/\b(\d+)\+$/g, 'at least $1'],
  [/\bwith (more|fewer|less) ((?:\w+ )?(?:keys|cmks|grants)) than (\d+)\b/gi, 'with $1 than $3 $2'],
  // What is left out of the keys: "without the AWS managed ones".
  [
    /\b(?:without|excluding|leaving out|not counting|minus|except|except for) (?:the )?((?:aws |customer |amazon )?managed|disabled|enabled|unused|public|pending|hmac|rsa|asymmetric|symmetric) ones\b/gi,
    'excluding $1 keys',
  ],
  [/\bbut (?:those|(?:the )?ones|(?:the )?keys)\b/gi, 'except'],
  [/^(.+?) (?:by|per) (account|region|ou|team)s?,? (?:the )?top (\d+)$/gi, 'top $3 $2s by $1'],
  [/\b(with|have|has|having) (?:both )?(\w+) and (\w+) tags\b/gi, '$1 $2 tag and $3 tag'],
  // How lately is not said; a time, or someone, would say it.
  [
    /\bstill (?:being |actively )?(?:used|in use|active)\b(?!.*\b(?:by|in|within|since|during|over|last|past|through|via|from|to|for|as|after|before|on|\d+)\b)/gi,
    'recently used',
  ],
  // One key of each kind, not one of both.
  [
    /\b(accounts? (?:that |which )?(?:have|has|with|having|own|owns)) both (?:an? )?(.+?)(?: keys?)? and (?:an? )?(.+?) keys?\b/gi,
    '$1 $2 keys and $3 keys',
  ],
  [
    /\b(accounts? (?:that |which )?(?:have|has|with|having|own|owns)) at least (?:one|1) (.+?) keys? and at least (?:one|1) (.+?) keys?\b/gi,
    '$1 $2 keys and $3 keys',
  ],
  [
    /\b(has|have|having) (decrypt|encrypt|sign|admin)(?=$|\?| (?:on|for|to|over)\b)/gi,
    '$1 $2 access',
  ],
  // Of controls: "CIS 3.6" is no number.
  [/(?<=\b(?:cis|pci|dss)(?: controls?)? [\d-]*\d)\.(?=\d)/gi, '-'],
  [
    /\b(?:without|with no|with neither|have neither|having neither|having no|have no|lacking) (?:an? |the )?(?!alias|description|polic|grant|rotation|any\b)(\w+) (?:or|nor) (?:an? |the )?(?!any\b)(\w+) tags?\b/gi,
    'without $1 tag or $2 tag',
  ],
  [/^(?:the )?total (?:of )?(?:keys|cmks)$/gi, 'how many keys'],
  [
    /\b(in total|altogether|overall),? (?:across|over|in) all (?:the |our )?(?:accounts|regions)\b/gi,
    '$1',
  ],
  [
    /^(?:give me |show me |show |what is )?(?:a |an |the )?(?:breakdown|distribution|overview|split) (?:of|by) (?:the |our |all )?(?:key )?(state|spec|usage|origin|manager|region)s?$/gi,
    'keys by $1',
  ],
  [
    /\b(?:key )?rotation (?:compliance|coverage)(?= (?:by|per)\b|$|\?)/gi,
    'percentage of keys with rotation enabled',
  ],
  [
    /\bkeys (?:meant |intended |made )?for (?:code |document )?signing\b(?! (?:and|or)\b)/gi,
    'signing keys',
  ],
  [
    /^what can (?!i\b|we\b|you\b|be\b|this\b|it\b|they\b|he\b)(.+?) (use|decrypt|encrypt|administer|manage)(?: with)?$/gi,
    'which keys can $1 $2',
  ],
  [
    /\b(changes|updates|edits|modifications|uses) ((?:this|last|since|in) [\w ]+? )?(?:that were |which were )?(?:(?:not|never) (?:made|done|performed) by|except (?:those |the ones |ones )?(?:made |done )?by|other than (?:those )?by|excluding (?:those )?by)\b/gi,
    '$1 $2not by',
  ],
  [
    /\b(accounts?|regions?|ous?|teams?) (?:that have |which have |with |at |on |having )(?:100 ?(?:%|percent)|full|complete) (?:key )?rotation\b(?: enabled)?/gi,
    '$1 where all keys have rotation enabled',
  ],
  [
    /\b((?:cis|pci(?: dss)?|nist)(?: [\w-]+(?:\.\w+)*)?) (?:failing|failed) keys\b/gi,
    'keys failing $1',
  ],
  [
    /^((?:cis|pci(?: dss)?|nist)(?: [\w-]+(?:\.\w+)*)?) (?:failures|violations) (?=by|per|in)/gi,
    'keys failing $1 ',
  ],
  // The country, not "cost us" or "show us keys".
  [
    /(?<=\b(?:the|in|outside|within|inside|across|vs\.?|versus|or) )us(?= |$|[?.,;:)])(?! (?:dollars?|east|west|gov)\b)/gi,
    'usa',
  ],
  [/\bus (?=(?:or|and|vs\.?|versus) (?:eu|europe|canada|asia|uk|japan)\b)/gi, 'usa '],
  [/(?<=\b(?:eu|europe|canada|asia|uk|japan) and )us\b(?!-)/gi, 'usa'],
  [
    /(?:^|(?<=\b(?:our|all|disabled|unused|public|enabled|the|many|which) ))us (?=(?:keys?|cmks?|regions?)\b)/gi,
    'usa ',
  ],
  [/\bu\.s\.(?:a\.)?(?= |$)/gi, 'usa'],
  // What it was used for, and then when: "used this week for signing".
  [
    /\bused ((?:today|yesterday|(?:this|last) \w+|(?:in|during|over|within) the (?:last|past) (?:\d+ )?\w+|(?:in|since) [a-z]+(?: \d{4})?)) (?:for|to) (\w+)((?: (?:via|through|by) \w+)?)(?=$|\?|,)/gi,
    'used for $2$3 $1',
  ],
  [
    /\brotation (?:was |were |got |been )?(?:last (?:turned|switched) off|(?:turned|switched) off last)\b/gi,
    'rotation disabled last',
  ],
  [/\brotation (?:was |were |got |been )?last disabled\b/gi, 'rotation disabled last'],
  [
    /\b(?:keys? (?:with|having) )?rotation (?:enabled|on) (?:and|or|vs\.?|versus) (?:disabled|off)(?: keys)?(?= (?:per|by|in each|for each)\b)/gi,
    'keys by rotation',
  ],
  [/\b(specs?|type|state|manager|origin) and usage\b/gi, '$1 and key usage'],
  [/\b(per|by) usage and (spec|type|state|manager|origin)\b/gi, '$1 key usage and $2'],
  [/\b(?:yearly|annual|annually) rotation\b/gi, 'rotation period of 365 days'],
  [/\b(rotated|rotate|rotates|rotating) (?:yearly|annually)\b/gi, '$1 every 365 days'],
  // Bounds on two kinds of keys: "over 50 keys and at least 5 unused".
  [
    /\b(keys?) (and|but) ((?:at least|at most|more than|fewer than|less than|over|under) \d+) (?:of them |of these |of which (?:are )?)?(?:are )?(\w+)$/gi,
    (whole: string, keys: string, joint: string, bound: string, kind: string) =>
      /^(?:keys?|cmks?)$/i.test(kind) ? whole : `${keys} ${joint} ${bound} ${kind} keys`,
  ],
  // Of another account, in the organization or not; "outside the organization" is said in other words.
  [
    /\bwho outside (?:of )?(?:the|its|this|that|their|own|its own|the same) account\b/gi,
    'which other accounts',
  ],
  [
    /\b(?:(?:any|some|every)(?:one|body) )?(?:from )?outside (?:of )?(?:the|its|this|that|their|own|its own|the same) account\b/gi,
    'other accounts',
  ],
  [/\b(?:per|by|for each) person\b/gi, 'per user'],
  [/\bw\/o\b/gi, 'without'],
  [/\bw\/(?=\s)/gi, 'with'],
  [/\baccts?\b/gi, 'accounts'],
  [/\bexcl\.?(?=\s)/gi, 'excluding'],
  [/\bincl\.?(?=\s)/gi, 'including'],
  [/\bmgmt\b/gi, 'management'],
  [/\bops\b/gi, 'operations'],
  [/\bthru\b/gi, 'through'],
  [/\borgs\b/gi, 'organization'],
  [/\bavg\.?(?=\s)/gi, 'average'],
  [/\b(pls|plz|thx)\b/gi, 'please'],
];

/** Number and unit written together: 90d, 30days, 2y. */
const shortPeriod = /^(\d+)(d|days?|w|weeks?|months?|y|yrs?|years?|h|hours?)$/i;
const shortUnits: Readonly<Record<string, string>> = {
  d: 'days',
  w: 'weeks',
  y: 'years',
  yr: 'years',
  yrs: 'years',
  h: 'hours',
};

/**
 * The tokens of an English question. Every character that is not white space or a closing mark at
 * the end ends up in a token: what the grammar does not know is then in nobody's way to be ignored.
 */
export function englishTokens(question: string): readonly Token[] {
  let text = question
    .normalize('NFKC')
    .replaceAll(/[‘’‛`´]/g, "'")
    .replaceAll(/[“”„«»]/g, '"')
    .replaceAll(/[‐‑‒–—−]/g, '-');
  for (const [pattern, replacement] of [...shorthands, ...contractions])
    text =
      typeof replacement === 'string'
        ? text.replaceAll(pattern, replacement)
        : text.replaceAll(pattern, replacement);
  text = text.replace(/[\s?!.]+$/, '');

  const tokens: Token[] = [];
  const pieces = text.matchAll(/"([^"]*)"|(?<=^|\s)'([^']*)'(?=$|[\s,?.!)])|[(),]|[^\s(),"]+/gu);
  for (const [piece, double, single] of pieces) {
    const quoted = double ?? single;
    if (quoted !== undefined) tokens.push(token('quoted', quoted, piece));
    else if (piece === ',') tokens.push(token('comma', piece, piece));
    else if (piece === '(') tokens.push(token('open', piece, piece));
    else if (piece === ')') tokens.push(token('close', piece, piece));
    else tokens.push(...chunkTokens(piece));
  }
  return joinThousands(tokens);
}

function token(kind: TokenKind, text: string, raw: string, glued = false): Token {
  return { kind, text, raw, base: singular(text), glued };
}

function chunkTokens(piece: string): readonly Token[] {
  const chunk = piece.replace(/[?!.;:]+$/, '');
  const trailing = piece.slice(chunk.length);
  if (chunk === '') return [token('symbol', piece, piece)];
  // A colon or semicolon may separate what it should not; only full stops are dropped silently.
  const after = /[;:]/.test(trailing) ? [token('symbol', trailing, trailing)] : [];
  const form = forms.find(([, pattern]) => pattern.test(chunk));
  if (form) return [token(form[0], formText(form[0], chunk), chunk), ...after];
  const period = shortPeriod.exec(chunk);
  if (period) {
    const [, count = '', unit = ''] = period;
    const word = shortUnits[unit.toLowerCase()] ?? unit.toLowerCase();
    return [token('number', count, count), token('word', word, unit), ...after];
  }
  return [...splitChunk(chunk), ...after];
}

function formText(kind: TokenKind, chunk: string): string {
  switch (kind) {
    case 'account':
      return chunk.replaceAll('-', '');
    case 'number':
      return chunk.replaceAll(/[$,]/g, '');
    case 'percent':
      return chunk.slice(0, -1);
    case 'key_id':
      return chunk.toLowerCase();
    default:
      return chunk;
  }
}

/** Words joined by hyphens, dots, slashes and the like become glued tokens. */
function splitChunk(chunk: string): readonly Token[] {
  const tokens: Token[] = [];
  let joint = '';
  for (const [part] of chunk.matchAll(
    /'s$|[\p{L}\p{M}\p{N}]+|\*|[-_./:@&]+|[^\p{L}\p{M}\p{N}*_./:@&-]/gu,
  )) {
    const glued = tokens.length > 0;
    if (/^[-_./:@&]+$/.test(part)) {
      // A joint is no word; standing alone or leading, it is a sign that nobody understands.
      if (!glued && chunk.length === part.length) tokens.push(token('symbol', part, part));
      joint = part;
      continue;
    }
    const lower = part.toLowerCase();
    const kind = /^\d+$/.test(part)
      ? 'number'
      : /^['\p{L}\p{M}\p{N}*]/u.test(part)
        ? 'word'
        : 'symbol';
    tokens.push({
      ...token(kind, lower, part, glued && lower !== "'s"),
      ...(glued ? { joint } : {}),
    });
    joint = '';
  }
  return tokens;
}

/** "1,000" was taken apart at its comma. */
function joinThousands(tokens: readonly Token[]): readonly Token[] {
  const joined: Token[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const [a, comma, b] = [tokens[i], tokens[i + 1], tokens[i + 2]];
    if (!a) break;
    const thousands =
      a.kind === 'number' &&
      /^\d{1,3}$/.test(a.text) &&
      comma?.kind === 'comma' &&
      b?.kind === 'number' &&
      /^\d{3}$/.test(b.text);
    if (thousands && b) {
      joined.push(token('number', a.text + b.text, `${a.raw},${b.raw}`));
      i += 2;
    } else {
      joined.push(a);
    }
  }
  return joined;
}
