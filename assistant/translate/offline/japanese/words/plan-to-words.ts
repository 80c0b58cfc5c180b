import { columnOf } from '../../plan/entity-tables.ts';
import type { AccountName } from '../../plan/filter-to-words.ts';
import { baseColumn } from '../../plan/measured.ts';
import {
  type Comparison,
  type Dimension,
  type Entity,
  factsOf,
  isEverything,
  type Plan,
} from '../../plan/plan.ts';
import {
  asInterpretation,
  asQuestion,
  columnLabel,
  dateInWords,
  filterInWords,
  type Speech,
} from './filter-to-words.ts';

/** What the rows of an entity are called. */
export const nouns: Readonly<Record<Entity, string>> = {
  keys: 'キー',
  accounts: 'アカウント',
  coverage: 'アカウントとリージョン',
  permissions: '権限',
  concerns: '懸念事項',
  usage: 'イベント',
};

function rowsInWords(plan: Plan, speech: Speech): string {
  const noun = nouns[plan.entity];
  return isEverything(plan.filter) ? noun : `${filterInWords(plan.filter, speech)}${noun}`;
}

/** リージョン, タグ「owner」, 作成年. */
export function dimensionInWords(entity: Entity, dimension: Dimension): string {
  if ('tag' in dimension) {
    const named = (tag: string) => `タグ「${tag.replaceAll(/["「」『』]/g, "'")}」`;
    return [dimension.tag, ...(dimension.also ?? [])].map(named).join('または');
  }
  if ('by' in dimension) return calendarWords[dimension.by];
  const label = columnLabel(entity, dimension.column);
  return 'named' in dimension ? `指定した${label}` : label;
}

const grouping = ({ entity, groupBy }: Plan): string =>
  groupBy.map((d) => dimensionInWords(entity, d)).join('と');

/** Of creation. */
const calendarWords = { year: '作成年', quarter: '作成四半期', month: '作成月' } as const;

const aggregates = { sum: '合計', avg: '平均', min: '最小', max: '最大' } as const;

const bounds: Readonly<Record<Comparison, string>> = {
  'at least': '以上',
  'more than': 'を超える',
  'at most': '以下',
  'less than': '未満',
  exactly: 'ちょうど',
};

/** Of what the parts are: of the rows, of the keys behind them, or of what they cost. */
const parts = ({ entity, measure }: Plan): string =>
  measure.kind !== 'part' || measure.amount === 'rows' || entity === measure.amount
    ? ''
    : measure.amount === 'keys'
      ? 'のキー'
      : 'の月額コスト';

/** A question that can be asked as it stands and means exactly this plan. */
export function planToQuestion(plan: Plan, accountName: AccountName): string {
  const speech = asQuestion(plan.entity, accountName);
  const rows = rowsInWords(plan, speech);
  const by = plan.groupBy.length > 0 ? `を${grouping(plan)}別に` : '';
  const tail = `${by}${orderInQuestion(plan)}`;
  switch (plan.measure.kind) {
    case 'list':
      return `${rows}の一覧${tail}`;
    case 'count':
      if (plan.measure.cost) return `${rows}の数と月額コストの合計${tail}`;
      return plan.measure.keys && plan.entity !== 'keys'
        ? `${rows}のキーの数${tail}`
        : `${rows}の数${tail}`;
    case 'share':
      return `${rows}${plan.measure.weight ? 'の月額コスト' : ''}のうち${filterInWords(plan.measure.of, speech)}ものの割合${tail}`;
    case 'part':
      return `${rows}${parts(plan)}の構成比${tail}`;
    case 'distinct':
      return `${rows}の${columnLabel(plan.entity, plan.measure.column)}の種類の数${tail}`;
    case 'mean': {
      const per = `${columnLabel(plan.entity, plan.measure.per)}あたりの${rows}`;
      return `${per}の${plan.measure.weight ? '月額コストの合計の平均' : '平均数'}${tail}`;
    }
    default: {
      const { column, kind } = plan.measure;
      const latest = kind === 'max' && columnOf(plan.entity, column)?.role === 'time';
      return `${rows}の${columnLabel(plan.entity, column)}の${latest ? '最新' : aggregates[kind]}${tail}`;
    }
  }
}

function orderInQuestion({ entity, orderBy, limit, having }: Plan): string {
  const direction = orderBy?.direction === 'desc' ? '降順' : '昇順';
  const parts = [
    ...(having ? [`値が${having.value}${bounds[having.op]}のみ`] : []),
    ...(orderBy
      ? [`${orderBy.by === 'value' ? '値' : columnLabel(entity, orderBy.by)}の${direction}`]
      : []),
    ...(limit === 'ties' ? ['首位のみ'] : limit === null ? [] : [`先頭${limit}件`]),
  ];
  return parts.length > 0 ? `（${parts.join('、')}）` : '';
}

