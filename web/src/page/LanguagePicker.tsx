import { useMessages } from '../messages/MessagesContext.ts';
import { type Language, languageOf, languages } from '../messages/messages.ts';

interface Props {
  readonly language: Language;
  readonly onLanguage: (language: Language) => void;
}

export function LanguagePicker({ language, onLanguage }: Props) {
  const messages = useMessages();
  return (
    <select
      className="picker"
      aria-label={messages.language}
      value={language}
      onChange={(event) => onLanguage(languageOf(event.target.value))}
    >
      {languages.map((each) => (
        <option key={each.language} value={each.language} lang={each.language}>
          {each.name}
        </option>
      ))}
    </select>
  );
}
