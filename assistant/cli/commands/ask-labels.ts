import type { Narrative } from '../../answer/narrative.ts';
import type { LanguageCode } from '../../translate/language.ts';

/** What `ask` prints around an answer. */
interface Labels {
  /** Stands before the words of a model, whose numbers and names were found in the rows. */
  readonly byModel: string;
  /** Why there are no words of the model. */
  readonly withoutWords: (outcome: Narrative['outcome']) => string;
  readonly understood: string;
  readonly more: (rows: number) => string;
  readonly note: string;
  readonly coverage: string;
  readonly data: (asOf: string, snapshotId: string, hash: string) => string;
  readonly next: string;
  readonly whichOne: string;
  readonly answerable: string;
}

/** The labels in the languages that questions are answered in. */
export const labels: Readonly<Record<LanguageCode, Labels>> = {
  en: {
    byModel: 'The model, checked against the rows: ',
    withoutWords: (outcome) =>
      outcome === 'replaced'
        ? "The model's words are left out: they were not borne out by the rows."
        : 'The model said nothing of the rows, because it could not be used.',
    understood: 'Understood: ',
    more: (rows) =>
      `… and ${rows.toLocaleString('en-US')} more rows (--all shows them, --json has them).`,
    note: 'Note: ',
    coverage: 'Coverage: ',
    data: (asOf, snapshotId, hash) => `Data as of ${asOf}, snapshot ${snapshotId}, result ${hash}.`,
    next: 'You could ask next:',
    whichOne: 'Which do you mean?',
    answerable: 'Questions that can be answered:',
  },
  ja: {
    byModel: 'モデルの説明（結果の行と照合済み）：',
    withoutWords: (outcome) =>
      outcome === 'replaced'
        ? 'モデルの説明は、結果の行で裏付けられないため省略しました。'
        : 'モデルを利用できなかったため、モデルの説明はありません。',
    understood: '解釈：',
    more: (rows) =>
      `…ほか${rows.toLocaleString('ja-JP')}行（--all ですべて表示、--json に全行が含まれます）。`,
    note: '注：',
    coverage: '収集範囲：',
    data: (asOf, snapshotId, hash) =>
      `データ時点：${asOf}、スナップショット：${snapshotId}、結果ハッシュ：${hash}。`,
    next: '続けて質問できます：',
    whichOne: 'どれでしょうか？',
    answerable: '回答できる質問の例：',
  },
};
