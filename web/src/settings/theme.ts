import { browserStore } from './browserStore.ts';
import { readSetting, writeSetting } from './setting.ts';

export type Theme = 'system' | 'light' | 'dark';

export function themeOf(text: string | null): Theme {
  return text === 'light' || text === 'dark' ? text : 'system';
}

export function storedTheme(): Theme {
  return themeOf(readSetting(browserStore, 'theme'));
}

/** Puts a theme in force; `system` leaves the choice to prefers-color-scheme. */
export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

export function chooseTheme(theme: Theme): void {
  writeSetting(browserStore, 'theme', theme);
  showTheme(theme);
}
