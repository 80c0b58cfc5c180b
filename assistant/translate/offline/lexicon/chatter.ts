import { stripped } from '../chatter.ts';

/**
 * What people say around a question that asks for nothing: whom the answer is for, why they ask, how small
 * the question is. Only what a mark sets apart at the beginning or at the end, and is made of nothing but
 * such words, is left out: "for audit: …" may be of an account of that name, "for our ISO audit: …" is not.
 */

const determiner = "(?:the|our|my|your|an?|this|next|upcoming|tomorrow's|today's|monday's)";
const adjective =
  '(?:iso(?:[ /-]?\\d{4,5})?|soc ?[123]?|(?:pci(?: dss)?|nist(?: csf)?|cis)(?: (?:req(?:uirement)? |control )?[a-z]{0,2}[.-]?\\d[\\w.]*)?|hipaa|gdpr|dora|nis2|bafin|tisax|internal|external|annual|yearly|quarterly|monthly|weekly|regular|upcoming|next|first|big|short|small|compliance|security|risk|cost|budget|governance|finops|steering|management|executive|board|kms|key|encryption|cloud|aws|access|status|due|diligence)';
const occasion =
  '(?:audit(?:or)?s?|reviews?|board|ciso|cto|cfo|cio|boss|manager|management|executives?|leadership|committee|meetings?|calls?|workshop|reports?|reporting|presentations?|slides?|slide deck|deck|walk-?throughs?|risk register|register|board pack|dashboard|post-?mortem|retro(?:spective)?|timeline|showback|chargeback|forecast|business case|work-?papers?|sampling|testing|assessments?|certifications?|re-?certification|questionnaires?|inventory|planning|budget|budgeting|documentation|wiki|newsletter|records?|regulators?|insurance|insurer|customer|talk|training|onboarding|evidence|ticket|paperwork)';
const further = `(?: (?:${occasion}|(?:for|of|to|with|on|in|and) (?:${determiner} )?(?:${adjective} )*${occasion}))*`;
/** "Our ISO audit", "the slides for the board". */
const purpose = `(?:${determiner} (?:${adjective} )*|(?:${adjective} )+)${occasion}${further}`;
/** Where a verb says what it is, "slides" alone as well. */
const work = `(?:${determiner} )?(?:${adjective} )*${occasion}${further}`;
const person = `(?:friend|colleague|coworker|boss|manager|customer|teammate|ciso|cto|cfo|auditors?|board)`;
/** Who reads it, or where: nothing of AWS is called so with an article. */
const reader =
  '(?:board(?: meeting| pack| deck| report| slides?)?|ciso|cto|cfo|boss|manager|executives|leadership|steering committee|auditors?|regulators?|slides?|slide deck|presentation|newsletter)';
const small =
  "(?:just |only |and |another |one |a |an |my |here is |here's )*(?:more |very |quick |short |simple |small |easy |silly |stupid |dumb |naive |newbie |beginner |basic |last |final |next |general |other |different |random )+(?:one|question|thing|check|ask|query|request)(?: for you| please)?";
const busy =
  "(?:i'?m|i am|we'?re|we are|am|currently) (?:just |currently |now |busy |also )*(?:preparing|prepping|doing|writing|working on|putting together|making|building|planning|drafting|compiling|finishing|getting ready|in the middle of|in)(?: for)?";
const wanted =
  "(?:(?:it|this)(?: is|'s) for|(?:i|we) need (?:it|this|that) for|(?:to be )?used (?:for|in)|for use in)";
const asks =
  '(?:asks?|asked|is asking|are asking|was asking|were asking|wants? to know|wanted to know|would like to know|needs? to know)(?: me| us)?(?: today| again| yesterday)?';

