import { alt, map, opt, type Parser, rule, seq } from '../grammar/chart.ts';
import { everything, type Filter, listOf, type Plan } from '../plan/plan.ts';
import { comma, numberTail } from './asking.ts';
import { j, table } from './literals.ts';
import type { NounPhrases } from './noun-phrases.ts';

const place = table<string>([
  ['アカウント', 'account_id'],
  ['AWSアカウント', 'account_id'],
  ['リージョン', 'region'],
  ['OU', 'ou_path'],
  ['組織単位', 'ou_path'],
]);
const one = opt(j('1つ', '一つ', '1個', 'ひとつ'));
const each = seq(one, j('あたり', '当たり', 'につき'), opt(j('の', 'で', 'に')), comma);
const monthly = opt(j('月額', '毎月の', '月々の', '1か月の', '月平均の'));
const cost = seq(
  monthly,
  opt(j('キー', 'キーの', 'KMSの', 'KMS')),
  j('月額', '月額コスト', '月額費用', '月額料金', 'コスト', '費用', '料金', '金額'),
);
const mean = opt(j('の'));

/**
 * アカウントあたりの平均コスト: what all keys of one cost, on average over those that have any. It is another
 * question than what a key costs on average.
 */
export function meanCosts({ simple }: NounPhrases): Parser<Plan> {
  const keys: Parser<Filter> = map(
    seq(simple, j('の', 'は', 'にかかる', 'で', 'では'), comma),
    ([f]) => f,
  );
  const per = map(seq(opt(j('1')), place, each), ([, column]) => column);
  const said = (filter: Filter | null, column: string): Plan => ({
    ...listOf('keys', filter ?? everything),
    measure: { kind: 'mean', per: column, weight: 'monthly_cost_usd' },
  });
  const average = j('平均', '平均の', '平均で', '平均は', '平均して');
  return rule(() =>
    alt(
      // アカウントあたりの無効なキーの平均コスト
      map(seq(per, opt(keys), average, cost, numberTail), ([column, f]) => said(f, column)),
      map(
        seq(
          per,
          opt(keys),
          cost,
          opt(j('の合計', '合計')),
          mean,
          j('平均', '平均額', '平均値'),
          numberTail,
        ),
        ([column, f]) => said(f, column),
      ),
      // 無効なキーのアカウントあたりの平均コスト
      map(seq(keys, per, average, cost, numberTail), ([f, column]) => said(f, column)),
      map(seq(opt(keys), average, cost, j('は', 'を', ''), per, numberTail), ([f, , , , column]) =>
        said(f, column),
      ),
      // 無効なキーのコストはアカウントあたり平均いくら
      map(
        seq(
          opt(keys),
          cost,
          j('は', 'の平均は', 'って', 'の平均を', ''),
          comma,
          per,
          opt(average),
          numberTail,
        ),
        ([f, , , , column]) => said(f, column),
      ),
    ),
  );
}
