import { allOf, type Filter, listOf, type Plan } from '../plan/plan.ts';
import { protectedResources } from '../plan/resources.ts';
import { alt, expand, map, opt, type Parser, rule, seq, words } from './chart.ts';
import type { GrammarContext } from './context.ts';
import type { KeyConditions } from './key-conditions.ts';
import type { KeyQuestions } from './key-questions.ts';
import { valueFilter } from './places.ts';
import { withoutQuantity } from './quantity.ts';

/** Kinds of resources that keys protect, and the service through which their keys are used. */
const kinds: readonly (readonly [Parser<string>, string | null])[] = [
  [words('resources', 'aws resources', 'things', 'resource'), null],
  [words('buckets', 's3 buckets', 'bucket', 's3 bucket'), 's3'],
  [words('volumes', 'ebs volumes', 'disks', 'ebs volume', 'volume'), 'ec2'],
  [words('databases', 'rds databases', 'rds instances', 'database', 'rds database'), 'rds'],
  [words('secrets', 'secrets manager secrets', 'secret'), 'secretsmanager'],
  [words('parameters', 'ssm parameters', 'parameter'), 'ssm'],
  [words('functions', 'lambda functions', 'lambdas', 'lambda function'), 'lambda'],
  [words('tables', 'dynamodb tables', 'table', 'dynamodb table'), 'dynamodb'],
  [words('queues', 'sqs queues', 'queue', 'sqs queue'), 'sqs'],
  [words('topics', 'sns topics', 'topic', 'sns topic'), 'sns'],
  [words('streams', 'kinesis streams', 'stream', 'kinesis stream'), 'kinesis'],
  [words('file systems', 'efs file systems', 'file system'), 'elasticfilesystem'],
  [words('log groups', 'cloudwatch log groups', 'log group'), 'logs'],
];

/**
 * Questions for what keys protect, as far as it is recorded of their use: "which buckets are encrypted with
 * alias/orders", "volumes protected by disabled keys", "which secrets does this key protect".
 */
export function resourceQuestions(
  { values }: GrammarContext,
  { particular, predicate }: KeyConditions,
  questions: KeyQuestions,
): Parser<Plan> {
  const ofKinds = (these: typeof kinds): Parser<Filter> =>
    alt(
      ...these.map(([noun, service]) =>
        expand(noun, (): readonly Filter[] => {
          if (service === null) return [{ is: 'event', test: { category: 'CRYPTO' } }];
          // A service that used no key here protects nothing that is known of.
          const names = values.exactly('service', service).flatMap((v) => v.values);
          return names.length === 0
            ? []
            : [{ is: 'event', test: { category: 'CRYPTO', services: names } }];
        }),
      ),
    );
  const kind = ofKinds(kinds);
  // A function that uses a key calls KMS itself, and its role is who did.
  const passive = ofKinds(kinds.filter(([, service]) => service !== 'lambda'));
  const keys: Parser<Filter> = alt(particular, withoutQuantity(questions.keys));
  const asking = opt(
    words(
      'which',
      'what',
      'list',
      'show',
      'show me',
      'list all',
      'find',
      'give me',
      'all',
      'show all',
    ),
  );
  const protectedBy = words(
    ...['', 'are ', 'is ', 'that are ', 'being ', 'have been '].flatMap((be) =>
      ['encrypted', 'protected', 'secured'].flatMap((verb) =>
        ['with', 'by', 'using', 'under'].map((by) => `${be}${verb} ${by}`),
      ),
    ),
  );
  const dependOn = words(
    'use',
    'uses',
    'using',
    'depend on',
    'depends on',
    'rely on',
    'that depend on',
    'that use',
  );
  const does = words('does', 'do', 'did', 'is', 'are');
  const protect = words('protect', 'encrypt', 'secure', 'protecting', 'encrypting', 'used for');
  /** What stands in the encryption context, with each use of the keys that had one. */
  const context = words(
    'encryption context',
    'encryption contexts',
    'encryptioncontext',
    'kms encryption context',
  );
  const usedOn = words(
    ...[
      '',
      'used ',
      'was used ',
      'were used ',
      'is used ',
      'are used ',
      'recorded ',
      'seen ',
    ].flatMap((used) => ['on', 'with', 'for', 'of', 'by'].map((on) => `${used}${on}`)),
  );
  const contexts = (of: Filter): Plan => ({
    ...listOf(
      'usage',
      allOf(
        { is: 'event', test: { category: 'CRYPTO' } },
        { is: 'present', column: 'encryption_context' },
        { key: of },
      ),
    ),
    measure: { kind: 'list', show: ['encryption_context'] },
  });
  const aKey: Parser<Filter> = alt(
    particular,
    map(values.named(['alias'], false), valueFilter),
    map(seq(values.named(['alias'], false), words('key')), ([v]) => valueFilter(v)),
  );
  const goes = words('if', 'when', 'once', 'after', 'should');
  const ends = seq(
    opt(words('i', 'we', 'you', 'someone', 'somebody', 'they')),
    words(
      ...[
        'disable',
        'disabled',
        'delete',
        'deleted',
        'remove',
        'removed',
        'retire',
        'retired',
      ].concat([
        'turn off',
        'turned off',
        'switch off',
        'switched off',
        'schedule deletion of',
        'lose',
      ]),
    ),
  );
  const breaks = words(
    ...[
      'breaks',
      'break',
      'fails',
      'fail',
      'stops working',
      'stop working',
      'is affected',
      'be affected',
    ].flatMap((verb) => [verb, `would ${verb}`, `will ${verb}`, `could ${verb}`]),
    'happens',
    'goes down',
    'goes wrong',
  );
  return rule(() =>
    alt(
      map(seq(asking, context, usedOn, aKey), ([, , , of]) => contexts(of)),
      map(
        seq(
          words('which', 'what'),
          context,
          words('does', 'do', 'did'),
          aKey,
          words('use', 'have', 'see'),
        ),
        ([, , , of]) => contexts(of),
      ),
      // "What breaks if I disable it?" What it protects, as far as that is recorded.
      map(
        seq(
          words('what', 'which resources', 'what resources', 'what all', 'which things'),
          breaks,
          goes,
          ends,
          aKey,
        ),
        ([, , , , of]) => protectedResources({ is: 'event', test: { category: 'CRYPTO' } }, of),
      ),
      map(
        seq(
          words('what', 'what all', 'which things'),
          words('depends on', 'relies on', 'depend on', 'rely on'),
          aKey,
        ),
        ([, , of]) => protectedResources({ is: 'event', test: { category: 'CRYPTO' } }, of),
      ),
      map(seq(asking, kind, protectedBy, keys), ([, resource, , of]) =>
        protectedResources(resource, of),
      ),
      map(
        seq(asking, kind, words('whose key', 'whose keys', 'whose kms key'), predicate),
        ([, resource, , of]) => protectedResources(resource, of),
      ),
      map(
        seq(words('how many', 'number of'), kind, does, words('each', 'every'), keys, protect),
        ([, resource, , , of]): Plan => ({
          ...protectedResources(resource, of),
          measure: { kind: 'distinct', column: 'resource_arn' },
          groupBy: [{ column: 'key_arn' }],
        }),
      ),
      map(seq(asking, passive, dependOn, keys), ([, resource, , of]) =>
        protectedResources(resource, of),
      ),
      map(seq(words('which', 'what'), kind, does, keys, protect), ([, resource, , of]) =>
        protectedResources(resource, of),
      ),
    ),
  );
}
