/** What "year to date" and the like are short for. */
const calendarUnits: Readonly<Record<string, string>> = { y: 'year', q: 'quarter', m: 'month' };

/**
 * What is written in other words before it is cut into tokens: signs and abbreviations of people in a hurry,
 * and turns of phrase whose words belong together in another order. The first that fits is applied first;
 * each must mean the same with any names in it. What fits word by word belongs into `paraphrases.ts`.
 */
export const rewordings: readonly (readonly [RegExp, string | ((...found: string[]) => string)])[] =
  [
    // Slips in words that are too short to be told from others by a letter.
    [/\bhw (?=many|much\b)/gi, 'how '],
    [/\bwether\b/gi, 'whether'],
    [/(?<=\d )yrs?\b/gi, 'years'],
    [/(?<=\d )(?:mnths?|mths?|mos)\b/gi, 'months'],
    [/\b(?:whch|wihch|whih|wchich|whcih|whihc)\b/gi, 'which'],
    [/\bpublically\b/gi, 'publicly'],
    [/\bteh\b/gi, 'the'],
    // An external auditor asks; it is not the keys that are external.
    [
      /\b((?:i'?m|i am|we are|we're|as) (?:an? |the |your |our )?)(?:external|internal|independent|outside|third[- ]party) (?=(?:auditors?|consultants?|assessors?|reviewers?|examiners?)\b)/gi,
      '$1',
    ],
    [
      /\b((?:the|our|my) )(?:external|internal|independent|outside|third[- ]party) (?=(?:auditors?|consultants?|assessors?|reviewers?|examiners?|audit) (?:wants?|wanted|needs?|needed|asks?|asked|is|are|was|were|requires?|would|will|said|says|found)\b(?! (?:able|allowed|permitted)\b))/gi,
      '$1',
    ],
    [
      /^(?:i (?:wonder|was wondering|am wondering) )?(?:whether|if) (?:someone|anyone|you|somebody) (?:could|can|might) (?:please )?(?:tell|show|give) me /gi,
      '',
    ],
    [/\badn\b/gi, 'and'],
    [/\bwiht\b/gi, 'with'],
    [/\bfro (?=the|our|my|all)\b/gi, 'for '],
    [/\bkesy\b/gi, 'keys'],
    [/\bkyes\b/gi, 'keys'],
    // A question inside another: "can you tell me how complete this inventory is".
    [
      /^(?:please )?(?:(?:can|could|would) (?:you|someone|anyone) (?:please )?(?:tell|show) (?:me|us)|(?:i|we) (?:need|want|would like|have) to know|i'd like to know|tell me|do (?:you|we) know|let me know|i wonder|i was wondering) (how (?:complete|fresh|old|recent|current|up to date|big|large|good)|where|who|what) ((?:the |this|that|our |my )[\w -]+?) (is|are|was|were)(?=[?.!]*$)/gi,
      '$1 $3 $2',
    ],
    [
      /\b(how (?:complete|fresh|old|recent|current|up to date) is (?:this|the|our|your)) (?:kms |key )?(?:inventory|population|extract|collection)\b/gi,
      '$1 data',
    ],
    // What is asked for, in the words of whoever has to hand it in.
    [
      /^(?:please |kindly )?(?:(?:i|we)(?:'d| would| will|'ll)? (?:also |just |really |only )?(?:need|like|love|like to (?:have|get|see)|want|want to see|need to see)|(?:can|could|may) (?:i|we) (?:please )?(?:get|have|see)|(?:can|could|would) you (?:please )?(?:get|pull|send|give|show|provide|produce|prepare) (?:me|us)?|give me|send me|pull|provide|get me) (?:please )?(?:the |a |an )?(?:full |complete |entire |whole |total )*(?:population|set|extract|export|list|overview|listing|dump|inventory) of (?=(?:all |the |our |every )*(?:[\w-]+ ){0,4}(?:keys?|cmks?|grants?|permissions?|accounts?)\b)/gi,
      'list ',
    ],
    [
      /^(?:please )?(?:the )?(?:full |complete |entire |whole |total )*population of (?=(?:all |the |our |every )*(?:[\w-]+ ){0,4}(?:keys?|cmks?|grants?|permissions?|accounts?)\b)/gi,
      'list ',
    ],
    [
      /^(?:(?:i|we)(?:'d| would| will|'ll) (?:also |just |really )?(?:need|like|want)(?: to (?:have|get|see))?|(?:i am|i'm|we are|we're) after|(?:i|we) (?:have|need) to (?:get|have|hand in|provide|show|produce|deliver|list)) (?=(?:all|every|the|any|each|a list|our)\b)/gi,
      'list ',
    ],
    [
      /^(?:please )?(?:give|get|send|show) me (?:a |the )?(?:count|number|headcount) of /gi,
      'number of ',
    ],
    [
      /^((?:please )?(?:list|show|show me|give me|name|get|find|identify) )(?:all|every)(?: of)?(?: the| our)? (?=(?:iam )?(?:users?|roles?|principals?|vendors?|external accounts?|outside accounts?|third parties)\b)/gi,
      '$1',
    ],
    // Any will do for a sample: those that come first.
    [
      /^((?:please |give me |show me |list |get me |pull |i need |we need |i'd like |can i (?:get|have) )*)(?:a |an )?(?:random )?sample (?:of )?(?:size )?(?:of )?(\d+) (?=(?:[\w-]+ ){0,4}(?:keys|cmks)\b)/gi,
      '$1first $2 ',
    ],
    [
      /,? (?:and )?(?:it |this |that |each )?(?:needs|need|has|have|should|must) (?:to )?(?:show|include|contain|list|state|tell)(?: me| us)? /gi,
      ' with ',
    ],
    [/\bnext rotation dates?\b/gi, 'next rotation'],
    // When keys would be deleted says nothing of which.
    [
      /\bif (?:we|i|you|one|they) (?:were to |would |just |simply |could )*(delete|deleted|remove|removed|get rid of|got rid of|drop|dropped|clean up|cleaned up|purge|purged) ((?:all |every |each |any |the |our |of |those |these )*(?:[\w-]+ ){0,4}(?:keys?|cmks?|ones)\b(?: [^,?]*?)?) (?:today|now|right now|right away|immediately|at once|tomorrow|straight away)(?=[,?.! ]|$)/gi,
      'if we $1 $2',
    ],
    [
      /\bif ((?:all |every |each |any |the |our |of |those |these )*(?:[\w-]+ ){0,4}(?:keys?|cmks?|ones)\b(?: [^,?]*?)?) (?:were|was|are|got|get) (deleted|removed|purged|dropped|cleaned up) (?:today|now|right now|right away|immediately|at once|tomorrow|straight away)(?=[,?.! ]|$)/gi,
      'if $1 were $2',
    ],
    [
      /\b(how many (?:[\w-]+ ){0,4}(?:keys|cmks) (?:do we have|are there|have we got|exist|there are))(?: as of)? (?:today|now|right now|at the moment|at present)(?=[?.!]*$)/gi,
      '$1',
    ],
    [
      /\b(percentage|percent|share|proportion|fraction|part|%) of all (?:the |of the |of our |our )?accounts\b/gi,
      '$1 of accounts',
    ],
    // A unit of the business is one of the organization.
    [/\bbusiness (unit)(s?)\b/gi, 'organizational $1$2'],
    // Whoever owns keys is told by their tags.
    [
      /^(?!.*\b(?:most|fewest|least|more than|how many|per|each)\b)(?:and |so |then |ok |but )*who (?:owns?|is responsible for|are responsible for|is the owner of|are the owners of|is in charge of|looks after) ((?:(?:the|our|all|these|those|all of the|of) )*(?!(?:those|these|that|this|the|them)(?: keys?)?[?.!]*$)(?:[\w-]+ ){0,3}(?:keys|cmks)\b.*?)(?=[?.!]*$)/gi,
      '$1 with their owner',
    ],
    [
      /^(?!.*\b(?:most|fewest|least|more than|how many|per|each)\b)(?:please |show me |show |list |give me |tell me |get |what is |what are |who is |who are )*(?:the )?owners? (?:tags? )?(?:of|for) ((?:(?:the|our|all|of) )*(?!(?:those|these|that|this|the|them)(?: keys?)?[?.!]*$)(?:[\w-]+ ){0,3}(?:keys|cmks)\b.*?)(?=[?.!]*$)/gi,
      '$1 with their owner',
    ],
    [
      /(?<=\b(?:keys|cmks|ones)\b.*?)(?:,|;|,? and| -) (?:and )?(?:who (?:owns|is responsible for|is the owner of|looks after) (?:them|those|these|each|each of them|each one)|who (?:are|is) (?:the|their) owners?|whose (?:are they|they are)|who (?:do )?they belong to|which team (?:owns|has) them)(?=[?.!]*$)/gi,
      ' with their owner',
    ],
    [
      /^(?:and |so |but |ok |then )*(?:whose (?:keys )?are (?:they|those|these)(?: keys)?|who (?:do|does) (?:they|those|these)(?: keys)? belong to|(?:the|their) owners?|who (?:are|is) (?:the|their) owners?(?: of (?:them|those|these)(?: keys)?)?|who is (?:responsible for|in charge of) (?:them|those|these)(?: keys)?|which teams? (?:own|owns|do) (?:them|those|these)(?: keys)?(?: belong to)?)(?=[?.!]*$)/gi,
      'who owns them',
    ],
    // Where there are keys, and how many: the number for each.
    [
      /^(?:in )?(?:which|what) (region|account|ou|team)s (?:do we have|have we got|are there|have|hold|contain|has) ((?:[\w-]+ ){0,3}(?:keys|cmks))(?: in)?,? and how many(?: keys| cmks| of them| do we have| are there| are)*(?: in| of| for)? each(?: of (?:them|those))?(?=[?.!]*$)/gi,
      'number of $2 per $1',
    ],
    [
      /^(?:in )?(?:which|what) (region|account|ou|team)s (?:are )?(?:our |the )?((?:[\w-]+ ){0,3}(?:keys|cmks))(?: are)?(?: in| located)?,? and how many(?: keys| cmks| of them| do we have| are there| are)*(?: in| of| for)? each(?: of (?:them|those))?(?=[?.!]*$)/gi,
      'number of $2 per $1',
    ],
    [/\ball (?:of )?(?:the )?(?=(?:different|distinct) )/gi, ''],
    // What weighs most is told by its severity, not by how many keys have it.
    [
      /^(?:(?:so|and|now|ok|please|what(?:'s| is| are)|which|show|show me|list|give me|tell me|tell me about) )*(?:(?:the|our) )*(?:(?:single )?(?:biggest|greatest|gravest|worst|most (?:serious|severe|dangerous|urgent)) (?:(?:kms|key|security) )*(?:risks?|threats?|dangers?)|(?:worst|gravest|most (?:serious|severe|dangerous|urgent)) (?:(?:kms|key|security) )*(?:problems?|issues?|findings?|concerns?))(?: (?:we have|do we have|there (?:is|are)|(?:is|are) there))?(?= (?:in|of|for|with|on) |[?.!]*$)/gi,
      'critical or high concerns',
    ],
    // What a policy says of someone who is gone.
    [
      /\b(?:key )?polic(?:y|ies) (?:(?:that|which|do|does) )?(?:(?:still|yet) )?(?:mention(?:s|ing)?|names?|naming|refer(?:s|ring)? to|referenc(?:es?|ing)|lists?|contain(?:s|ing)?|includ(?:es?|ing)|allows?|have|with) (?:(?:still|iam|any|some|the) )*(?:(?:deleted|removed|no longer existing|nonexistent|vanished) (?:iam )?(?:users?|roles?|principals?|people)(?: (?:or|and) (?:(?:deleted|removed|iam) )*(?:users?|roles?|principals?))?|(?:users?|roles?|principals?|people)(?: (?:or|and) (?:users?|roles?|principals?))? (?:that|which|who) (?:(?:have|were|are|has|was|had|been|already|since) )*(?:deleted|removed|gone)|(?:users?|roles?|principals?|people)(?: (?:or|and) (?:users?|roles?|principals?))? (?:that|which|who) (?:no longer exist|do not exist(?: any ?more)?|don't exist(?: any ?more)?))/gi,
      'keys with deleted principals',
    ],
    [
      /,? (?:just|only) (?:the )?(?:count|number|total)s? (per|by|for each) (account|region|ou|team)s?(?: is fine| is enough| please| will do| would do)*(?=[?.!]*$)/gi,
      ' count $1 $2',
    ],
    // The same principal may do both.
    [
      /\b((?:which|what|any|list|show) (?:[\w-]+ )?(?:principals?|roles?|users?|identit(?:y|ies)|people|accounts?)|who)(?: that| who| which)? (?:can|could|may|are able to|are allowed to|is able to) (?:both )?(?:administer|manage|administrate) (?:(?:an?|the|our|any|some|same) )*(?:keys?|cmks?)(?: itself)?,? (?:and|but|while)(?: (?:can|may|are able to))?(?: also)? (use|decrypt|encrypt|sign)(?: data)?(?: (?:with|using))?(?: (?:it|them|(?:the|that) (?:same )?keys?))?(?= *[?.!]*$| in\b)/gi,
      '$1 can administer and also $2',
    ],
    [
      /\b(principals?|roles?|users?|identit(?:y|ies)|people|who)(?: that| who| which)? (can|could|may) (?:both )?(administer|use|decrypt|encrypt|sign) and(?: also)? (administer|use|decrypt|encrypt|sign)(?: with)? (?:the same|one and the same) key(?=[?.! ]*$)/gi,
      '$1 $2 $3 and also $4',
    ],
    // Keys of one tag against those of another value of it.
    [
      /\b(tagged|with (?:the )?tag|with|of) ([\w-]+)=([\w.-]+) (?:versus|vs\.?|against|compared (?:to|with)) (?:(?:tagged|with tag|those with|those tagged|ones tagged) )?\2=([\w.-]+)(?=[?.!]*$)/gi,
      '$1 $2=$3 or $2=$4 per $2 tag',
    ],
    [
      /\b(?:compare|comparison of) (.*?\b(?:tagged|with (?:the )?tag|with|of)) ([\w-]+)=([\w.-]+) (?:and|to|with|versus|vs\.?|against) \2=([\w.-]+)(?=[?.!]*$)/gi,
      '$1 $2=$3 or $2=$4 per $2 tag',
    ],
    // "Drop the disabled ones", of an answer: without them.
    [
      /^(?:(?:and|now|please|ok|then|but|can you|could you) )*(?:drop|skip|omit|ignore|hide|discard|take out|throw out|filter out|forget(?: about)?|leave aside) (?:all )?(?:the |those |any )*((?:[\w-]+ ){1,4})ones(?: please| too| as well)*(?=[?.!]*$)/gi,
      'without the $1ones',
    ],
    // What becomes of imported material, whoever imported it.
    [
      /\b(?:whose|where(?: the)?|with(?: an?| the)?|having) (?:imported )?(?:key )?material (?:that |which )?(?:(?:is|are|will|be|going|about|due|set|scheduled|to|soon) )*(?:expires?|expiring|runs? out|lapses?)\b/gi,
      'whose key material expires',
    ],
    [
      /\b((?:keys|cmks|ones)\b(?: [^?]*?)?) (?:that (?:are|is) |which (?:are|is) |(?:are|is) )?(?:(?:that|which) )?(?:about|going|due|set) to expire(?: soon)?(?=[?.!]*$)/gi,
      (_: string, keys: string) => `${keys} whose key material expires, soonest first`,
    ],
    [
      /\bgrants (?:that |which )?(?:(?:still|currently|do) )*(?:give|giving|provide|providing) (?:(?:any|some|full|direct) )?access to (?=(?:an? |the |any |some )?(?:outsiders?|external|outside|someone|somebody|anyone|anybody|people|other|another|foreign|third|vendors?|account|role|user|\d{12}))/gi,
      'grants held by ',
    ],
    [
      /\b(material expires?|expire|expires) within (?:the next )?(?=\d+ (?:hours?|days?|weeks?|months?|years?)\b)/gi,
      '$1 in the next ',
    ],
    [
      /\b(principals|roles|users|identities|accounts) with (decrypt|encrypt|sign|admin) (?:on|to|for) (?=(?:the |any |our )?(?:keys?|cmks?|alias\/)\b)/gi,
      '$1 with $2 access to ',
    ],
    [
      /^whose ((?:[\w-]+ ){0,2}(?:keys|cmks)) (are|have|were|expire|will) (.+?)(?=[?.!]*$)/gi,
      '$1 that $2 $3 with their owner',
    ],
    [
      /^(?:(?:which|what|list|show|show me|any|all|the|are there) )*grants (?:that |which )?(?:let|lets|letting|allow|allows|allowing|permit|enable) (?!decrypt|encrypt|sign|use|access)([\w .-]+?) (?:to )?(decrypt|encrypt|use|sign)(?: with)?(?: (?:our|the|any|some))*(?: keys?| cmks?)?(?=[?.!]*$)/gi,
      'permissions that let $1 $2 through grants',
    ],
    // One key, and what is asked of it.
    [
      /^((?:the key |key )?(?:alias\/\S+?|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}))[:,;]? ((?:and )?(?:who|what|when|where|which)\b[^,]*?) (?:this|that|it)(?: one| key)?(?=[?.!]*$)/gi,
      '$2 $1',
    ],
    // Keys outside of AWS are in a key store outside.
    [
      /\b(?:(?:that|which) are )?(?:held|kept|stored|hosted|living|located|sitting) outside (?:of )?aws\b(?!-)/gi,
      'in an external key store',
    ],
    [/\bwhen exactly (?:was|were|did) (?:that|this)\b/gi, 'when was that'],
    [
      /\bwhy (is|are) (it|they|this|that|these|those) (?:(?:considered|deemed|regarded|treated|seen|counted|flagged|listed|shown|reported|classified|marked)(?: as| to be)?) /gi,
      'why $1 $2 ',
    ],
    // What is asked of each key stands beside it.
    [
      /^(?:please |what (?:is|are) |show me |show |list |give me |tell me |get )*(?:the )?(?:current )?(?:key )?(rotation periods?|rotation intervals?|states?|specs?|descriptions?|origins?|creation dates?|expir(?:y|ation) dates?|deletion dates?) (?:of|for) (?:all |each |every |the |our |these )*((?:[\w-]+ )*(?:keys|cmks)\b.*?)(?=[?.!]*$)/gi,
      '$2 with their $1',
    ],
    [
      /^((?:keys |cmks )?(?:pending|scheduled for|awaiting|waiting for) deletion(?: keys| cmks)?.*?|deletions?.*?),? (?:and )?when(?: exactly)? (?:do |will |are |does |is )?(?:they|each(?: of them| one| key)?|it)(?: will| are| is)?(?: be| get)? (?:go|goes|gone|deleted|removed|due|happens?)(?=[?.!]*$)/gi,
      '$1 with their deletion date',
    ],
    // Whether all were read is which were not.
    [
      /^(?:were|are|have|has|did|was) (?:you |we |the (?:tool|collector) )?(?:really )?(?:all|every|each)(?: of)? (?:the |our )?(accounts?|regions?) (?:(?:been|get|fully|completely|successfully) )*(?:read|scanned|collected|covered)(?: (?:fully|completely|successfully|in full|ok))?(?=[?.!]*$)/gi,
      'which $1 could not be read',
    ],
    [
      /^(?:did|do) you (?:really )?(?:read|scan|collect|cover|see|reach) (?:all|every)(?: of)? (?:the |our )?(accounts?|regions?)(?: (?:fully|completely|successfully|in full|ok))?(?=[?.!]*$)/gi,
      'which $1 could not be read',
    ],
    [
      /\b(accounts?|regions?) (?:that |which )?(?:could(?:n't| not) you (?:read|scan|collect|reach|access)|you (?:could(?:n't| not)|can(?:'t|not)|were unable to|failed to|did(?:n't| not)) (?:read|scan|collect|reach|access|get into)|you have no access to)\b/gi,
      '$1 could not be read',
    ],
    // Accounts with what their rows show anyway.
    [
      /^((?:please |list |show |show me |give me |a |an |list of |overview of |all |the |our )*accounts) (?:with|and) (?:their|the) (?:(?:ou|ous|organi[sz]ational units?|ids?|account ids?|names?|state|status)(?:,? (?:and )?)?)+(?=[?.!]*$)/gi,
      'list accounts',
    ],
    [
      /\baccounts (?:in (?:the |our )(?:org|organi[sz]ation) )?(?:without (?:a single|any)|with (?:not a single|zero|no)|(?:that |which )?(?:have|has) (?:not a single|zero|no)) (keys?|cmks?)(?=[?.!]*$| in )/gi,
      'accounts without any $1',
    ],
    [
      /\b(critical|high|medium|low|info)[- ]severity (?=(?:findings?|concerns?|issues?|problems?)\b)/gi,
      '$1 ',
    ],
    [
      /\b(findings|concerns|issues|problems) (?:of|with|at|rated) (?:a )?(?:severity )?(critical|high|medium|low|info)(?: severity)?(?= |$|\?)/gi,
      '$2 $1',
    ],
    [
      /^(?:what is |show |show me )?(?:the )?growth (?:of|in) (?:the |our )*(?:number of )?((?:[\w-]+ )?(?:keys|cmks))(?= (?:per|by|over)\b)/gi,
      '$1 created',
    ],
    [
      /^(?:please |show me |show |list |give me |get |export |i need )*(?:an? |the |our )?(?:full |complete |key |kms )*inventory of (?=(?:all |the |our )*(?:[\w-]+ ){0,3}(?:keys|cmks)\b)/gi,
      'list ',
    ],
    [
      /\b((?:rsa|ecc|hmac|asymmetric|symmetric)(?: keys| cmks)?) (by|per) (?:key )?(?:size|length)\b/gi,
      '$1 $2 key spec',
    ],
    [
      /^(which|what) (regions) (?:are we using|do we use|are in use|are used|are we in|do we have)(?: for kms| kms in)?(?=[?.!]*$)/gi,
      '$1 $2 have keys',
    ],
    // Both times are set side by side: "in October compared to September".
    [
      /\bin (the (?:first|second|third|fourth) quarter|q[1-4]|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d)( of 20\d\d| 20\d\d)? (?:(?:as )?compared (?:to|with)|versus|vs\.?|against) (?:in )?(?:the )?(first|second|third|fourth|q[1-4]|january|february|march|april|may|june|july|august|september|october|november|december|20\d\d)(?: quarter)?( of 20\d\d| 20\d\d)?(?=[?.!]*$| (?:by|per)\b)/gi,
      (_: string, one: string, of = '', other = '', ofOther = '') =>
        `in ${one}${of} versus in ${/^(?:first|second|third|fourth)$/i.test(other) ? `the ${other} quarter` : other}${ofOther}`,
    ],
    [
      /^(?:and )?when (?:was|were) (?:the |our )*(oldest|newest|youngest|first|latest) ((?:[\w-]+ ){0,3})(keys?|cmks?)( (?:in|of) [^?]*?)? (?:created|made)(?=[?.!]*$)/gi,
      (_: string, end: string, kind = '', key = '', where = '') =>
        `the ${/first/i.test(end) ? 'oldest' : /latest/i.test(end) ? 'newest' : end} ${kind}${key}${where}`,
    ],
    [
      /\b(?:number of |count of |how many )?new (keys|cmks) (per|by|each|every) (month|quarter|year)\b/gi,
      'number of $1 created $2 $3',
    ],
    [
      /^(?:show |give me |the |what is )*(?:key )?age (?:distribution|breakdown|histogram|profile)(?: of (?:all |the |our )*(?:keys|cmks))?(?=[?.!]*$| (?:in|of|for) )/gi,
      'number of keys by year of creation',
    ],
    [
      /\b(with|have|has|having) (?:at least one|at least 1|one or more|any) (?:concern|finding|issue)s?\b/gi,
      '$1 concerns',
    ],
    [
      /^(?:(?:which|what|list|show|all|the|our) )*accounts? (?:(?:that|which) )?(?:(?:are|is|fully|completely|entirely) )*(?:pass|passes|passing|meet|meets|meeting|comply with|complies with|complying with|compliant (?:with|to)|in compliance with) (?=(?:(?:aws )?security hub|kms\.\d|cis|pci|nist))(.+?)(?: (?:fully|completely|entirely))?(?=[?.!]*$)/gi,
      'accounts without keys failing $1',
    ],
    [
      /^(?:(?:list|show|all|the|our) )*accounts (?:(?:that|which) )?(?:fail|failing|violate|violating) (?=(?:(?:aws )?security hub|kms\.\d|cis|pci|nist))/gi,
      'which accounts violate ',
    ],
    [
      /^(?:what(?:'s| is) |show |give me )?(?:the )?(?:max|maximum|highest|largest|greatest) (?:number|count|amount) of ((?:[\w-]+ ){0,3}(?:keys|cmks)) (?:in|of|for|per) (?:one|a|an|any|a single|any one|any single) (account|region|ou|team)(?=[?.!]*$)/gi,
      'which $2 has the most $1',
    ],
    [/\b(average|avg|mean) (key|cmk) (?:count|number)s?\b/gi, 'average number of $2s'],
    // Whose keys nobody is told to be, by a tag.
    [
      /\b(keys|cmks|ones|those) (without|with no|missing|lacking|(?:that |which )?have no) (?:an? |any )?(owner|team|cost[- ]?cent(?:er|re)|environment|project|department)(?=[?.!]*$| (?:in|per|by|and|on)\b)/gi,
      '$1 $2 $3 tag',
    ],
    // Of findings, rotation is the kind that says it is disabled.
    [
      /^((?:[\w'-]+ ){0,4}(?:findings|concerns|issues|problems|violations|wrong)\b.*?),? (?:except|excluding|other than|besides|apart from|but(?: not)?|ignoring|leaving out) (?:for )?(?:the )?(?:missing |disabled |key )*rotation(?: disabled| off| findings| ones| concerns| issues)*(?=[?.!]*$)/gi,
      '$1 except concern "rotation disabled"',
    ],
    // An account has a finding by its keys.
    [
      /\b(accounts? (?:with|that have|which have|having|have|has|that has) (?:more than|over|at least|fewer than|less than|under|at most) \w+ (?:[\w-]+ ){0,2}(?:keys|cmks)),? (and|but|and with|but with) (?:(?:have |has |with )?(?:no|zero|not a single)|(?:with)?out(?: any)?|without) (?:any )?(critical|high|medium|low)(?: severity)? (?:findings?|concerns?|issues?)(?=[?.!]*$)/gi,
      (_: string, accounts: string, joint: string, severity: string) =>
        `${accounts} ${joint.split(' ')[0]} no keys with ${severity} concerns`,
    ],
    // Which of two has more is both numbers, side by side.
    [
      /^(?:which|what) (?:ou|region|account|unit)s? (?:has|have|holds?|contains?) (?:the )?(?:more|most) ((?:[\w-]+ ){0,3}(?:keys|cmks))[,:]? (?:in )?([\w/ -]+?) or (?:in )?([\w/ -]+?)(?=[?.!]*$)/gi,
      'number of $1 in $2 vs in $3',
    ],
    [
      /^(?:which|what) (?:ou|region|account|unit)s? (?:(?:costs?|spends?|pays?) (?:the )?(?:more|most)|is (?:the )?(?:more|most) expensive)(?: for kms| on kms)?[,:]? ([\w/ -]+?) or ([\w/ -]+?)(?=[?.!]*$)/gi,
      'cost in $1 vs in $2',
    ],
    [
      /^(?:are there|do we have|have we got) more ([\w-]+)(?: keys)? (?:or|than) ([\w-]+) keys(?=[?.!]*$)/gi,
      'number of $1 vs $2 keys',
    ],
    [
      /^(?:how old (?:is|are) |what is the age of |age of )(?:the |our )*(oldest|newest|youngest) ((?:[\w-]+ ){0,3})keys?\b/gi,
      (_: string, end: string, kind = '') =>
        `${/oldest/i.test(end) ? 'maximum' : 'minimum'} age of ${kind}keys`,
    ],
    // What every key has is no condition: "keys with region and state".
    [
      /\b((?:keys|cmks)\b.*?) with ((?:(?:key )?(?:regions?|accounts?(?: ids?| names?)?|states?|specs?|ous?|arns?|ids?|ages?|managers?|origins?|creation dates?|alias(?:es)?|tags?|descriptions?|owners?|rotation|costs?)(?:,? and |, |(?=[?.!]*$)))+)(?=[?.!]*$)/gi,
      (said: string, keys: string, columns: string) =>
        /\b(?:region|account|state|spec|ou|arn|id|age|manager|origin|creation date)s?\b/i.test(
          columns,
        )
          ? `${keys} with their ${columns}`
          : said,
    ],
    // What an account costs is the total of its keys.
    [
      /^(?:what is |what's |show |show me |give me )?(?:the |our )?(?:average|avg|mean) (?:monthly |kms |key )*(?:cost|costs|spend|spending|bill) (?:of|for) (?:an?|one|each) (account|region|ou|team)(?=[?.!]*$| (?:in|under|of) )/gi,
      'average total cost per $1',
    ],
    [
      /^(?:how much|what) (?:does|do) (?:an?|one|each|the average) (account|region|ou|team) (?:(?:cost|spend|pay)(?: for kms| on kms)?,? on average|on average (?:cost|spend|pay)(?: for kms| on kms)?)(?=[?.!]*$)/gi,
      'average total cost per $1',
    ],
    // What is wrong with keys is which concerns they have.
    [
      /^(?:please |list |show |show me |give me |tell me )*(?:everything|all|anything) (?:that is |that's )?(?:wrong|bad|problematic) (?:with|about|on) (?=(?:the |our |all )*(?:[\w-]+ ){0,3}(?:keys|cmks)\b)/gi,
      'concerns of ',
    ],
    // "Did anybody use root to change": whether root did.
    [
      /\b(did|has|have) (?:any|some)(?:one|body) (?:ever )?(?:used?|log(?:ged)? in (?:as|with)|act(?:ed)? as) (?:the |an? )?(?:account )?(root)(?: user| account| credentials| login)* to (?=[a-z])/gi,
      '$1 $2 ',
    ],
    [
      /^(?:(?:show|list|give|get|see|me|us|any|all|the|recent|is there|was there|was|is) )*(root|[\w]+[.@-][\w.@-]+)(?: user)? activity\b(?! (?:of|by|from|on|in (?:account|ou)))/gi,
      'what did $1 do',
    ],
    [/\bwho (?:currently )?(?:administers|administrates|manages)\b/gi, 'who can administer'],
    [
      /\bwho (?:else )?(?:besides|except|except for|other than|apart from|aside from|but) (?:the )?(?:account )?root(?: account| user| principal)? (?=(?:can|may|could|has|have)\b)/gi,
      'which principals other than root ',
    ],
    [
      /\b(accessible|usable|reachable) from (?=(?:the )?(?:other|external|outside|foreign|another)\b)/gi,
      '$1 by ',
    ],
    [
      /\b(accounts|companies|principals|people|parties) (?:from )?outside (?=(?:can|may|could|have|has|are able)\b)/gi,
      'external $1 ',
    ],
    [/\b(?:was|were) (?:any|some)thing (?=\w+ed\b)/gi, 'which keys were '],
    [/\bhow long ago (was|were) (.+?) (?:last )?used\b/gi, 'when $1 $2 last used'],
    [
      /\b(?:any )?external (?:key )?(?:usage|use|calls)\b(?! access)/gi,
      'uses by external accounts',
    ],
    // What it is about, said before the question.
    [
      /^(?:(?:security )?incident|question|ticket|urgent|quick check|q|fyi|on ?call|p\d|sev ?\d)\s*(?::|[-–—]+ )\s*/gi,
      '',
    ],
    // "Outside of us" is outside the organization; a company there is an account there.
    [
      /\b(outside|external to|not part of) (?:of )?(?:us(?![-\w])|our (?:company|firm|business|group)\b)/gi,
      '$1 the organization',
    ],
    [
      /\b(?:an? |any |some )?(?:company|companies|firms?|business(?:es)?|vendors?|partners?|suppliers?|third part(?:y|ies)) ((?:from )?outside (?:of )?(?:the|our) org(?:ani[sz]ation)?)\b/gi,
      'external accounts',
    ],
    // The rights of someone are what he may do.
    [
      /^(?:please )?(?:which|what) (?:rights|permissions|privileges|access|access rights|levels of access) (?:does|do|has|have) ((?:the )?(?:role |user |account |vendor |principal )?[\w.@/:+=-]+(?: role| user| account)?) (?:have |got )?(?:on|to|over|for|in)\b/gi,
      'what can $1 do with',
    ],
    // What somebody did is all that he did.
    [
      /^(?:(?:please|list|show|show me|give me|tell me|get) )*(?:me )?(?:everything|all the things|all things|anything|whatever) (?:that |which )?((?:the )?[\w.@-]+(?: user| role)?) (?:has done|have done|had done|did|does)(?: (?:with|to|on|in) (?:our |the |any |all )*(?:keys|kms))?(?= |$|[?.!])/gi,
      'what did $1 do',
    ],
    [
      /^what(?:'s| is| has|'ve| have) ((?:the )?[\w.@-]+(?: user| role)?) (?:been doing|been up to|done|up to)(?: (?:with|to|on|in) (?:our |the |any |all )*(?:keys|kms))?(?= |$|[?.!])/gi,
      'what did $1 do',
    ],
    [
      /^what(?: all)? was ((?:the )?[\w.@-]+(?: user| role)?) doing(?: (?:with|to|on|in) (?:our |the |any |all )*(?:keys|kms))?(?= |$|[?.!])/gi,
      'what did $1 do',
    ],
    // Someone, or some keys, named before the question that speaks of them: "alice: what can she use?"
    [
      /^((?:the )?(?:role |user |account |vendor |principal )?[\w.@/+=-]+(?: (?:role|user|account|keys?|vendor))?) ?(?: [-–—]+|:)\s+((?:and )?(?:what|which|who|when|where|can|does|do|did|has|have|is|are|how many)\b.*?)\b(it|they|he|she|them)\b(?!.*\b(?:it|they|he|she|them|those|these|this|that)\b)/gi,
      '$2$1',
    ],
    [
      /^((?:and |so )?)what (can|could|may) ((?:the )?(?:role |user |account |vendor |principal )?[\w.@/:+=-]+(?: role| user| account)?) (access|reach|use|decrypt|encrypt|sign)(?: with)?(?= *[?.!]*$)/gi,
      '$1which keys $2 $3 $4',
    ],
    // One and no other, more than one.
    [
      /\b(?:more than (?:one|1|a single)|several|multiple|two or more) (?:different |distinct |separate )?(account|service|user|caller|principal|person)s?\b(?= *(?:[?.!,]|$|(?:in|since|during|over|last|this|within|and|per)\b))/gi,
      'more than 1 $1s',
    ],
    [
      /\b(?:exactly one|exactly a single) (?:different |distinct )?(account|service|user|caller)\b/gi,
      'exactly 1 $1s',
    ],
    [
      /\b(?:(?:only|just) )?(used|decrypted|accessed) (?:only |just )?by (?:only |just )?(?:one|1|a single) (account)\b/gi,
      '$1 by exactly 1 $2s',
    ],
    // Findings are counted themselves, and not the keys that have them.
    [
      /\b(?:the )?(?:highest|largest|greatest|biggest) (?:number|count|amount) of (?=(?:[a-z]+ ){0,3}(?:findings|concerns|issues)\b)/gi,
      'the most ',
    ],
    [
      /^(?:(?:please|list|show|show me|give me|the|top) )*(accounts?|ous?|regions?|teams?|units?) (?:that have|which have|having|with) (?:the )?(most|fewest) (?=(?:[a-z]+ ){0,3}(?:findings|concerns|issues)[?.! ]*$)/gi,
      'which $1 have the $2 ',
    ],
    [
      /^(?:please )?(?:break ?down|breakdown of|split|a breakdown of) (?:the |all |our )*((?:critical |high |medium |low )?(?:findings|concerns|issues)) (?=(?:by|per|into)\b)/gi,
      'number of $1 ',
    ],
    // Who created what was created.
    [
      /,? (?:along |together )?(?:with|and|plus|including) (?:the|their|its|each) (?:creators?|author|requester|requestor)(?= *[?.!]*$)/gi,
      ' with the person who did it',
    ],
    // A chart by something is the groups that it shows.
    [
      /^(?:(?:and|now|then|please|ok|can you|could you|can i) )*(?:(?:turn|make|put|convert|transform) (?:that|this|it|them|these|those) (?:in)?to|(?:show|give|display|draw|see|get|have)(?: me)?(?: (?:that|this|it|them|these|those))?(?: as| in)?|as|in)? ?(?:an? |the )?(?:(?:bar|line|pie|column|simple|quick) )?(?:chart|graph|plot|diagram|histogram|visuali[sz]e)(?: (?:that|this|it|them|these|those|of (?:that|this|it|them)))? (?=(?:per|by|for each) )/gi,
      '',
    ],
    // "The high ones only", "the high ones too".
    [
      /^(?:(?:and|now|but|then|so) )*((?:the )?(?:[\w-]+ ){1,4}ones) (?:only|alone)(?=[.!?]*$)/gi,
      'only $1',
    ],
    [
      /^(?:(?:and|now|but|then|so) )*((?:the )?(?:[\w-]+ ){1,4}ones) (?:too|as well|also)(?=[.!?]*$)/gi,
      'also $1',
    ],
    // Who shares keys is whose keys are shared.
    [
      /\b(which|what) (accounts?|ous?|units?) (?:shares?|shared|exposes?) (?:the )?(most|fewest) (keys?|cmks?) (?=(?:with|to|inside|within|outside|across|externally)\b)/gi,
      '$1 $2 has the $3 $4 shared ',
    ],
    [
      /\b(which|what) (keys?|cmks?) (?:are|were|have been|get) (used|decrypted|accessed) (by (?:more than|at least|over|fewer than|less than) \w+ (?:different )?(?:services|roles|users|people|accounts))/gi,
      '$1 $2 $3 $4',
    ],
    // What is encrypted is what the service uses the key for.
    [
      /\b(keys?|cmks?) (?:(?:that|which) )?(?:are )?(?:used (?:for|to) )?(?:encrypt(?:s|ing)?|protect(?:s|ing)?|secur(?:es?|ing)) (?:our |the |all |any )*(lambda|s3|rds|ebs|ec2|sqs|sns|dynamodb|efs|kinesis|redshift|secrets ?manager|ssm|ecr|eks|backup|cloudtrail|cloudwatch|logs)(?:'s)? (?:stuff|data|things?|resources?|objects?|workloads?|content|secrets?|parameters?|functions?|queues?|topics?|file systems?|streams?|log groups?|images?|trails?)\b/gi,
      '$1 used by $2',
    ],
    // Why a key is critical is which critical concerns it has.
    [
      /^((?:and|so|but|then|ok)[, ]+)?why(?:'s| is| are| was) (it|this|that|this key|this one|they|those|these|the key|(?:key )?[0-9a-f]{8}-[0-9a-f-]{27}|(?:key )?alias\/\S+) (?:rated |flagged |marked |considered |classified |ranked |so )?(?:as )?(critical|high|medium|low)(?: risk| severity)?[?!. ]*$/gi,
      (_: string, and: string | undefined, it: string, severity: string) =>
        /^(?:it|this|that|they|those|these|th[ei]s? )/i.test(it)
          ? `${and ?? ''}which ${severity} concerns does it have`
          : `list ${severity} concerns of ${it}`,
    ],
    // Of what was not read "at all", nothing is known; parts of the rest were read.
    [
      /\b(?:(?:could|can|did|were|was|have|has|are|is|do) (?:(?:you|we|it|they|the tool|the collector|the collection) )?(?:not|never)|(?:could|ca|did|were|was|have|has|are|is|do)n't|cannot|unable to|failed to) (?:(?:you|we|it|been|be|able to) )*(?:read|collect|scan|reach|access|cover|see)(?:ed|ned|en)?(?: from| into)?,? at all\b/gi,
      'wholly unread',
    ],
    [
      /\b(?:(?:completely|entirely|totally|fully) (?:unread|uncollected|not read)|(?:could not|not|couldn't) (?:be )?read a single region)\b/gi,
      'wholly unread',
    ],
    // A vague amount that says itself what it means: "only a handful of keys, say fewer than 100".
    [
      /\b(?:only |just )*(?:an? )?(?:handful|few|couple|bunch|lot|small number|large number) (?:of )?(keys|cmks|grants|aliases|tags),? (?:\()?(?:say|like|i\.?e\.?|e\.?g\.?|meaning|that is|as in|let's say)[:,]? (?=(?:fewer|less|more) than|under |over |at (?:least|most) )((?:fewer than|less than|more than|under|over|at least|at most) \d+)(?: \1)?\)?/gi,
      '$2 $1',
    ],
    // Examples of what each stands for leave nothing out.
    [
      /\b((?:for )?(?:each|every)|per) ((?:aws )?(?:service|region|account|team|spec|state|ou))s?,? (?:\()?(?:such as|like|e\.?g\.?|for example|for instance),? [\w-]+(?:, [\w-]+)*(?:,? (?:or|and) [\w-]+)?(?:,? etc\.?)?\)?(?=,| (?:how|which|what|the|show|list|count)\b|[?.!]*$)/gi,
      '$1 $2',
    ],
    // The next rotation is a time that stands with the keys.
    [
      /^(?:and )?(?:when|on (?:what|which) (?:day|date))(?:'s| is| are| does| do| will) (?:the )?(?:next |upcoming )?(?:automatic )?(?:key )?rotations? (?:(?:be|next|happen|happening|occur|take place|due|scheduled|planned|run|expected) )*(?:for|of|in|on) (?:(?:the |our |all )*(?:keys|cmks) (?:in|of|for) )?/gi,
      'next rotation of keys in ',
    ],
    // How long it has not been used is told by its last use.
    [
      /^(?:and |so )?(?:how long|since when) (?:has|have|had|is|are) (.+?) (?:(?:been|gone|lain|sat) )?(?:unused|idle|dormant|without (?:any )?use|not (?:been )?used)(?: for)?(?=[?.!]*$)/gi,
      'when was $1 last used',
    ],
    // What nobody has used was never used; with a time, it was not used then.
    [
      /\b(?:(?:that|which) )?(?:(?:has|have) (?:nobody|no one|no-one)|(?:nobody|no one|no-one) (?:has|have|had|'s)) (?:ever |yet )?used(?: (?:yet|so far|ever|at all))?(?=[?.!]*$|,| (?:and|but|or|in|per|by) )(?! in (?:the |over )?(?:last|past|\d))/gi,
      'never used',
    ],
    // Whether someone did anything is what they did.
    [
      /^(?:and )?(?:did|has|have) (?!any|some|no|we|you|i\b|they|he\b|she\b|it\b)([\w.@ -]+?) (?:do|done|did) (?:anything|something|any activity)(?: with (?:our |the |any )?keys?)?(?=[?.!]*$| (?:in|since|during|over|within|on|last|this|today|yesterday|between)\b)/gi,
      'what did $1 do',
    ],
    // To limit an answer is to ask for only those.
    [
      /^(?:please |now |and |can you |could you )*(?:restrict|limit|narrow|confine|filter|reduce)(?: (?:it|this|that|them|these|those|the (?:list|answer|results?|rows)))?(?: down)? (?:to|on|for|by) (?!the (?:first|top|last|worst|next)\b|(?:top|first) \d|\d+\b)(?:only |just )?(?:the )?/gi,
      'only in ',
    ],
    // Whether a control is passed is which keys fail it.
    [
      /^(?:and )?(?:do|does|are|is|can|could|would|will) (?:we|our keys|all our keys|all keys|the keys|our organi[sz]ation|the organi[sz]ation|kms) (?:all )?(?:pass|meet|satisfy|fulfil+|comply with|compliant (?:with|to)|in compliance with|conform(?:ing)? (?:to|with)|ok with|good on|passing|meeting|adhere to) (?:the )?(?:control |check |requirement )?(?=kms\.\d|(?:(?:aws )?security hub|cis|pci|nist)[^?]*\d)(.+?)(?=[?.!]*$)/gi,
      'which keys fail $1',
    ],
    // What is critical, with no word of what, are concerns.
    [
      /^(?:and |so )?(?:(?:is|are) there|do we have|have we got|what(?:'s| is)|show me|list)? ?(?:anything|something|everything|things?|any)? ?(?:(?:that is|rated|marked|flagged)(?: as)? )?(critical|high(?: or critical)?|critical or high|medium|low)(?:[- ]severity)? (?=(?:in|within) (?!this|our org|the org))/gi,
      (said: string, severity: string) =>
        /thing|what/i.test(said) ? `${severity} concerns ` : said,
    ],
    [
      /^(?:and |so )?(?:(?:is|are) there (?:any|some)thing|do we have (?:any|some)thing|(?:any|some)thing|is (?:any|some)thing|what(?:'s| is)) (?:wrong|problematic|risky|bad|concerning|worrying|not ok) (?=(?:in|within|with) (?!this\b|it\b|that\b|them\b|our org|the org|alias|key)[\w-]+)/gi,
      'concerns of keys ',
    ],
    // Each kind of concern with the keys that have it.
    [
      /\bhow many (?:of our |of the |of )?(keys|cmks|accounts) (?:does|do) (?:each|every|the individual|the different) (?:kind of |type of )?(concern|finding|issue|problem)s? (?:affect|concern|touch|hit|apply to|impact|have|occur (?:on|in))/gi,
      'number of $1 per concern',
    ],
    [
      /\bhow many (?:of our |of the |of )?(keys|cmks|accounts) (?:does )?(?:(?:each|every) one|each of them|they each|each) (?:affects?|concerns?|touch(?:es)?|hits?|applies to|apply to|impacts?|is (?:on|in|about)|occurs (?:on|in))/gi,
      'number of $1 each',
    ],
    [
      /^(?:list |show |show me |give me )?((?:all |all the |the |our )?(?:concerns?|findings?|issues?|problems?)(?: types?| kinds?)?),? (?:with|and|plus|including|along with) (?:the |their )?(?:number|count) of (?:affected |impacted )?keys(?: affected| concerned| impacted| that have (?:it|them))?(?=[?.!]*$)/gi,
      '$1, number of keys each',
    ],
    [
      /^(?:list |show |show me |give me |i need )*(?:a list of )?(?:all |the |our )*(?:findings|issues|problems),? and (?=number of keys each)/gi,
      'all concerns and ',
    ],
    // "Directly" in a policy is in it.
    [
      /\b(?:directly |literally |explicitly )(?=in (?:the |our |a |any )?(?:key )?polic(?:y|ies)\b)/gi,
      '',
    ],
    // What was used "within 30 days" was used in the last 30 days.
    [
      /\b(used|created|changed|modified|disabled|enabled|granted|touched|accessed) within (?=\d+ (?:days?|hours?|weeks?|months?|years?)\b(?! (?:of|after|before|from|ago)\b))/gi,
      '$1 in the last ',
    ],
    // What is asked besides of each of them stands in a column: "…, and have they been used lately?"
    [
      /(?<=\b(?:keys|cmks|ones)\b.*?),? and (?:when |how long ago )?(?:have|were|are|did) (?:they|those|these)(?: still)? (?:been |being |ever |last |actually |really |also |still )*(?:used|in use|accessed|get used)(?: last)?(?: (?:in|within|during|over|since) (?:the )?[\w ]+| at all| recently| lately)?(?=[?.!]*$)/gi,
      ' with their last use',
    ],
    [
      /(?<=\b(?:keys|cmks|ones)\b.*?),? and (?:(?:are|do|were) (?:they|those|these)(?: all)? (?:(?:being|been|get|getting|automatically) )*(?:rotated|rotate|rotating|have (?:key )?rotation(?: enabled| on)?)|(?:is|do they have) (?:key |automatic |their )?rotation (?:on|enabled|active|turned on)(?: for (?:them|those))?)(?=[?.!]*$)/gi,
      ' with their rotation',
    ],
    [
      /(?<=\b(?:keys|cmks|ones)\b.*?),? and (?:(?:are|were) (?:they|those|these)(?: all)? (?:enabled|disabled|active)(?: or (?:enabled|disabled|not))?|(?:in )?(?:what|which) state (?:are they|they are)(?: in)?)(?=[?.!]*$)/gi,
      ' with their state',
    ],
    // Rotation has no other status than that it is on or off.
    [
      /\b(?:key )?rotation (?:status|state|settings?|config(?:uration)?)(?= (?:per|by|for each|in each) )/gi,
      'keys by rotation and',
    ],
    [
      /^(?:please |what is |what's |show me |show |list |give me |tell me |get |check )*(?:the )?(?:current )?(?:key )?rotation (?:status|state|settings?|config(?:uration)?) (?:of|for|on) (?:all |each |every |the |our )*((?:[\w-]+ )*(?:keys?|cmks?)\b.*?|alias\/\S+|key [0-9a-f-]{36}|[0-9a-f]{8}-[0-9a-f-]{27})(?=[?.!]*$)/gi,
      '$1 with their rotation',
    ],
    [
      /^(?:please |show me |show |list |give me |tell me |get )+(?:the )?(?:current )?(?:key )?(rotation|state|spec|description|origin|usage|cost|age|creation date|last use|expiry|deletion date)s? (?:of|for) (?:(?:all|each|every) (?:of )?(?:the |our )?)((?:[\w-]+ )*(?:keys?|cmks?)\b.*?)(?=[?.!]*$)/gi,
      '$2 with their $1',
    ],
    // The accounts of a unit are where its keys are.
    [
      /\b(?:in|from|across) (?:the |all |any |all the )?accounts (?:of|in|within|under|inside|below) (?=(?:the )?(?:ou |(?:[\w-]+ ){1,3}(?:ou|unit|organizational unit)\b|root\/))/gi,
      'in ',
    ],
    // When it was done stands beside who did it.
    [
      /^((?:and )?who .+?),? and when(?: exactly)?,? (?=(?:this|last|in|since|during|over|within|between|yesterday|today)\b)/gi,
      '$1 ',
    ],
    [/\band by who(?=[?.!]*$)/gi, 'and by whom'],
    [/\bexternal (?:key )?material\b/gi, 'imported key material'],
    [
      /\b(?:whose|with an?|where the) (?:(?:pending|scheduled) )?(?:deletion|waiting) (?:window|period|time|date|waiting period|delay)(?: for deletion)? (?:ends?|ending|is over|expires?|expiring|runs? out|running out|falls?|falling|is up|is|elapses?|lapses?) /gi,
      'to be deleted ',
    ],
    // As policies write it.
    [
      /^(?:which |what |list |show me |show |any |find |are there |all )*(?:wildcard|star) principals? (?=(?:in|on|of) )/gi,
      'permissions of principal * ',
    ],
    [/\b(?:an? )?(?:wildcard|star) (principals?)\b/gi, 'principal *'],
    [/\b(?:wildcard|star|asterisk) as (?:the |an? )?principal\b/gi, 'principal *'],
    // The accounts that did it are told by who did it.
    [
      /^(?:and |but )?by (?:which|what) (?:other |external |outside )?(?:accounts?|users?|roles?|principals?|persons?|people|callers?|identit(?:y|ies))(?=[?.!]*$)/gi,
      'by whom',
    ],
    // The bound of groups behind what they are: "findings by account, only those with more than 2".
    [
      /^(?:list |show |show me |give me |the )*(?:(?:number|count) of )?(?!number|count)((?:[\w-]+ ){0,3}(?:keys|cmks|concerns|findings|issues|aliases|grants)),? (?:by|per) (account|region|ou|team)s?,? (?:(?:and |but )?(?:only |just )?(?:the |those |show )*(?:(?:accounts|regions|ous|teams|ones|those|groups) )?)?(?:with|having|where (?:it is|there are))? ?((?:more than|at least|over|fewer than|less than|under) \d+)(?: each| of them)?(?=[?.!]*$)/gi,
      '$2s with $3 $1',
    ],
    // What holds of all of them fails for none: those it is not so of are asked for.
    [
      /^(?:and )?(?:are|is) (?:all|every|each)(?: of)? (?:the |our |my )*((?:[\w-]+ ){0,3}(?:keys?|cmks?)(?: (?:in|of|from) [\w/. -]+?)?) (tagged|enabled|readable)(?=[?.!]*$)/gi,
      (_: string, keys: string, how: string) =>
        how.toLowerCase() === 'tagged'
          ? `${keys} without tags`
          : `which ${keys.replace(/\b(key|cmk)\b/i, '$1s')} are not ${how}`,
    ],
    [
      /\baccounts? where (?:key )?rotation is (?:off|disabled|not on|not enabled) (?:for|on) (?:every|all|each)(?: of (?:the|their))? (?:single )?keys?/gi,
      'accounts that have no keys with rotation on',
    ],
    // Until now of a stretch of the calendar.
    [
      /\b(?:since|from) (?:the )?(?:start|beginning) of (?:the |this )?(year|quarter|month|week)(?: (?:on|onwards|until now|to date))?\b/gi,
      'this $1',
    ],
    [/\b(year|quarter|month|week)[- ]to[- ]date\b/gi, 'this $1'],
    [/\b(y|q|m)td\b/gi, (_: string, unit: string) => `this ${calendarUnits[unit.toLowerCase()]}`],
    [
      /\b(?:failing|failed|non-?compliant) (keys|cmks) (?:for|of|under|in|with|against) (?=(?:control )?(?:kms\.\d|cis|pci|nist))/gi,
      '$1 failing ',
    ],
    [
      /,? (?:with|and|showing|including) (?:the |how many |number of )?(?:days|time) (?:that are |they have |are |is |there are |do they have )?(?:left|remaining|to go)(?: until deletion| before deletion| to deletion)?(?=[?.!]*$)/gi,
      ' with their deletion date',
    ],
    [
      /\bwho(?:'?s| is| was) (?:the )?(?:last|latest|most recent) (?:person|one|user|principal|role|identity|caller) (?:to |who |that )?(touch|use|access|change|modif)(?:ed|d|y|ied)? /gi,
      (_: string, verb: string) =>
        `who last ${verb.toLowerCase().replace(/e$/, '').replace(/f$/, 'fi')}ed `,
    ],
    [
      /\b(accounts?|regions?) (?:where|for which|of which|from which|in which) (?:we |it )?(?:nothing (?:at all )?(?:was|could be|has been|were) (?:collected|read|scanned|gathered)|(?:we |it )?(?:collected|read|scanned) nothing|no data (?:was|could be|has been) (?:collected|read))(?: at all)?/gi,
      '$1 wholly unread',
    ],
    [
      /\b(?:will|would) (they|those|these|it) (?:be gone|disappear|vanish|go away|get deleted)(?=[?.!]*$)/gi,
      'will $1 be deleted',
    ],
    [
      /\bshared (?:outside|externally|with outsiders|with the outside(?: world)?|beyond (?:the |our )?org(?:ani[sz]ation)?)(?! (?:of )?(?:the |our )?(?:org|account|company|unit|ou))/gi,
      'shared outside the organization',
    ],
    [
      /\brotation period (?:of )?(?:other than|different (?:from|than)|not equal to|unequal to|!=|<>|≠) ?(\d+)(?: days)?\b/gi,
      'rotation period that is not $1 days',
    ],
    // What is spent, and what tags are ranked by.
    [
      /\bby (?:the |their |its )?(?:kms |key |total |monthly |overall )*(?:spend|spending|bill|expenses?|expenditures?)\b/gi,
      'by cost',
    ],
    [
      /^(?:the |our |show |show me |list |give me |what are |which are )*top (\d+) (?:([\w-]+) tags?|cost[- ]?cent(?:er|re)s?) by (?:kms |total |monthly )*(cost|number of keys|keys|key count)s?(?=[?.!]*$)/gi,
      (_: string, most: string, tag: string | undefined, by: string) =>
        `${/^cost/i.test(by) ? 'cost' : 'number of keys'} per ${tag ?? 'cost-center'} tag, top ${most}`,
    ],
    [
      /^(?:the |our |show |show me |list |give me |what are |which are )*top (accounts|regions|ous|teams|services) by (.+?)(?=[?.!]*$)/gi,
      '$1 by $2, highest first',
    ],
    // What is given to someone, they hold.
    [
      /\bgrants (?:(?:that|which) (?:are|were) )?(?:given|issued|handed out|extended|made out) to (?=(?:the |any |all )?(?:external|outside|foreign|other|third|vendor|account|role|user|\d{12}))/gi,
      'grants held by ',
    ],
    // Whom a list is for changes nothing of it.
    [
      /^(?:please )?(?:i|we) (?:need|want|would like|have to (?:give|send|prepare|provide)) (?:a |an |the )?(?:list|overview|report|table|spreadsheet|export|sheet|extract) for (?:the |our |my |an |a |this |next )?(?:(?:internal|external|annual|yearly|quarterly|upcoming|compliance|security|steering|management|board|team) )*(?:auditors?|audit|ciso|boss|manager|management|meeting|review|board|committee|report|presentation|compliance|security|colleagues?|team|inventory)\s*[:,-]\s*/gi,
      'list ',
    ],
    [
      /\b(?:in|from|of|for|across|within|under) (?:the |our |all |all the |any )?non-?production(?: accounts?| ous?| environments?)?(?= |$|[?.,;:)])/gi,
      'not in production accounts',
    ],
    [/, (?=and how many (?:are|of them are|are not) )/gi, ' '],
    [
      /^((?:how many|number of|count) .+?),? and in (?:which|what) (account|region|ou|team)s?(?=[?.!]*$)/gi,
      '$1 per $2',
    ],
    // Years as what an age is told in.
    [
      /\b(average|mean|median|maximum|highest|minimum|lowest) (?:key )?age ((?:of|for|per|by) [^,]*?),? in years\b/gi,
      '$1 age in years $2',
    ],
    [
      /\bhow many (aliases|tags) (?:does|do) (?:the |that |those )?(?:key|keys|one) (?:with|that has|which has|having|that have) (?:the )?(most|fewest) \1 have\b/gi,
      (_: string, what: string, end: string) =>
        `${end === 'most' ? 'maximum' : 'minimum'} number of ${what}`,
    ],
    [
      /\b(highest|largest|greatest|maximum|max|most|lowest|smallest|fewest|minimum|min|average) (?:number|count) of (aliases|tags) (?:on|of|for|per|that|in) (?:any|a|one|a single|one single)? ?keys?(?: has| have)?\b/gi,
      '$1 number of $2',
    ],
    [
      /\b(?:that )?(?:we|you|i) (?:manage|control|administer|own) (?:ourselves|yourselves|by ourselves|on our own|myself)\b/gi,
      'that are customer managed',
    ],
    [
      /\b(which|what) (regions|accounts|ous|teams) (?:do|are) we (?:use|using|have|operate in|active in|run in)(?: kms)?(?: that| which| and that)? (have|has|with|hold|contain)\b/gi,
      '$1 $2 $3',
    ],
    // The status of a control is which keys fail it.
    [
      /^(?:show |list |what is |give me )?(?:the |our )?((?:(?:aws )?security hub )?(?:control )?(?:kms\.\d+|(?:cis|pci(?: dss)?|nist) [\w.-]*\d)) (?:status|compliance|result|results|state|check)$/gi,
      'keys failing $1',
    ],
    [/\s*(≥|>=)\s*/g, ' at least '],
    [/\s*(≤|<=)\s*/g, ' at most '],
    [/(?<=\s)>(?=\s*\$?\d)\s*/g, ' more than '],
    [/(?<=\s)<(?=\s*\$?\d)\s*/g, ' less than '],
    [/\b(\d+) ?(d|days?|w|weeks?|months?|y|yrs?|years?)\+(?=\s|$|,)/gi, '$1$2 or more'],
    [/\b(\d+)\+(?=\s)/g, 'at least $1'],
    [/(?<=\d)\/(month|mo)\b/gi, ' per month'],
    [/(?<=\d)\/(year|yr)\b/gi, ' per year'],
    [/\bused (?:keys )?(?:cross[- ]account|across accounts)\b/gi, 'used by other accounts'],
    [/\bcross[- ]account (?:use|usage)\b/gi, 'uses by other accounts'],
    [
      /^(what) (?:all )?(does|do|did) (?!we|you|i\b)(.+) (?:protect|secure)\b/gi,
      'which resources $2 $3 protect',
    ],
    [/(?<=\b[\w.-]+) = (?=[\w.-])/g, '='],
    [/\b(\d+)\+$/g, 'at least $1'],
    [
      /\bwith (more|fewer|less) ((?:\w+ )?(?:keys|cmks|grants)) than (\d+)\b/gi,
      'with $1 than $3 $2',
    ],
    // "Neither used nor tagged": the one is as vague as "not used", the other is not.
    [
      /\b(?:(?:that|which) are )?neither (used|in use|tagged) nor (used|in use|tagged|rotated|enabled|aliased)\b/gi,
      'that are not $1 and not $2',
    ],
    // Which of the keys that wait for deletion goes first.
    [
      /\b(?:the )?(?:next|first|soonest) (\d+ )?(keys?|cmks?) (?:(?:that|which) (?:are|is|will be|(?:are|is) going to be) |due |scheduled |set |waiting )?(?:to be deleted|for deletion|deleted) *[?.!]*$/gi,
      (_, count = '', keys = '') =>
        count || /s$/i.test(keys)
          ? `first ${count}keys pending deletion by deletion date`
          : 'next key pending deletion',
    ],
    [
      /^(?:which|what) (?:is the |are the )?(\d+ )?(keys?|cmks?) (?:will be|is|are|gets?|(?:is|are) going to be|is to be|are to be) (?:deleted|destroyed) (?:first|next|soonest|earliest) *[?.!]*$/gi,
      (_, count = '', keys = '') =>
        count
          ? `first ${count}keys pending deletion by deletion date`
          : /s$/i.test(keys)
            ? 'keys pending deletion by deletion date'
            : 'next key pending deletion',
    ],
    // An account has rotation by its keys; "without rotation" may be said of some of them.
    [
      /\b(accounts?) (?:(?:(?:that |which )?(?:have|has|with|having) no|without(?: any)?) (?:automatic )?(?:key )?rotation (?:at all|whatsoever|anywhere)|without any (?:automatic )?(?:key )?rotation)(?= *[?.!]*$)/gi,
      '$1 that have no keys with rotation on',
    ],
    // Who belongs to an account, wherever the key is.
    [
      /^(?:and |so )?who (?:in|within|from) (?:the )?account (\S+) (can|could|may|has|have)\b/gi,
      'which principals of account $1 $2',
    ],
    [/\b(roles?|iam users?|principals?) in (?:the )?account (?=[\w"])/gi, '$1 of account '],
    // As often as a Region more than one is said in other words; of accounts it is a number.
    [
      /^(?!.*\b(?:accounts?|ous?|units?|teams?|who|users?|roles?|services?|principals?)\b)(.*\b(?:keys?|cmks?)\b.*? (?:in|across|to|over)) (?:more than (?:one|1)|at least (?:two|2)|two or more|multiple) regions?\b/gi,
      '$1 several regions',
    ],
    // Of keys, those that AWS made and manages.
    [/\b(aws|amazon) ones\b/gi, '$1 managed ones'],
    // What is left out of the keys: "without the AWS managed ones".
    [
      /\b(?:without|excluding|leaving out|not counting|minus|except|except for) (?:the )?((?:aws |customer |amazon )?managed|disabled|enabled|unused|public|pending|hmac|rsa|asymmetric|symmetric) ones\b/gi,
      'excluding $1 keys',
    ],
    // Where they are, rather than what they have: "without the dev accounts".
    [
      /\bwithout (?:the |our |all |any |all the )?((?!\w*(?:external|outside|foreign|other|third|unknown|cross|such)\b)[\w-]+(?: (?!(?:to|for|from|in|of|by|or|and|per|each|every|on|at|with|across|within|its|their)\b)[\w-]+)? (?:accounts?|ous?|regions?))\b/gi,
      'excluding the $1',
    ],
    [/\bbut (?:those|(?:the )?ones|(?:the )?keys)\b/gi, 'except'],
    [/^(.+?) (?:by|per) (account|region|ou|team)s?,? (?:the )?top (\d+)$/gi, 'top $3 $2s by $1'],
    [/\b(with|have|has|having) (?:both )?(\w+) and (\w+) tags\b/gi, '$1 $2 tag and $3 tag'],
    // How lately is not said; a time, or someone, would say it.
    [
      /\bstill (?:being |actively )?(?:used|in use|active)\b(?!.*\b(?:by|in|within|since|during|over|last|past|through|via|from|to|for|as|after|before|on|\d+)\b)/gi,
      'recently used',
    ],
    [
      /\b(costs?) (us )?(?:the )?(most|least) (?:for|in) (?:our |the )?(?:kms )?(?:keys|cmks)(?=[?.!]*$)/gi,
      '$1 $2the $3',
    ],
    // What a group is told by: "Which teams …? Teams by tag please."
    [
      /^(.*\b(\w{3,}?)s?\b.*)[?.!,;]+\s+(?:the )?\2s? (?:by|from|via|per|as|are|means?|meaning) (?:the |their |its |a )?tags?(?:,? please)?[.!?]*$/gi,
      '$1',
    ],
    [/\b(material) (?:(?:runs?|is running|will run) out|(?:will )?lapses?)\b/gi, '$1 expires'],
    // What is used has traffic; how lately is not said here either.
    [
      /\b(?:(?:(?:that|which) )?(?:still |currently |actively )?(?:see|sees|get|gets|has|have|having|show|shows|receive|receives|take|takes) |with |(?:still )?(?:seeing|getting|receiving|showing|taking) )(?:still |some |any |recent |live |active |ongoing |real |actual |production )*(?:traffic|usage|use|activity|requests|calls)\b(?= *(?:$|[?.,;:!)]| (?:and|but|in|per|by|though)\b))(?!.*\b(?:in|within|since|during|over) (?:the )?(?:last|past|previous|this|\d|january|february|march|april|may|june|july|august|september|october|november|december|yesterday|today))(?=.*)/gi,
      (said: string) =>
        /\b(?:still|recent|live|active|actively|ongoing|currently|see|sees|seeing)\b/i.test(said)
          ? 'recently used'
          : said,
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
