import { createEmbeddingContext } from 'amazon-quicksight-embedding-sdk';
import type { Language } from '../messages/messages.ts';

/** Why the frame shows nothing: see the messages of these names. */
export type EmbedFailure = 'expired' | 'blocked' | 'silent' | 'failed';

export interface Embedding {
  readonly container: HTMLElement;
  readonly url: string;
  readonly language: Language;
  readonly onShown: () => void;
  /** `code` is QuickSight's own, where it gives one. */
  readonly onFailure: (failure: EmbedFailure, code: string | null) => void;
}

/** A frame that has said nothing for so long says nothing any more. */
const SILENCE_MS = 30_000;

/**
 * Embeds a dashboard, and gives the function that takes it away. The frame and the SDK tell each
 * other by messages how it goes; one that may not be framed here is loaded, but stays silent.
 */
export function embed({ container, url, language, onShown, onFailure }: Embedding): () => void {
  let over = false;
  const tell = (failure: EmbedFailure, code: string | null = null): void => {
    if (over) return;
    clearTimeout(silence);
    onFailure(failure, code);
  };
  const silence = setTimeout(() => tell('silent'), SILENCE_MS);
  const onViolation = (event: SecurityPolicyViolationEvent): void => {
    if (event.effectiveDirective === 'frame-src') tell('blocked');
  };
  document.addEventListener('securitypolicyviolation', onViolation);

  container.replaceChildren();
  createEmbeddingContext()
    .then((context) => {
      if (over) {
        removeControlFrames();
        return undefined;
      }
      return context.embedDashboard(
        { url, container, width: '100%', height: '100%', className: 'quicksight-frame' },
        {
          locale: language === 'ja' ? 'ja-JP' : 'en-US',
          onMessage: ({ eventName, message }) => {
            if (over) return;
            if (eventName === 'CONTENT_LOADED') {
              clearTimeout(silence);
              onShown();
            } else if (eventName === 'ERROR_OCCURRED') {
              const code = errorCode(message);
              tell(code === 'Forbidden' || code === 'Unauthorized' ? 'expired' : 'failed', code);
            }
          },
        },
      );
    })
    .catch(() => tell('failed'));

  return () => {
    over = true;
    clearTimeout(silence);
    document.removeEventListener('securitypolicyviolation', onViolation);
    container.replaceChildren();
    removeControlFrames();
  };
}

/** Messages that are on their way when a dashboard is taken away have come after so long. */
const LAST_MESSAGES_MS = 1_000;

/**
 * Of each context the SDK leaves a frame for messages in the page. It acknowledges each message
 * through it as soon as the page is idle, and throws where the frame has gone by then.
 */
function removeControlFrames(): void {
  const frames = [...document.querySelectorAll('body > .quicksight-embedding-iframe')];
  const remove = () => {
    for (const frame of frames) frame.remove();
  };
  // Safari has no idle callbacks: there the SDK acknowledges at once.
  setTimeout(() => (window.requestIdleCallback ?? setTimeout)(remove), LAST_MESSAGES_MS);
}

/** `Forbidden`: the URL was used up or too old; `Unauthorized`: the session has ended. README of the SDK. */
function errorCode(message: unknown): string | null {
  const code =
    typeof message === 'object' && message !== null && 'errorCode' in message
      ? message.errorCode
      : null;
  return typeof code === 'string' ? code : null;
}
