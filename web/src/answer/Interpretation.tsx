import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';

/** How the question was read. */
export function Interpretation({ text }: { readonly text: string }) {
  const messages = useMessages();
  return (
    <p className="interpretation">
      <span className="interpretation-label">{messages.understood}</span>{' '}
      <DataText>{text}</DataText>
    </p>
  );
}
