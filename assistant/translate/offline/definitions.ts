import { concernKinds } from '../../../collector/schema/concerns.ts';
import { type Control, controls } from '../../../collector/schema/controls.ts';
import type { Column } from '../../../collector/schema/types.ts';
import { controlsByName } from './lexicon/controls.ts';
import type { ColumnValue, Lexicon } from './lexicon/lexicon.ts';
import { entityTables } from './plan/entity-tables.ts';
import type { Filter } from './plan/plan.ts';
import { terms } from './terms.ts';

/** Ways to ask what a word means, around the word. */
const asking: readonly RegExp[] = [
  /^what(?:'s| is| are) (?:the )?(?:risks?|dangers?|problems?|harm|issues?) (?:of|with|in|behind) (?:having |leaving |using |an? |the )?(.+)$/i,
  /^how (?:do|can|should|would|to) (?:you|i|we|one)? ?(?:fix|resolve|remediate|solve|address|mend|get rid of|deal with) (?:the |a |an )?(?:finding |concern |issue |problem )?(.+)$/i,
  /^(?:why is|what is so bad about|what is bad about|what is wrong with) (?:an? |the )?(.+?) (?:bad|a problem|a risk|dangerous|an issue|a finding)$/i,
  /^why (?:is|are) (?:an? |the )?(?:automatic )?(.+?) (?:so )?(?:important|needed|necessary|recommended|useful|required|relevant|good|a good idea)$/i,
  /^what (?:is|are) (?:an? |the )?(.+?) (?:good|used|needed) for$/i,
  /^what (?:exactly |actually |really )?(?:is|are) (?:the )?(?:recommended |proposed |suggested |best |right |proper |usual )?(?:fix|fixes|remediation|solution|remedy|mitigation|recommendation) (?:for|of|to) (?:the |an? )?(?:finding |concern |issue |problem )?(.+)$/i,
  /^how (?:should|can|could|would|must|do) (?:the |an? )?(?:finding |concern |issue |problem )?(.+?) be (?:fixed|resolved|remediated|addressed|mitigated|solved)$/i,
  /^what (?:exactly |actually |really |precisely )?(?:does|do|would) (?:it mean (?:if|when|that) a key (?:is|has) )?(.+?) (?:actually |really )?(?:mean|stand for|refer to|indicate|signify)$/i,
  /^(?:can|could|would|will) (?:you|someone|somebody|anyone|anybody) (?:please )?(?:explain|tell me|describe|clarify) (?:to me )?what (.+?) (?:is about|is all about|is|are|means?|mean)$/i,
  /^what (?:does it mean|is it) (?:if|when|that) (?:a key|keys) (?:is|are|has|have) (.+)$/i,
  /^what (?:is|do (?:you|we) mean|are you (?:calling|saying)) (?:meant )?(?:by|with) (.+)$/i,
  /^(?:what(?: is|'s) |give me |show me |tell me )?(?:the )?(?:meaning|definition|explanation) (?:of|for|behind) (.+)$/i,
  /^(?:define|explain|describe|clarify) (?:to me |for me |me )?(?:what )?(.+?)(?: to me| for me| means| is)?$/i,
  /^what(?: is|'s| are)(?: exactly)? (?:an? )?(.+?)(?: about)?$/i,
  /^how (?:exactly )?(?:is|are|do you|do we|does (?:it|this|the tool)) (?:the |a key |keys |key )?(.+?) (?:calculated|computed|determined|judged|decided|estimated|defined|measured|detected|worked out)$/i,
  /^how (?:exactly )?(?:do you|do we|does (?:it|this|the tool)) (?:calculate|compute|determine|judge|decide|estimate|define|measure|detect|work out) (?:the |if a key is |whether a key is |that a key is )?(.+)$/i,
  /^(?:i do not|i don't) (?:know|understand) (?:what )?(.+?)(?: means| is)?$/i,
  /^(.+?)[,:;]? (?:what does (?:that|this|it) mean|what is that|meaning|what's that)$/i,
];

const you = '(?:do you|does (?:it|this|this tool|the tool)|can (?:you|it)|are|is|were|we|you|it)';
const looksFor =
  '(?:check|checks|look|looks|detect|detects|know|knows|cover|covers|support|supports|map|maps|use|uses|run|runs|flag|flags|checked|covered|supported|mapped|detected|looked)(?: (?:for|at|to|against))?';
/** What is looked for, whether it was found or not. */
const inventory: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      `^(?:which|what)(?: are| is)?(?: all)?(?: the)?(?: kinds| types)?(?: of)? (?:concerns|findings|checks|problems|risks|issues|rules)(?: that)? ${you} (?:all )?${looksFor}$`,
      'i',
    ),
    `Concerns that are looked for: ${concernKinds.map((k) => `${k.label} (${k.severity})`).join(', ')}.`,
  ],
  [
    new RegExp(
      `^(?:which|what)(?: are| is)?(?: all)?(?: the)?(?: compliance| security)? (?:standards|benchmarks|frameworks|controls|regulations|standards and controls)(?: that)? ${you} (?:all )?${looksFor}$`,
      'i',
    ),
    `Controls that concerns bear on: ${Object.keys(controls).join(', ')}.`,
  ],
];

const howTo = '^how (?:do|can|could|should|would|to)(?: (?:i|we|you|one))? ';
/** What people want to do to a key, and the concern that tells how. */
const doing: readonly (readonly [RegExp, string])[] = [
  [
    new RegExp(
      `${howTo}(?:turn on|switch on|enable|activate|set up|configure) (?:automatic |auto |key )*rotation\\b`,
      'i',
    ),
    'rotation disabled',
  ],
  [
    new RegExp(
      `${howTo}(?:cancel|stop|undo|abort|prevent|reverse) (?:the |a |an |this )?(?:scheduled |pending |planned |key )*deletions?\\b`,
      'i',
    ),
    'pending deletion',
  ],
  [
    new RegExp(
      `${howTo}(?:remove|close|block|revoke|stop|prevent|get rid of|take away) (?:the |any |all )?public access\\b`,
      'i',
    ),
    'public access',
  ],
];

/** What one thing is called that a concern is about. */
const trouble = '(?:problem|risk|issue|finding|concern|attack|vulnerability|weakness|thing)';
const ranked =
  '(?:rated|ranked|considered|classified|classed|marked|labell?ed|flagged|treated|seen|judged|scored|regarded|reported|listed)';
const grave =
  '(?:critical|high|medium|low|severe|serious|important|urgent|bad|dangerous|risky|harmful|(?:an? )?(?:big |serious |real |critical |high )?(?:severity|problem|risk|issue|concern|finding|deal))';

/**
 * Ways to ask what a concern is, or why it is one, that ask for nothing else: a list of keys would be no
 * answer to them.
 */
const explaining: readonly RegExp[] = [
  new RegExp(
    `^what(?: is|'s| exactly is)(?: meant by)? (?:this |that |an? |the )(.+? ${trouble})$`,
    'i',
  ),
  new RegExp(
    `^(?:why|how come)(?: is| are|'s| does| do)? (?:having |an? |the )?(.+?) (?:is |are |be |being )?(?:${ranked} )?(?:as )?(?:so |such |that |of )?${grave}$`,
    'i',
  ),
  new RegExp(`^what (?:makes|is it that makes) (?:an? |the )?(.+?) (?:so |such )?${grave}$`, 'i'),
  /^(?:can you |could you |please )*(?:explain|describe|define|clarify)(?: to me| to us)? what (.+?) (?:is|are|means?)$/i,
];

/** What may stand around the word that is asked for. */
const around: readonly RegExp[] = [
  /^(?:hi|hello|please|could you|can you|would you|sorry|so|and|ok|okay)[, ]+/i,
  /[, ]+(?:in (?:simple|plain|other|easy|everyday|non-technical|layman's|short|a few|one|two) (?:words?|terms?|english|language|sentences?)|simply|briefly|for (?:beginners|dummies|a (?:beginner|manager|non-expert|layman))|(?:to me |to us )?(?:like|as if|as though|assuming|pretending) (?:i|we)(?:'m|'re| am| are| was| were) (?:(?:an?|not|new|no|to|the|in|very|really) )*[\w-]+(?: (?:year old|person|expert|manager|kms|aws|this|here|security))?|to (?:a|my) (?:manager|boss|child|beginner|non-expert)|exactly|here|please|for me|then|again|in this (?:tool|report|context)|in kms)$/i,
  /^(?:the |an? )?(?:concern|finding|status|usage status|term|label|flag|state|key state|issue|problem|risk|severity level|severity|key spec|spec|origin|value|word)(?: (?:named|called|of))? (?=["\u201c'A-Z])/i,
  /^the |^an? /i,
  /["\u201c\u201d']/g,
  / (?:concern|finding|label|status|flag)$/i,
];

/** A word of the subject, and what the data contract says of it. */
export interface Definition {
  readonly text: string;
  /** The keys of which it is so; null for a word that says nothing of a key. */
  readonly keys: Filter | null;
  /** They are asked for themselves, and not how many they are. */
  readonly listed?: true;
}

/**
 * What a question of the form "what does X mean" asks for, told in the words of the data contract:
 * the concerns, and the values of the columns of keys. Null when it asks for nothing of the kind.
 */
export function definitionOf(question: string, lexicon: Lexicon): Definition | null {
  const stripped = (text: string) =>
    around.reduce((said, mark) => said.replaceAll(new RegExp(mark, 'gi'), '').trim(), text);
  const asked = bare(question);
  const kinds = inventory.find(([pattern]) => pattern.test(asked))?.[1];
  if (kinds) return { text: kinds, keys: null };
  const two = difference.exec(asked);
  const [a, b] = [two?.[1] ?? two?.[3], two?.[2] ?? two?.[4]];
  if (a && b) return apart(stripped(a), stripped(b), lexicon);
  const done = doing.find(([pattern]) => pattern.test(asked))?.[1];
  if (done) return defined(done, lexicon);
  const happens = consequenceOf(asked);
  if (happens) return defined(happens, lexicon);
  const define = (request: string): Definition | null => {
    for (const pattern of asking) {
      const term = pattern.exec(request)?.[1];
      const found = term
        ? (defined(term, lexicon) ?? definedAnyhow(stripped(term), lexicon))
        : null;
      if (found) return found;
    }
    return null;
  };
  // What a concern means is told with what to do about it.
  const [, meaning] = andRemedy.exec(asked) ?? [];
  const explained = meaning ? define(meaning) : null;
  if (explained) return { ...explained, keys: null };
  // The number of such keys is told with what it means, where it is said of keys.
  const [, request] = andHowMany.exec(asked) ?? [];
  const counted = request ? define(request) : null;
  if (counted?.keys) return counted;
  const [, what] = andWhich.exec(asked) ?? [];
  const listed = what ? define(what) : null;
  return listed?.keys ? { ...listed, listed: true } : define(asked);
}

/** "What does X mean, and how do we fix it?", "…, and is it bad?" */
const andRemedy =
  /^(.+?)[?,;]?\s+(?:and|&)\s+(?:(?:what|how) (?:can|do|should|must|would|could|to) (?:(?:i|we|you|one) )?(?:do|fix|solve|resolve|remediate|mitigate|address|get rid of|deal with|handle|prevent|avoid)(?: (?:it|that|this|about (?:it|that|this)|against (?:it|that|this)))?|(?:do|should|must|need) (?:i|we) (?:(?:really|actually|have|need|to) )*(?:fix|worry about|care about|solve|act on|do something about|do anything about|worry|care)(?: (?:it|that|this))?|(?:what is|what's) (?:the )?(?:fix|remedy|solution|risk|recommendation)|how (?:bad|serious|dangerous|severe) is (?:it|that|this)|is (?:it|that|this) (?:(?:really|actually|that|very|so) )*(?:bad|serious|dangerous|a problem|a risk|an issue)|why (?:is (?:it|that|this) (?:bad|a problem|a risk|an issue|dangerous|important)|does (?:it|that|this) matter))$/i;

/** "What does X mean, and how many keys have it?" */
const andHowMany =
  /^(.+?)[?,;]?\s+(?:and\s+)?how many(?: (?:keys|cmks|of (?:our|the) keys|of (?:them|those|these|such keys)|such keys|of those keys|do we))?(?: (?:do|does|are|have|did|we|there|you|got|see|exist|find|in total|right now|now|today))*(?: (?:have|has|are|show|carry))?(?: (?:it|that|this|so|affected|like that|in (?:it|that|this)|(?:in )?(?:it|that|this) (?:state|status|value|concern|finding|problem)))?$/i;

/** "What does X mean, and which keys have it?" */
const andWhich =
  /^(.+?)[?,;]?\s+(?:and\s+)?which (?:keys|cmks|of (?:our|the) keys|ones) (?:(?:do|does|are|have|has|show|carry|got|is) )+(?:it|that|this|so|affected(?: by (?:it|that|this))?|like that|in (?:it|that|this)(?: state)?|(?:it|that|this) (?:state|status|value|concern|finding|problem|issue))$/i;

/**
 * What a question asks for that says itself that a concern is to be explained ("why is public access rated
 * critical"), whatever else its words could ask for. Null for any other.
 */
export function explanationOf(question: string, lexicon: Lexicon): Definition | null {
  const asked = bare(question);
  for (const pattern of askingForControl) {
    const control = controlDefined(pattern.exec(asked)?.[1] ?? '');
    if (control) return control;
  }
  for (const pattern of explaining) {
    const term = pattern.exec(asked)?.[1];
    if (!term) continue;
    const names = [term, term.replace(new RegExp(` ${trouble}$`, 'i'), '')];
    for (const name of names) {
      const found = definedConcern(name, lexicon);
      if (found) return found;
    }
  }
  return null;
}

/** Ways to ask what a control is about, around its name. */
const askingForControl: readonly RegExp[] = [
  /^what(?: exactly)?(?: is|'s| does| are| do) (?:the )?(?:control |check |rule |requirement )?(.+?)(?: (?:control|check|rule))?(?: (?:about|all about|mean|ask for|ask|require|check|check for|demand|say|stand for|cover|for))?$/i,
  /^(?:explain|define|describe|tell me about|tell me what|what about)(?: to me| to us)? (?:the )?(?:control |check |rule |requirement )?(.+?)(?: (?:control|check|rule))?(?: (?:is|means|asks for|requires|is about))?$/i,
];

const controlIds = controlsByName(({ id, frameworks, number }) =>
  [
    id,
    ...frameworks.flatMap((n) => [`${n} ${number}`, `${n} control ${number}`]),
    ...(/^[A-Z]/.test(number) ? [number] : []),
  ].map((name) => name.toLowerCase()),
);
const titles: Readonly<Record<string, Control>> = controls;

/** KMS.4: what the control asks for, and what of keys bears on it; null for what is no control. */
function controlDefined(term: string): Definition | null {
  const ids = [...(controlIds.get(term.toLowerCase()) ?? [])];
  const [title, ...others] = new Set(ids.map((id) => titles[id]?.title.replaceAll('-', ' ')));
  if (!title || others.length > 0) return null;
  const bearing = concernKinds.filter((kind) => kind.controls.some((id) => ids.includes(id)));
  const labels = bearing.map(({ label }) => `"${label}"`).join(', ');
  const same = ids.every((id) => titles[id]?.basis === 'same check');
  const bears = same
    ? `The same is checked by ${labels}.`
    : `What bears on it, without being proof that it is failed: ${labels}.`;
  return {
    text: `${ids.join(', ')}: ${title}. ${bears}`,
    keys: { is: 'concern', codes: bearing.map(({ code }) => code) },
  };
}

/** A question without what may stand around it. */
function bare(question: string): string {
  const plain = question
    .trim()
    .replace(/[?!.\s]+$/, '')
    .replaceAll(/[\u2018\u2019]/g, "'")
    .replace(/\bwhats\b/gi, "what's");
  return around.slice(0, 2).reduce((said, mark) => said.replace(mark, ''), plain);
}

const difference =
  /^(?:(?:what is|what's|explain|show me|tell me) )?(?:the )?(?:difference|differnce|diffrence|differance) between (.+?) (?:and|vs\.?|versus) (.+)$|^how (?:does|do|is|are) (.+?) (?:differ|different) from (.+)$/i;

/** What is done to a key in "what would happen if I delete a key", as a term. */
const consequences: readonly (readonly [RegExp, string])[] = [
  [/^(?:delet|remov|destroy|schedul|erase|kill)/i, 'deleting a key'],
  [/^(?:disabl|deactivat)/i, 'disabling a key'],
];
const consequence: readonly RegExp[] = [
  /^what (?:would |will |does |do |can |could |might )?(?:actually |really )?happens? (?:(?:to|with) [\w ]+? )?(?:if|when|once|after) (?:i|we|you|one|someone|somebody|anyone|anybody|they) (?:were to |would |accidentally |ever )*(\w+) (?:(?:an?|the|one|some|any|my|our|this|that|of|these|customer|managed|kms) )*(?:keys?|cmks?)$/i,
  /^what (?:would |will |does |do |can |could |might )?(?:actually |really )?happens? (?:(?:to|with) [\w ]+? )?(?:if|when|once|after) (?:(?:an?|the|one|some|any|my|our|this|kms) )*(?:keys?|cmks?) (?:is|are|gets?|was|were|has been|have been) (\w+)$/i,
  /^what (?:happens|would happen|will happen) (?:(?:to|with) [\w ]+? )?(?:by|on|upon|when|after) (\w+ing) (?:(?:an?|the|our|my|kms) )*(?:keys?|cmks?)$/i,
];

function consequenceOf(question: string): string | null {
  const done = consequence.flatMap((pattern) => pattern.exec(question)?.[1] ?? [])[0] ?? '';
  return consequences.find(([verb]) => verb.test(done))?.[1] ?? null;
}

/** Each of two words after the other; null where either is not known. */
function apart(a: string, b: string, lexicon: Lexicon): Definition | null {
  const [first, second] = [definedAnyhow(a, lexicon), definedAnyhow(b, lexicon)];
  return first && second ? { text: `${first.text} ${second.text}`, keys: null } : null;
}

/** A word of the subject, also with the keys it is said of: "a disabled key", "one pending deletion". */
function definedAnyhow(term: string, lexicon: Lexicon): Definition | null {
  const bareTerm = term
    .replace(
      /^(?:keys?|cmks?|ones?|those|that|it)(?: (?:that|which))?(?: (?:is|are|being|in|in state|with))* /i,
      '',
    )
    .replace(/ (?:(?:kms )?(?:keys?|cmks?|ones?)|(?:key )?polic(?:y|ies))$/i, '');
  const names = [
    term,
    bareTerm,
    bareTerm.replace(/^multi[- ]region /i, ''),
    bareTerm.replace(/s$/i, ''),
  ];
  for (const name of names) {
    const found = name === '' ? null : defined(name, lexicon);
    if (found) return found;
  }
  return null;
}

function definedConcern(term: string, lexicon: Lexicon): Definition | null {
  const [code, ...others] = lexicon.concerns.get(term);
  const kind = others.length === 0 ? concernKinds.find((k) => k.code === code) : undefined;
  return kind
    ? {
        text: `${kind.label} (${kind.severity}): ${kind.why} ${kind.fix}`,
        keys: { is: 'concern', codes: [kind.code] },
      }
    : null;
}

function defined(term: string, lexicon: Lexicon): Definition | null {
  const concern = definedConcern(term, lexicon);
  if (concern) return concern;
  const known = terms.find(([words]) => words.includes(term.toLowerCase()));
  if (known) return { text: known[1], keys: null };
  const found = [...lexicon.columnValues.keys.get(term), ...byCode(term)];
  const [meant, ...more] = new Map(found.map((v) => [JSON.stringify(v), v])).values();
  if (!meant || more.length > 0) return definedColumn(term, lexicon);
  const columns: Readonly<Record<string, Column>> = entityTables.keys.table.columns;
  const value = columns[meant.column]?.values?.find((v) => v.value === meant.value);
  return value
    ? {
        text: `${value.value}: ${value.description}`,
        keys: { is: 'value', column: meant.column, values: [meant.value] },
      }
    : null;
}

/** A value by its code, in whatever column: NEVER_USED, SYMMETRIC_DEFAULT. */
function byCode(term: string): readonly ColumnValue[] {
  const code = term.toUpperCase().replaceAll(/[\s-]+/g, '_');
  const columns: Readonly<Record<string, Column>> = entityTables.keys.table.columns;
  return Object.entries(columns).flatMap(([column, { values }]) =>
    (values ?? []).filter((v) => v.value === code).map(({ value }) => ({ column, value })),
  );
}

/** What a column of keys holds: "key spec", "rotation period". */
function definedColumn(term: string, lexicon: Lexicon): Definition | null {
  const [name, ...more] = new Set(lexicon.columns.keys.get(term));
  const columns: Readonly<Record<string, Column>> = entityTables.keys.table.columns;
  const column = name !== undefined && more.length === 0 ? columns[name] : undefined;
  return column ? { text: `${name}: ${column.description}`, keys: null } : null;
}
