import { alt, expand, map, opt, type Parser, rule, seq } from '../grammar/chart.ts';
import { everything, type Filter, type Plan } from '../plan/plan.ts';
import { protectedResources } from '../plan/resources.ts';
import { comma, countNoun, howMany, listTail, numberTail } from './asking.ts';
import type { GrammarContext } from './context.ts';
import type { KeyConditions } from './key-conditions.ts';
import { j } from './literals.ts';
import type { NounPhrases } from './noun-phrases.ts';

/** Kinds of resources that keys protect, and the service through which their keys are used. */
const kinds: readonly (readonly [readonly string[], string | null])[] = [
  [['リソース', 'AWSリソース'], null],
  [['バケット', 'S3バケット', 'S3のバケット'], 's3'],
  [['ボリューム', 'EBSボリューム', 'EBSのボリューム', 'EBS', 'ディスク'], 'ec2'],
  [['データベース', 'RDSデータベース', 'RDSインスタンス', 'RDSのDB', 'DB'], 'rds'],
  [['パラメータ', 'パラメーター', 'SSMパラメータ', 'SSMパラメーター'], 'ssm'],
  [['テーブル', 'DynamoDBテーブル', 'DynamoDBのテーブル'], 'dynamodb'],
  [['キュー', 'SQSキュー', 'SQSのキュー'], 'sqs'],
  [['トピック', 'SNSトピック', 'SNSのトピック'], 'sns'],
  [['ストリーム', 'Kinesisストリーム'], 'kinesis'],
  [['ファイルシステム', 'EFSファイルシステム', 'EFS'], 'elasticfilesystem'],
  [['ロググループ', 'CloudWatchロググループ'], 'logs'],
];

const isDoing = j('いる', 'る', 'いますか', 'ますか', 'います', 'いるか', 'るか', 'いるの', 'るの');

/**
 * Questions for what keys protect, as far as it is recorded of their use: alias/ordersで暗号化されている
 * バケット, バケットとその暗号化キーの対応表, 無効なキーが守っているリソース.
 */
export function resourceQuestions(
  { names }: GrammarContext,
  { particular }: KeyConditions,
  { some }: NounPhrases,
): Parser<Plan> {
  const kind: Parser<Filter> = alt(
    ...kinds.map(([words, service]) =>
      expand(j(...words), (): readonly Filter[] => {
        if (service === null) return [{ is: 'event', test: { category: 'CRYPTO' } }];
        // A service that used no key here protects nothing that is known of.
        const called = names.values.exactly('service', service).flatMap((v) => v.values);
        return called.length === 0
          ? []
          : [{ is: 'event', test: { category: 'CRYPTO', services: called } }];
      }),
    ),
  );
  // バケットの暗号化キー: what it does for them, and not which kind of key it is.
  const keys: Parser<Filter> = map(alt(particular, some), (f) =>
    'is' in f && f.is === 'value' && f.column === 'key_usage' ? everything : f,
  );
  const which = opt(j('どの', 'どんな', '何の', 'どこの'));
  const used = alt(
    seq(
      j('の暗号化に', 'を暗号化するのに', 'の保護に', 'の暗号化のために', 'に'),
      j('使われて', '使用されて', '利用されて', '使って', '使用して'),
      isDoing,
    ),
    seq(j('を'), j('暗号化して', '保護して', '守って'), isDoing),
    j('の暗号化に使う', 'を暗号化する', 'の', 'の暗号化に使った', 'の暗号化用の'),
  );
  /** Resources beside their keys. */
  const pairs = alt(
    seq(
      j('の'),
      j(
        '対応表',
        '対応',
        '対応関係',
        '組み合わせ',
        '紐付け',
        '紐づけ',
        'ひも付け',
        'マッピング',
        '一覧表',
        '対応一覧',
      ),
      opt(j('表', '一覧', 'リスト')),
      listTail,
    ),
    seq(j('の一覧', '一覧'), listTail),
    listTail,
  );
  const encrypted = seq(
    j('で', 'によって', 'を使って', 'で実際に'),
    j('暗号化され', '保護され', '守られ', '暗号化し', '暗号化'),
    opt(j('て')),
    opt(isDoing),
    opt(j('た')),
  );
  const protects = alt(
    seq(j('が', 'で'), j('暗号化し', '保護し', '守っ'), j('ている', 'てる', 'た')),
    seq(j('を'), j('使って', '使用して', '利用して'), isDoing),
  );
  return rule(() =>
    alt(
      // S3バケットの暗号化に使われているキーとバケットの対応表
      expand(
        seq(kind, used, keys, j('と', 'とその', 'と、'), kind, pairs),
        ([resource, , of, , again]): readonly Plan[] =>
          JSON.stringify(resource) === JSON.stringify(again)
            ? [protectedResources(resource, of, true)]
            : [],
      ),
      // バケットとその暗号化キーの対応
      map(
        seq(
          kind,
          j('と', 'とその', 'と、その'),
          opt(j('暗号化に使われている', '暗号化に使っている', '暗号化', '暗号化用の', '使用')),
          keys,
          pairs,
        ),
        ([resource, , , of]) => protectedResources(resource, of, true),
      ),
      // どのキーがどのバケットに使われているか
      map(
        seq(j('どの'), keys, j('が', 'で'), j('どの', '何の'), kind, used, opt(j('か')), listTail),
        ([, of, , , resource]) => protectedResources(resource, of, true),
      ),
      map(
        seq(
          j('どの'),
          kind,
          j('が', 'に', 'で', 'の暗号化に'),
          j('どの'),
          keys,
          j('を', 'が', 'で'),
          j('使って', '使われて', '暗号化されて', '使用して'),
          isDoing,
          opt(j('か')),
          listTail,
        ),
        ([, resource, , , of]) => protectedResources(resource, of, true),
      ),
      map(
        seq(kind, j('ごと', '別', '毎'), j('の', 'に', ''), opt(j('暗号化')), keys, pairs),
        ([resource, , , , of]) => protectedResources(resource, of, true),
      ),
      // alias/ordersで暗号化されているバケット
      map(
        seq(keys, encrypted, kind, alt(listTail, seq(j('はどれ', 'は何'), listTail))),
        ([of, , resource]) => protectedResources(resource, of),
      ),
      map(
        seq(keys, protects, kind, alt(listTail, seq(j('はどれ', 'は何'), listTail))),
        ([of, , resource]) => protectedResources(resource, of),
      ),
      // alias/ordersはどのバケットの暗号化に使われているか
      map(
        seq(keys, j('は', 'って', 'が'), comma, which, kind, used, opt(j('か')), listTail),
        ([of, , , , resource]) => protectedResources(resource, of),
      ),
      map(
        seq(
          keys,
          encrypted,
          kind,
          alt(seq(j('は', 'が', ''), howMany), seq(countNoun, numberTail)),
        ),
        ([of, , resource]): Plan => ({
          ...protectedResources(resource, of),
          measure: { kind: 'distinct', column: 'resource_arn' },
          groupBy: [],
        }),
      ),
    ),
  );
}
