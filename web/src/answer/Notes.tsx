import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';

/** Remarks that belong to the answer. */
export function Notes({ notes }: { readonly notes: readonly string[] }) {
  const messages = useMessages();
  if (notes.length === 0) return null;
  return (
    <ul className="notes" aria-label={messages.notes}>
      {[...new Set(notes)].map((note) => (
        <li key={note}>
          <DataText>{note}</DataText>
        </li>
      ))}
    </ul>
  );
}
