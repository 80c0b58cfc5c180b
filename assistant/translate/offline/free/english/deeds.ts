import { alt, map, opt, type Parser, seq, words } from '../../grammar/chart.ts';
import type { GrammarContext } from '../../grammar/context.ts';
import { operationName } from '../../grammar/operations.ts';
import type { UsageTest } from '../../plan/plan.ts';
import type { Piece } from '../piece.ts';

/** Every form of a verb that says that something was made different. */
const changed = forms('change modify edit update alter replace adjust amend', [
  'rewrote',
  'rewritten',
  'rewrite',
  'touch',
  'set',
  'put',
  'overwrote',
]);

/** What can be done to a key: verbs and their objects, or phrases for both, and the operation it is. */
const acts: readonly {
  readonly verbs: readonly string[];
  readonly objects: readonly string[];
  readonly phrases?: readonly string[];
  readonly operation: string;
}[] = [
  {
    verbs: changed,
    objects: ['policy', 'policies', 'key policy', 'key policies'],
    phrases: [
      ...both(['policy', 'key policy'], ['change', 'changes', 'updates', 'edits', 'modifications']),
      ...both(
        ['change to', 'changes to', 'changes of', 'edits to'],
        ['policy', 'key policy', 'policies', 'key policies'],
      ),
    ],
    operation: 'PutKeyPolicy',
  },
  {
    verbs: [...forms('create add issue', ['made', 'gave', 'given', 'handed out', 'new', 'set up'])],
    objects: ['grant', 'grants', 'new grants', 'new grant'],
    phrases: ['grant creation', 'grants creation', 'grant creations'],
    operation: 'CreateGrant',
  },
  {
    verbs: forms('retire', []),
    objects: ['grant', 'grants'],
    operation: 'RetireGrant',
  },
  {
    verbs: forms('revoke remove', ['withdrew', 'withdrawn', 'took back']),
    objects: ['grant', 'grants'],
    operation: 'RevokeGrant',
  },
  {
    verbs: forms('schedule request order plan', ['set up']),
    objects: ['deletion', 'deletions', 'key deletion', 'deletion of keys', 'key deletions'],
    phrases: [
      'scheduled for deletion',
      'scheduled',
      'schedule',
      'for deletion',
      'scheduled to be deleted',
      'marked for deletion',
      'marked keys for deletion',
      'put up for deletion',
      'queued for deletion',
      'sent to deletion',
      'put into pending deletion',
      'deletion requests',
      'set to be deleted',
    ],
    operation: 'ScheduleKeyDeletion',
  },
  {
    verbs: forms('cancel stop abort revert', ['cancelled', 'called off', 'took back', 'undid']),
    objects: [
      'deletion',
      'deletions',
      'key deletion',
      'key deletions',
      'scheduled deletion',
      'deletion of keys',
      'planned deletion',
    ],
    phrases: ['deletion cancellations', 'rescued from deletion', 'saved from deletion'],
    operation: 'CancelKeyDeletion',
  },
  {
    verbs: forms('disable deactivate stop', [
      'turned off',
      'switched off',
      'turn off',
      'switch off',
    ]),
    objects: ['rotation', 'key rotation', 'automatic rotation', 'rotations'],
    phrases: [
      'turned rotation off',
      'switched rotation off',
      'turn rotation off',
      'switching rotation off',
      'turning rotation off',
      'switching off rotation',
      'turning off rotation',
      'disabling rotation',
      'rotation being switched off',
      'rotation being turned off',
      'rotation turned off',
      'rotation switched off',
    ],
    operation: 'DisableKeyRotation',
  },
  {
    verbs: forms('enable activate', ['turned on', 'switched on', 'turn on', 'switch on']),
    objects: ['rotation', 'key rotation', 'automatic rotation'],
    phrases: [
      'turned rotation on',
      'switched rotation on',
      'rotation turned on',
      'rotation switched on',
    ],
    operation: 'EnableKeyRotation',
  },
  {
    verbs: [],
    objects: [],
    phrases: [...forms('disable deactivate', ['turned off', 'switched off', 'shut off'])],
    operation: 'DisableKey',
  },
  {
    verbs: [],
    objects: [],
    phrases: [
      ...forms('enable reactivate reenable', [
        're enabled',
        'turned back on',
        'switched on',
        'switched back on',
      ]),
    ],
    operation: 'EnableKey',
  },
  {
    verbs: [],
    objects: [],
    phrases: [
      'created',
      'create',
      'new',
      'popped up',
      'pop up',
      'appeared',
      'turned up',
      'showed up',
      'generated',
      'provisioned',
      'creation',
      'key creation',
    ],
    operation: 'CreateKey',
  },
  {
    verbs: changed,
    objects: ['tags', 'tag'],
    phrases: ['tagged'],
    operation: 'TagResource',
  },
  {
    verbs: forms('import reimport', ['uploaded']),
    objects: ['material', 'key material', 'new key material'],
    operation: 'ImportKeyMaterial',
  },
];