/**
 * What was understood, in a sentence: what is counted or listed, every condition with its dates, the
 * order, the limit, and the moment the data speaks of.
 */
export function planToWords(plan: Plan, asOf: Date, accountName: AccountName): string {
  const speech = asInterpretation(plan.entity, asOf, accountName);
  const by = plan.groupBy.length > 0 ? `${grouping(plan)}別の、` : '';
  const details = [...havingText(plan), ...orderText(plan)];
  const rest = details.length > 0 ? `。${details.join('、')}` : '';
  return `${by}${subject(plan, speech)}${rest}。${dateInWords(asOf)}時点。`;
}

function subject(plan: Plan, speech: Speech): string {
  const rows = `${rowsInWords(plan, speech)}${inclusion(plan)}`;
  switch (plan.measure.kind) {
    case 'list': {
      const show = plan.measure.show.map((c) => columnLabel(plan.entity, c));
      return show.length > 0 ? `${rows}の一覧（${show.join('、')}を含む）` : `${rows}の一覧`;
    }
    case 'count':
      if (plan.measure.cost) return `${rows}の数と月額コストの合計（米ドル）`;
      return plan.measure.keys && plan.entity !== 'keys'
        ? `${rows}に該当するキーの数（重複なし）`
        : `${rows}の数`;
    case 'share':
      return `${rows}${plan.measure.weight ? 'の月額コスト' : ''}のうち、${filterInWords(plan.measure.of, speech)}ものの割合`;
    case 'part':
      return `${rows}${parts(plan)}の構成比（全体に占める割合）`;
    case 'distinct':
      return `${rows}の${columnLabel(plan.entity, plan.measure.column)}の数（重複なし）`;
    case 'mean': {
      const per = `${columnLabel(plan.entity, plan.measure.per)}あたりの${rows}`;
      return plan.measure.weight
        ? `${per}の月額コストの合計の平均（米ドル、該当のないものを除く）`
        : `${per}の平均数（該当のないものを除く）`;
    }
    default: {
      const { column, kind } = plan.measure;
      const role = columnOf(plan.entity, baseColumn(column))?.role;
      const unit = role === 'money' ? '（米ドル）' : column === 'age_days' ? '（日）' : '';
      const word =
        columnOf(plan.entity, column)?.role === 'time'
          ? kind === 'max'
            ? '最新'
            : '最古'
          : aggregates[kind];
      return `${rows}の${columnLabel(plan.entity, column)}の${word}${unit}`;
    }
  }
}

/** Says which keys are meant where no condition on the manager narrows them. */
function inclusion(plan: Plan): string {
  if (plan.entity !== 'keys') return '';
  const narrowed = factsOf(plan.filter).some(
    (f) => f.is === 'key' || (f.is === 'value' && f.column === 'key_manager'),
  );
  return narrowed ? '' : '（カスタマー管理とAWS管理の両方）';
}

const havingText = ({ having, measure }: Plan): readonly string[] => {
  if (!having) return [];
  const value = `${having.value}${measure.kind === 'share' || measure.kind === 'part' ? '%' : ''}`;
  return [
    `値が${having.op === 'exactly' ? `ちょうど${value}の` : `${value}${bounds[having.op]}${having.op === 'more than' ? '' : 'の'}`}もののみ`,
  ];
};

function orderText({ entity, orderBy, limit }: Plan): readonly string[] {
  if (!orderBy) return limit === null ? [] : [`先頭${limit}件`];
  const timed = columnOf(entity, orderBy.by)?.role === 'time';
  const label = orderBy.by === 'value' ? '値' : columnLabel(entity, orderBy.by);
  const desc = orderBy.direction === 'desc';
  const end = timed ? (desc ? '新しい' : '古い') : desc ? '大きい' : '小さい';
  if (limit === 'ties') return [`${label}が最も${end}もの（同順位をすべて含む）`];
  return [`${label}の${end}順`, ...(limit === null ? [] : [`先頭${limit}件`])];
}

/** What a percentage is of: カスタマー管理であるキーのうち、ローテーションが有効であるもの. */
export function shareInWords(plan: Plan, asOf: Date, accountName: AccountName): string | null {
  if (plan.measure.kind !== 'share') return null;
  const speech = { ...asInterpretation(plan.entity, asOf, accountName), remark: () => '' };
  return `${rowsInWords(plan, speech)}${plan.measure.weight ? 'の月額コスト' : ''}のうち、${filterInWords(plan.measure.of, speech)}もの`;
}
