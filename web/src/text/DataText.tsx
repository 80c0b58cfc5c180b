import { useMessages } from '../messages/MessagesContext.ts';
import { pieces } from './invisible.ts';

/**
 * Text that may hold words from the data: isolated, so that its writing direction cannot reorder
 * what stands around it, and with unseen characters spelled out.
 */
export function DataText({ children }: { readonly children: string }) {
  const messages = useMessages();
  return (
    <bdi>
      {pieces(children).map((piece, index) =>
        piece.kind === 'text' ? (
          piece.text
        ) : (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
            key={index}
            className="hidden-character"
            title={messages.hiddenCharacter(piece.codePoint)}
          >
            {piece.codePoint}
          </span>
        ),
      )}
    </bdi>
  );
}
