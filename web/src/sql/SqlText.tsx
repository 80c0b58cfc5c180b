import { useMemo } from 'react';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';
import { pieces } from '../text/invisible.ts';
import { sqlTokens } from './tokens.ts';

/** SQL with its parts coloured. Line breaks and tabs are layout here; other controls are shown. */
export function SqlText({ sql }: { readonly sql: string }) {
  const messages = useMessages();
  const tokens = useMemo(() => sqlTokens(sql), [sql]);
  return (
    // The text scrolls, so it must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className="sql" tabIndex={0} aria-label={messages.sql}>
      <pre>
        <code>
          {tokens.map((token, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of one text never change places
            <span key={index} className={`sql-${token.kind}`}>
              {isPlain(token.text) ? token.text : <DataText>{token.text}</DataText>}
            </span>
          ))}
        </code>
      </pre>
    </section>
  );
}

function isPlain(text: string): boolean {
  return pieces(text.replace(/[\n\t]/g, ' ')).every((piece) => piece.kind === 'text');
}
