import { useState } from 'react';
import { useMessages } from '../messages/MessagesContext.ts';
import { chooseTheme, storedTheme, themeOf } from '../settings/theme.ts';

export function ThemePicker() {
  const messages = useMessages();
  const [theme, setTheme] = useState(storedTheme);
  return (
    <select
      className="picker"
      aria-label={messages.theme}
      value={theme}
      onChange={(event) => {
        const chosen = themeOf(event.target.value);
        chooseTheme(chosen);
        setTheme(chosen);
      }}
    >
      <option value="system">{messages.themeSystem}</option>
      <option value="light">{messages.themeLight}</option>
      <option value="dark">{messages.themeDark}</option>
    </select>
  );
}
