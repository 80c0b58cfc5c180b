import type { Respelled } from '../language.ts';
import { nearWords } from '../lexicon/near-words.ts';

/** Katakana words of the subject that are long enough not to be mistaken for others. */
const words = [
  'ローテーション',
  'プリンシパル',
  'カスタマー',
  'マルチリージョン',
  'クロスアカウント',
  'フェデレーション',
  'マテリアル',
  'キーマテリアル',
  'アルゴリズム',
  'プライマリー',
  'サービスプリンシパル',
  'キーローテーション',
  'アカウント',
  'リージョン',
  'エイリアス',
  'グラント',
  'レプリカ',
  'クリティカル',
  'サンドボックス',
  'ステージング',
  'サービス',
  'ユーザー',
];
/** Words of the subject in Latin letters, besides the names in the data. */
const latinWords = ['security', 'production', 'staging', 'rotation', 'lambda', 'secretsmanager'];
/** Shorter words are too much like many others. */
const SHORTEST = 5;
const SHORTEST_LATIN = 6;
/** In words as long as this, two slips are seen. */
const LONG = 7;
/** So many candidates are enough to be unsure. */
const MOST = 3;

/** What the data has names of. */
interface Known {
  /** Whether a word occurs in any name. */
  readonly knows: (word: string) => boolean;
  /** The words of names of places and teams. */
  readonly words: () => Iterable<string>;
}

/**
 * The question with a slip in its one misspelt word put right, where just one word of the subject, or of the
 * names in the data, is one letter away and begins alike: ローテション, アカンウト, secuirty.
 */
export function respelled(question: string, { knows, words: names }: Known): Respelled | null {
  const text = question.normalize('NFKC');
  const katakana = [...text.matchAll(/[\p{Script=Katakana}ー]+/gu)].flatMap(([written]) =>
    written.length < SHORTEST || words.includes(written) ? [] : slipIn(written, words),
  );
  const latin = [...text.matchAll(/(?<![\w./:@=+-])[A-Za-z]+(?![\w./:@=+-])/g)].flatMap(
    ([written]) => {
      const word = written.toLowerCase();
      return written.length < SHORTEST_LATIN || knows(word) || latinWords.includes(word)
        ? []
        : slipIn(word, new Set([...latinWords, ...names()])).map((slip) => ({ ...slip, written }));
    },
  );
  const [slip, ...more] = [...katakana, ...latin];
  if (!slip || more.length > 0) return null;
  return { question: text.replace(slip.written, slip.meant), slips: [slip] };
}

/** The one word that a misspelt one can only be. */
function slipIn(
  written: string,
  known: Iterable<string>,
): readonly { readonly written: string; readonly meant: string }[] {
  const near = nearWords(written, known, MOST, written.length < LONG ? 1 : 2).filter(
    (w) => w[0] === written[0],
  );
  const [meant, ...others] = near;
  return meant && others.length === 0 ? [{ written, meant }] : [];
}