/** The forms of regular verbs, and irregular ones as given. */
function forms(regular: string, others: readonly string[]): readonly string[] {
  const all = regular.split(' ').flatMap((v) => {
    const stem = v.replace(/e$/, '');
    const past = v.endsWith('e') ? `${v}d` : v.endsWith('fy') ? v.replace(/y$/, 'ied') : `${v}ed`;
    return [v, `${v}s`, past, `${stem}ing`];
  });
  return [...all, ...others];
}

/** "Has been decrypting with": what was done, for a while. */
const going = (verb: string): readonly string[] =>
  both(
    ['been', 'has been', 'have been', 'was', 'were', 'is', 'are', 'keeps', 'kept'],
    [verb, `${verb} with`, `${verb} data with`, `${verb} using`, `${verb} data using`],
  );

function both(firsts: readonly string[], seconds: readonly string[]): readonly string[] {
  return firsts.flatMap((a) => seconds.map((b) => `${a} ${b}`));
}

/** "Changed the policy", "policy was changed", with what may follow before the key. */
function phrasesOf({ verbs, objects, phrases = [] }: (typeof acts)[number]): readonly string[] {
  const active = both(verbs, objects);
  const passive = objects.flatMap((o) =>
    verbs.flatMap((v) =>
      [
        '',
        'was ',
        'were ',
        'that were ',
        'that was ',
        'that got ',
        'which were ',
        'that have been ',
        'has been ',
        'have been ',
        'got ',
        'is ',
        'being ',
      ].map((be) => `${o} ${be}${v}`),
    ),
  );
  const of = active.flatMap((p) => [p, `${p} of`, `${p} on`, `${p} for`]);
  // "That were disabled" before a time is what was done, and not only what is so now.
  const been = both(
    ['was', 'were', 'got', 'that were', 'which were', 'that got', 'that have been', 'been'],
    phrases.filter((p) => /ed(?: for deletion| off)?$/.test(p)),
  );
  return [...new Set([...of, ...passive, ...phrases, ...been])];
}

const deed = (category: UsageTest['category'], operations: readonly string[] | null): Piece => ({
  is: 'did',
  test: { category, ...(operations ? { operations: [...operations] } : {}) },
});

const isCrypto = (name: string) =>
  /^(Encrypt|Decrypt|ReEncrypt|GenerateDataKey|GenerateRandom|Sign|Verify|GenerateMac|VerifyMac|DeriveSharedSecret)/.test(
    name,
  );

/** What was done, as a thing. */
const named: readonly (readonly [
  Parser<string>,
  UsageTest['category'],
  readonly string[] | null,
])[] = [
  [
    words(
      'changes',
      'modifications',
      'management actions',
      'administrative actions',
      'admin actions',
      'management operations',
      'management events',
    ),
    'MANAGEMENT',
    null,
  ],
  [
    words('policy changes', 'key policy changes', 'changes to key policies', 'policy edits'),
    'MANAGEMENT',
    ['PutKeyPolicy'],
  ],
  [words('uses', 'key uses', 'recorded uses', 'usage', 'key usage'), 'CRYPTO', null],
  [words('decrypts', 'decryptions', 'decrypt calls', 'decrypt operations'), 'CRYPTO', ['Decrypt']],
  [words('grant creations', 'grants creation'), 'MANAGEMENT', ['CreateGrant']],
];

