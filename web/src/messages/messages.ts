import { en, type Messages } from './en.ts';
import { ja } from './ja.ts';

export type Language = 'en' | 'ja';

/** Each language by its own name. */
export const languages: readonly { readonly language: Language; readonly name: string }[] = [
  { language: 'en', name: 'English' },
  { language: 'ja', name: '日本語' },
];

/** The language for a tag such as `ja-JP`; English where it is not one of ours. */
export function languageOf(tag: string | null | undefined): Language {
  return /^ja\b/i.test(tag ?? '') ? 'ja' : 'en';
}

/** The sentences of a language, with English for those it lacks. */
export function messagesOf(language: Language): Messages {
  return language === 'ja' ? { ...en, ...ja } : en;
}
