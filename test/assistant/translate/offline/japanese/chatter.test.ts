import { describe, expect, it } from 'vitest';
import { withoutChatter } from '../../../../../assistant/translate/offline/japanese/chatter.ts';

describe('what is said around a question is left out', () => {
  it.each([
    ['深夜の障害対応中です。昨日無効化されたキーは？', '昨日無効化されたキーは?'],
    ['監査資料として使うので、無効なキーを教えて', '無効なキーを教えて'],
    ['役員会の資料に載せたいので、OU別のコスト', 'OU別のコスト'],
    ['【至急】公開キー', '公開キー'],
    ['公開キー 一覧 緊急', '公開キー 一覧'],
    ['コストを減らしたい。無効なキーは？', '無効なキーは?'],
    ['OU別の月額コスト、円グラフ用に', 'OU別の月額コスト'],
    ['グラントとは？初心者です', 'グラントとは?'],
    ['来週消えるキー(あれば止めたい)', '来週消えるキー'],
    ['無効なキーの是正対象リスト', '無効なキーのリスト'],
  ])('%s', (question, rest) => {
    expect(withoutChatter(question)).toBe(rest);
  });
});

describe('a word that may say which keys are meant is kept', () => {
  it.each([
    '監査用のキー',
    '調査用に使われているキー',
    'タグが緊急のキー',
    '東京だけです。無効なキーは?',
    '削除したい。無効なキー',
    '無効なキー(本番は除きたい)',
    '緊急',
    '監査アカウントで使われたキー',
    '夜間に使われたキー',
  ])('%s', (question) => {
    expect(withoutChatter(question)).toBe(question);
  });
});
