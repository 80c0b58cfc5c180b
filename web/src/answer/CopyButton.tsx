import { useEffect, useState } from 'react';
import { useMessages } from '../messages/MessagesContext.ts';

interface Props {
  readonly text: string;
  readonly label?: string;
  /** What to say where nothing can be copied; by default, to select the text that is shown. */
  readonly failed?: string;
}

/** Copies a text and says whether that worked. */
export function CopyButton({ text, label, failed }: Props) {
  const messages = useMessages();
  const [result, setResult] = useState<'copied' | 'failed' | null>(null);

  useEffect(() => {
    if (result !== 'copied') return;
    const timer = setTimeout(() => setResult(null), 2500);
    return () => clearTimeout(timer);
  }, [result]);

  const copy = async (): Promise<void> => {
    try {
      // Absent where the page is not served over a secure connection.
      await navigator.clipboard.writeText(text);
      setResult('copied');
    } catch {
      setResult('failed');
    }
  };

  return (
    <span className="copy">
      <span className="copy-result" role="status">
        {result === 'copied'
          ? messages.copied
          : result === 'failed'
            ? (failed ?? messages.copyFailed)
            : ''}
      </span>
      <button type="button" className="quiet-button" onClick={copy}>
        {label ?? messages.copy}
      </button>
    </span>
  );
}
