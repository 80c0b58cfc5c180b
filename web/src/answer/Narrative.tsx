import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';

/** What a model says of the rows, told apart from what code made. Older answers have none. */
export function Narrative({ text }: { readonly text: string | null | undefined }) {
  const messages = useMessages();
  if (!text) return null;
  return (
    <p className="narrative">
      <DataText>{text}</DataText> <span className="by-model">{messages.byModel}</span>
    </p>
  );
}
