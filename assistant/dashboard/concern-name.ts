import { concernKinds } from '../../collector/schema/concerns.ts';
import type { LanguageCode } from '../translate/language.ts';
import { concernLabel } from '../translate/offline/japanese/words/filter-to-words.ts';

/** The name of a concern, as answers in that language call it. */
export function concernName(code: string, language: LanguageCode): string {
  if (language === 'ja') return concernLabel(code);
  return concernKinds.find((kind) => kind.code === code)?.label ?? code;
}