/** What was done to keys or with them. */
export function deeds(context: GrammarContext): Parser<Piece> {
  const called = map(
    seq(
      opt(words('a', 'an', 'performed', 'made', 'did', 'ran', 'issued', 'executed', 'operation')),
      operationName(context),
      opt(
        words(
          'event',
          'events',
          'operation',
          'operations',
          'request',
          'requests',
          'on',
          'api calls',
          'was called',
          'were called',
          'calls on',
          'call on',
        ),
      ),
    ),
    ([, name, thing]): Piece => {
      const done = deed(isCrypto(name) ? 'CRYPTO' : 'MANAGEMENT', [name]);
      // "Decrypt events of last week" are asked for themselves.
      const named = /^(?:event|operation|request)s?$|^api calls$/.test(thing ?? '');
      return named && done.is === 'did' ? { ...done, noun: true } : done;
    },
  );
  return alt(
    ...named.map(([parser, category, operations]) =>
      map(parser, (): Piece => ({ ...deed(category, operations), noun: true }) as Piece),
    ),
    ...acts.map((act) => map(words(...phrasesOf(act)), () => deed('MANAGEMENT', [act.operation]))),
    called,
    // "Calls from an address", whatever was called.
    map(
      words(
        'calls',
        'api calls',
        'kms calls',
        'kms api calls',
        'requests',
        'kms requests',
        'api requests',
        'events',
        'kms events',
        'cloudtrail events',
        'kms activity',
        'all activity',
        'everything done',
        'anything done',
        ...['operation', 'operations', 'action', 'actions', 'call', 'calls', 'event', 'events'].map(
          (n) => `${n} on`,
        ),
      ),
      (): Piece => ({ is: 'did', test: null, noun: true }),
    ),
    map(
      words(
        'touched',
        'see',
        'saw',
        'seen',
        'appear',
        'appeared',
        'show up',
        'showed up',
        'shows up',
        'touch',
        'worked with',
        'called',
        'did something with',
        'did something to',
        'interacted with',
        'came from',
        'came in from',
        'made them',
        'made those',
        'made these',
        'made it',
        'made that',
        'made that change',
        'made those changes',
        'did that',
        'did this',
        'did it',
        'did those',
        'did these',
        'both use and changes',
        'use and changes',
        'uses and changes',
        'used or changed',
        'both used and changed',
        'used and changed',
        'did anything with',
        'did anything to',
        'did what',
        'did with',
        'do with',
        'do to',
        'did to',
        'made requests with',
      ),
      (): Piece => ({ is: 'did', test: null }),
    ),
    map(
      words(
        'used',
        'use',
        'uses',
        'using',
        'been used',
        'made use of',
        'in use',
        'in active use',
        'actively used',
        'protected by',
        'protects',
        'protect',
        'encrypted by',
        'usage of',
        'usage by',
        'usage through',
        'being used',
        'uses of',
        'use of',
        'get used',
        'got used',
        'seen in use',
        'saw use',
        'seen use',
        'had use',
        'saw any use',
        'active',
        'usage history of',
      ),
      () => deed('CRYPTO', null),
    ),
    map(
      words(
        ...going('decrypting'),
        'decrypted',
        'decrypted with',
        'decrypted data with',
        'decrypted something with',
        'used to decrypt',
        'used for decryption',
        'decrypt',
        'for decryption',
        'for decrypting',
        'to decrypt',
        'decryption with',
        'decryptions',
        'decrypts',
      ),
      () => deed('CRYPTO', ['Decrypt']),
    ),
    map(
      words(
        ...going('encrypting'),
        'encrypted',
        'encrypted with',
        'encrypted data with',
        'used to encrypt',
        'used for encryption',
        'for encrypting',
        'to encrypt',
      ),
      () => deed('CRYPTO', ['Encrypt']),
    ),
    map(
      words(
        ...going('signing'),
        'signed',
        'signed with',
        'used to sign',
        'used for signing',
        'for signing',
        'to sign',
        'signatures with',
      ),
      () => deed('CRYPTO', ['Sign']),
    ),
    map(
      words(
        ...forms('change modify edit alter update', []),
        'changes',
        'change',
        'modifications',
        'made changes',
        'made changes to',
        'changed something on',
        'changed anything on',
        'administered',
        'changed settings of',
        'management action',
        'management actions',
        'administrative action',
        'administrative actions',
        'admin actions',
        'management operations',
        'management operation',
        'management events',
        'management activity',
        'administrative changes',
        'messed with',
        'tampered with',
        'was changed on',
        'changed on',
        'configuration changes',
        ...['change', 'modification', 'edit'].flatMap((n) =>
          ['to', 'on', 'of', 'made to', 'made on'].map((to) => `${n} ${to}`),
        ),
        'changes made to',
        'changes to',
      ),
      () => deed('MANAGEMENT', null),
    ),
  );
}
