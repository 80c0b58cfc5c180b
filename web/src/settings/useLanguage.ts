import { useEffect, useState } from 'react';
import { type Language, languageOf } from '../messages/messages.ts';
import { browserStore } from './browserStore.ts';
import { readSetting, writeSetting } from './setting.ts';

/** The page's language, from the last visit or else from the browser, and how to change it. */
export function useLanguage(): [Language, (language: Language) => void] {
  const [language, setLanguage] = useState(() =>
    languageOf(readSetting(browserStore, 'language') ?? navigator.language),
  );
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return [
    language,
    (chosen) => {
      writeSetting(browserStore, 'language', chosen);
      setLanguage(chosen);
    },
  ];
}