/** What stands alone between marks. */
const alone = [
  `(?:only |just )?(?:for|as part of|in preparation for|in preparation of|because of|regarding) ${purpose}`,
  `${busy} ${work}`,
  `${wanted} ${work}`,
  `asking (?:this |that )?(?:for|on behalf of) (?:a |an |my |our |the )?${person}`,
  small,
  '(?:just |only )?(?:curious|wondering|out of curiosity|checking|double[- ]checking|thinking aloud|thinking out loud)',
  '(?:a )?(?:sanity|cross|quick|spot)[- ]?check',
  // "Finance asked me for it": it is not the keys that are of finance.
  '(?:(?:the|our|my) )?[\\w-]+(?: (?:team|department|people|guys|folks|owners?))? (?:keeps? asking|(?:has |have )?asked|asks|ask|(?:is|are|was|were) (?:asking|waiting)|wants?|wanted|needs?|needed)(?: me| us)? ?(?:for|about)? ?(?:it|this|that|these numbers|the numbers?|the list|an answer)(?: (?:again|today|asap|by \\w+|urgently))?',
  "(?:please )?(?:keep|make) (?:it|this|that|the answer) (?:very |really )?(?:short|brief|quick|simple)(?:,? (?:please|i'?m|i am|we'?re|we are)(?: (?:in|on|at|late|about)\\b[\\w ]*)?)?",
  '(?:just |only )?(?:a )?(?:short|brief|quick|simple|one[- ]line|yes or no) answer (?:is (?:fine|enough|ok|okay)|will do|please|suffices)',
  '(?:is|are) (?:that|this|it|these|those) (?:in (?:there|here|the data|your data|this data)|something you (?:can tell|know|have)|possible|available|known)',
  "(?:if|as long as) (?:that is|that's|it is|it's|this is) (?:possible|known|available|in (?:there|here|the data))",
  // What is hoped for changes nothing of what is asked.
  "(?:(?:please )?tell me|i (?:really )?hope|let us hope|let's hope|hopefully|ideally|surely|i (?:would )?(?:expect|assume|think|guess)|we should have|(?:there )?should be)(?: that)?(?: there)?(?: are| is| will be| aren't| isn't)? (?:none|any|zero|not many|not too many|a lot|lots|only a few)",
  '(?:hi|hello|hey|sorry|apologies|pardon|excuse me|please|help|help me|quick|urgent|fyi|btw|by the way|hey there|hey team|hi all|hi team|hello all|good morning|morning|afternoon|good afternoon)',
  '(?:no hurry|no rush|when you have (?:a )?(?:minute|moment|second)|if you have (?:a )?(?:minute|moment|second)|thanks(?: in advance| a lot| so much)?|many thanks|thank you(?: in advance| very much| so much)?|cheers)',
  "(?:i'?m|i am|we'?re|we are) (?:quite |very |completely |really )?new (?:here|to (?:this|aws|kms|all this|the team|the company))",
];
/** "Best regards, Tom", at the end only. */
const signature =
  '(?:(?:[Bb]est|[Kk]ind|[Ww]arm|[Mm]any)?,? ?[Rr]egards|[Bb]est|[Cc]heers|[Tt]hx|[Tt]hanks(?: a lot| in advance)?|[Mm]any thanks|[Tt]hank you),? \\p{Lu}\\p{L}+(?: \\p{Lu}\\p{L}*)?';
const said = `(?:${alone.join('|')})`;
const mark = '\\s*(?::|;|,|\\.{1,3}|!|…|\\s[-–—]+(?=\\s)|[–—])\\s*';
const ending = '\\s*(?:[?:;,.!…]+|\\s[-–—]+(?=\\s)|[–—])\\s*';

const beginnings: readonly RegExp[] = [
  new RegExp(`^${said}${mark}(?:so[:,]? |and )?`, 'iu'),
  new RegExp(`^\\(${said}\\)\\s*[:,]?\\s*`, 'iu'),
  // "Our CISO wants to know how many…": whoever it is.
  new RegExp(
    `^(?:the|our|my) (?:${adjective} )*${person} ${asks}(?:${mark}|\\s+(?=(?:how|which|what|who|where|when)\\b))`,
    'iu',
  ),
];
const ends: readonly RegExp[] = [
  new RegExp(`${ending}(?:(?:best|kind|warm|many) )?regards[.!…]*$`, 'iu'),
  new RegExp(`${ending}${signature}[.!…]*$`, 'u'),
  new RegExp(`${ending}(?:and )?${said}[.!…]*$`, 'iu'),
  new RegExp(`\\s+\\(${said}\\)[.?!…]*$`, 'iu'),
  // "… for the board": whom it is for, which no key is.
  new RegExp(
    `(?<!\\b(?:used|responsible|meant|tagged|owned|named|made|keys|cmks|accounts)) for (?:the|our|my) (?:${adjective} )*${reader}[.?!…]*$`,
    'iu',
  ),
];

/** The question without what is said around it; itself where nothing would be left. */
export const withoutChatter = (question: string): string =>
  stripped(question.trim(), [...beginnings, ...ends], /\p{L}{2}/u);
