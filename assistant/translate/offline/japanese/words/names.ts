import type { Names } from '../../plan/presentation.ts';
import { columnLabel } from './filter-to-words.ts';
import { dimensionInWords, nouns } from './plan-to-words.ts';

/** Japanese nouns are the same for one and for many. */
const noun = (text: string) => ({ one: text, many: text });

const aggregates = { sum: '合計', avg: '平均', min: '最小', max: '最大' } as const;

/** What things are called in a presentation, in Japanese. */
export const inJapanese: Names = {
  rows: (entity) => noun(nouns[entity]),
  grants: noun('グラント'),
  group: ({ entity, groupBy }) => {
    const [only, ...more] = groupBy;
    if (!only || more.length > 0) return noun('グループ');
    return noun('tag' in only ? `タグ「${only.tag}」の値` : dimensionInWords(entity, only));
  },
  measure: (entity, { kind, column }) => `${columnLabel(entity, column)}の${aggregates[kind]}`,
  different: (entity, column) => `${columnLabel(entity, column)}の数（重複なし）`,
  mean: (entity, per) => `${columnLabel(entity, per)}あたりの平均${nouns[entity]}数`,
  meanCost: (entity, per) => `${columnLabel(entity, per)}あたりの平均月額コスト`,
  dataCollected: 'データの収集日時',
};
