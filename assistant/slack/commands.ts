import { type LanguageCode, languageOf } from '../translate/language.ts';
import type { Task } from './job.ts';

/** What stands behind `/kms`: a question, or one of a few words that stand for one. */
export type Said =
  | { readonly kind: 'help'; readonly language: LanguageCode }
  | { readonly kind: 'task'; readonly task: Task; readonly language: LanguageCode };

const topConcerns: Readonly<Record<LanguageCode, string>> = {
  en: 'What are the top 5 concerns?',
  ja: '懸念事項の上位5件は？',
};

const oneKey: Readonly<Record<LanguageCode, (name: string) => string>> = {
  en: (name) => `show the key ${name}`,
  ja: (name) => `${name} のキーを表示`,
};

/** An alias, a key id or a key ARN; anything else behind "key" makes a question of its own. */
const keyName = /^(?:key|キー)[\s：:]+((?:alias\/|arn:aws|mrk-|[0-9a-f]{8}-)[\w/:.-]+)$/i;

export function readText(text: string): Said {
  const language = languageOf(text, 'en');
  const ask = (question: string): Said => ({
    kind: 'task',
    task: { kind: 'ask', question, after: 'latest' },
    language,
  });
  const words = text.toLowerCase().replaceAll(/\s+/g, ' ');
  if (/^(?:help|\?|)$/.test(words)) return { kind: 'help', language: 'en' };
  if (/^(?:ヘルプ|使い方)$/.test(words)) return { kind: 'help', language: 'ja' };
  if (words === 'status' || words === '状態')
    return { kind: 'task', task: { kind: 'status', language }, language };
  if (words === 'top concerns' || words === '主な懸念') return ask(topConcerns[language]);
  const name = keyName.exec(text)?.[1];
  return ask(name === undefined ? text : oneKey[text.startsWith('キー') ? 'ja' : 'en'](name));
}
