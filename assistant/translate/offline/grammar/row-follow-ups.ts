import { useLevels } from '../plan/filter-to-words.ts';
import type { Refine } from '../plan/refine.ts';
import {
  alsoOfSeverities,
  byActions,
  byCondition,
  byService,
  failedFor,
  inCoverage,
  keysOfRows,
  ofConcern,
  ofGrantees,
  ofLevels,
  ofSeverities,
  ofStatus,
  reasonsFor,
  reasonsForBeing,
  whoseAccess,
} from '../plan/refine-rows.ts';
import { levelNoun, limitedToOrganization } from './access.ts';
import { alt, map, opt, type Parser, seq, words } from './chart.ts';
import { concernConditions, severityNames } from './concern-conditions.ts';
import type { GrammarContext } from './context.ts';
import type { KeyConditions } from './key-conditions.ts';

/**
 * What may follow an answer and speaks of its rows: another level of access ("and encrypt?"), severities
 * and kinds of concerns ("only critical ones"), the keys behind the rows ("which keys?"), the reason ("why?").
 */
export function rowFollowUps(
  context: GrammarContext,
  conditions: KeyConditions,
  lead: Parser<unknown>,
  trailer: Parser<unknown>,
): Parser<Refine> {
  const verb: Parser<readonly string[]> = alt(
    levelNoun,
    map(words('to decrypt', 'can decrypt', 'who can decrypt', 'decrypts'), () => ['DECRYPT']),
    map(words('to encrypt', 'can encrypt', 'who can encrypt', 'encrypts'), () => ['ENCRYPT']),
    map(words('to sign', 'can sign', 'who can sign'), () => ['SIGN']),
    map(
      words(
        'admins',
        'administrators',
        'to administer',
        'to manage',
        'can administer',
        'can manage',
        'who can administer',
        'who can manage',
        'manage',
      ),
      () => ['ADMIN'],
    ),
    map(words('grant', 'grant creation', 'to create grants', 'can create grants'), () => ['GRANT']),
    map(words('usage', 'using', 'to use', 'can use'), () => useLevels),
  );
  // Keys are public, and those who may use them are not.
  const anyone = map(words('public', 'anyone', 'anonymous'), () => ({ trust: ['PUBLIC'] }));
  const grantee = alt(
    map(
      words(
        'external',
        'externals',
        'external ones',
        'external principals',
        'outsiders',
        'outside',
        'outside org',
        'outside organization',
        'outside of organization',
        'third parties',
      ),
      () => ({ trust: ['EXTERNAL', 'PUBLIC'] }),
    ),
    map(words('external accounts', 'third party accounts'), () => ({ trust: ['EXTERNAL'] })),
    map(words('roles', 'iam roles'), () => ({ types: ['ROLE'] })),
    map(words('users', 'iam users'), () => ({ types: ['USER'] })),
    map(words('services', 'aws services', 'service principals'), () => ({ types: ['SERVICE'] })),
    map(words('federated', 'federated principals'), () => ({ types: ['FEDERATED'] })),
  );
  const right = opt(words('access', 'permission', 'permissions', 'rights', 'operations', 'calls'));
  const code = concernConditions(context).concernCode;
  const noun = opt(words('concerns', 'concern', 'findings', 'issues', 'problems', 'severity'));
  return alt(
    map(
      seq(lead, opt(words('from', 'by', 'with', 'those from')), alt(grantee, anyone), trailer),
      ([, , who]) => ofGrantees(who),
    ),
    map(seq(lead, limitedToOrganization, trailer), ([, said]) => byCondition(said)),
    map(
      seq(
        lead,
        opt(
          words(
            'which',
            'which ones',
            'which of them',
            'which of those',
            'those',
            'ones',
            'of those',
          ),
        ),
        opt(words('that', 'which')),
        words(
          'have no condition',
          'have no conditions',
          'have no condition at all',
          'have no conditions at all',
          'with no condition',
          'with no conditions',
          'with no condition at all',
          'without condition',
          'without conditions',
          'without any condition',
          'without any conditions',
          'do not have a condition',
          'do not have condition',
          'do not have any condition',
          'lack a condition',
          'lack condition',
          'are unconditional',
        ),
        trailer,
      ),
      () => byCondition({ unconditional: true }),
    ),
    map(seq(lead, words('are', 'is'), grantee, trailer), ([, , who]) => ofGrantees(who)),
    map(
      seq(
        opt(words('and', 'but')),
        words('why are they', 'why are these', 'why is it'),
        conditions.before,
      ),
      ([, , being]) => reasonsForBeing(being),
    ),
    map(
      seq(
        lead,
        opt(words('for', 'with', 'with respect to', 'those with', 'ones with')),
        verb,
        right,
        trailer,
      ),
      ([, , levels]) => ofLevels(levels),
    ),
    map(
      seq(
        lead,
        opt(words('with', 'those with', 'ones with')),
        words('full access', 'full control'),
        trailer,
      ),
      () => byActions(['kms:*']),
    ),
    map(
      seq(lead, opt(words('with', 'of', 'those with')), severityNames(context), noun, trailer),
      ([, , severities]) => ofSeverities(severities),
    ),
    map(
      seq(
        words('also', 'and also', 'as well as', 'plus', 'include', 'also include', 'add'),
        severityNames(context),
        opt(words('ones', 'concerns', 'findings', 'issues', 'severity', 'ones too')),
      ),
      ([, severities]) => alsoOfSeverities(severities),
    ),
    map(seq(lead, opt(words('with', 'of')), code, noun, trailer), ([, , c]) => ofConcern(c)),
    map(
      words(
        'which keys',
        'which keys are these',
        'which keys are they',
        'which keys are those',
        'on which keys',
        'for which keys',
        'with which keys',
        'of which keys',
        'what keys',
        'to which keys',
        'and which keys',
        'list keys',
        'show keys',
        'show me keys',
        'list affected keys',
        'affected keys',
        'which keys are affected',
        'which keys are concerned',
      ),
      () => keysOfRows,
    ),
    map(
      seq(
        opt(words('and', 'but')),
        words(
          'why',
          'why is that',
          'why so',
          'why are they',
          'how come',
          'for what reason',
          'what is reason',
          'because of what',
          'explain why',
          'tell me why',
          'why are they listed',
          'why are they flagged',
        ),
      ),
      (): Refine => (plan) => [...reasonsFor(plan), ...inCoverage(plan)],
    ),
    map(
      seq(
        opt(words('and', 'but', 'so')),
        words(
          'who',
          'who exactly',
          'by whom',
          'by whom exactly',
          'to whom',
          'to whom exactly',
          'with whom',
          'who are they',
          'who has it',
          'who has that',
          'who has this access',
          'who has that access',
          'whose',
          'which principals',
          'which principals exactly',
          'who is that',
        ),
      ),
      () => whoseAccess,
    ),
    map(
      seq(
        opt(words('and', 'by', 'through', 'via', 'and by', 'and through')),
        words('which services', 'which service', 'which aws services', 'what services'),
      ),
      () => byService,
    ),
    map(
      seq(
        opt(words('and', 'in')),
        words(
          'which regions',
          'what regions',
          'what error',
          'which error',
          'which errors',
          'what went wrong',
          'what happened',
        ),
      ),
      () => inCoverage,
    ),
    map(
      seq(
        lead,
        opt(
          words(
            'those',
            'ones',
            'were',
            'which were',
            'those that were',
            'ones that were',
            'accounts',
          ),
        ),
        alt(
          map(
            words(
              ...[
                'partial',
                'partially',
                'partly',
                'partially read',
                'partly read',
                'read partially',
              ],
              ...['read partly', 'only partially read', 'only partly read', 'incomplete'],
              ...['read only in part', 'read in part', 'only read in part'],
            ),
            () => 'PARTIAL',
          ),
          map(words('skipped', 'left out', 'that were skipped'), () => 'SKIPPED'),
          map(words('failed', 'that failed', 'failing', 'wholly failed'), () => 'FAILED'),
        ),
        opt(words('ones', 'reads', 'accounts', 'only', 'regions', 'too')),
      ),
      ([, , status]) => ofStatus(status),
    ),
    map(
      seq(
        opt(words('and', 'but', 'so')),
        words('why', 'how come', 'for what reason'),
        words(
          ...[
            'did they fail',
            'did it fail',
            'did those fail',
            'did that fail',
            'have they failed',
          ],
          ...['were they not read', 'was it not read', 'could they not be read', 'did this happen'],
          ...['could it not be read', 'could those not be read', 'did that happen', 'is this'],
          ...['was that', 'were they skipped', 'were they only partially read', 'is it missing'],
          ...['are they missing', 'are they not read', 'did we fail', 'were those not read'],
        ),
      ),
      () => inCoverage,
    ),
    map(
      seq(
        opt(words('only', 'just', 'and only', 'show only', 'which of them', 'which of those')),
        opt(words('those', 'ones', 'were', 'are', 'had', 'got', 'failed', 'with', 'where')),
        alt(
          map(
            words('access denied', 'access was denied', 'denied', 'permission denied'),
            () => 'AccessDenied',
          ),
          map(words('throttled', 'throttling', 'rate exceeded'), () => 'Throttling'),
        ),
        opt(words('ones', 'errors', 'error', 'accounts', 'only', 'cases')),
      ),
      ([, , text]) => failedFor(text),
    ),
  );
}
