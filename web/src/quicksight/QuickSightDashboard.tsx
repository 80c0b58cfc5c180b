import { useEffect, useRef, useState } from 'react';
import { Failure } from '../answer/Failure.tsx';
import { fetchEmbedUrl } from '../api/embed.ts';
import type { Problem } from '../api/problem.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import type { Language } from '../messages/messages.ts';
import { ViewHead } from '../page/ViewHead.tsx';
import { type EmbedFailure, embed } from './embed.ts';
import '../styles/views.css';

interface Props {
  readonly language: Language;
  readonly moved: boolean;
  readonly onBuiltIn: () => void;
}

type State =
  | { readonly kind: 'loading' }
  | { readonly kind: 'shown' }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'failure'; readonly failure: EmbedFailure; readonly code: string | null };

/** So long before the end of a session a new one begins; a quarter of a short one. */
const earlySeconds = 120;

/** The dashboard of QuickSight in a frame, with the built-in one as the way out. */
export default function QuickSightDashboard({ language, moved, onBuiltIn }: Props) {
  const messages = useMessages();
  const { frame, state, renewed, again } = useEmbedding(language);
  const problem = problemOf(state, messages.quickSightFailures);
  return (
    <>
      <ViewHead title={messages.quickSight} moved={moved}>
        <p className="which-dashboard">
          <button type="button" className="quiet-button" onClick={onBuiltIn}>
            {messages.builtInShow}
          </button>
        </p>
      </ViewHead>
      {problem && <Failure problem={problem} busy={false} onRetry={again} />}
      {state.kind === 'loading' && <p className="pane-note">{messages.quickSightLoading}</p>}
      <div ref={frame} className="quicksight" hidden={problem !== null} />
      <p className="unseen" role="status">
        {renewed && state.kind === 'shown' ? messages.quickSightRenewed : ''}
      </p>
    </>
  );
}

type Failures = Readonly<Record<EmbedFailure, { readonly message: string; readonly hint: string }>>;

function problemOf(state: State, failures: Failures): Problem | null {
  if (state.kind === 'problem') return state.problem;
  if (state.kind !== 'failure') return null;
  const code = state.code ?? state.failure.toUpperCase();
  return { ...failures[state.failure], code: `QUICKSIGHT_${code}` };
}

/** Embeds, and embeds anew before the session ends, or once when QuickSight says that it has ended. */
function useEmbedding(language: Language) {
  const frame = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<State>({ kind: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const everShown = useRef(false);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is another session
  useEffect(() => {
    const controller = new AbortController();
    let takeAway = (): void => {};
    let renewal: ReturnType<typeof setTimeout> | undefined;
    let shown = false;
    setState({ kind: 'loading' });
    fetchEmbedUrl(controller.signal).then((read) => {
      if (controller.signal.aborted || !frame.current) return;
      if (!read.ok) {
        setState({ kind: 'problem', problem: read.problem });
        return;
      }
      const seconds = read.body.sessionMinutes * 60;
      const early = Math.min(earlySeconds, seconds / 4);
      renewal = setTimeout(() => setAttempt((n) => n + 1), (seconds - early) * 1000);
      takeAway = embed({
        container: frame.current,
        url: read.body.url,
        language,
        onShown: () => {
          shown = true;
          everShown.current = true;
          setState({ kind: 'shown' });
        },
        onFailure: (failure, code) => {
          clearTimeout(renewal);
          // A session that was in use is renewed by itself; one that never began is told.
          if (failure === 'expired' && shown) setAttempt((n) => n + 1);
          else setState({ kind: 'failure', failure, code });
        },
      });
    });
    return () => {
      controller.abort();
      clearTimeout(renewal);
      takeAway();
    };
  }, [attempt, language]);

  return {
    frame,
    state,
    renewed: attempt > 0 && everShown.current,
    again: () => setAttempt((n) => n + 1),
  };
}
