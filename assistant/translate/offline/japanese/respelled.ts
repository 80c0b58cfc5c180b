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
];
/** Shorter words are too much like many others. */
const SHORTEST = 6;

/**
 * The question with a slip in its one misspelt katakana word put right, where just one word of the
 * subject is one letter away and begins alike.
 */
export function respelled(question: string): Respelled | null {
  const text = question.normalize('NFKC');
  const slips = [...text.matchAll(/[\p{Script=Katakana}ー]+/gu)].flatMap(([written]) => {
    if (written.length < SHORTEST || words.includes(written)) return [];
    const near = nearWords(written, words, 2, 1).filter((w) => w[0] === written[0]);
    const [meant, ...others] = near;
    return meant && others.length === 0 ? [{ written, meant }] : [];
  });
  const [slip, ...more] = slips;
  if (!slip || more.length > 0) return null;
  return { question: text.replace(slip.written, slip.meant), slips: [slip] };
}
