interface Props {
  readonly text: string;
  readonly action?: string;
  readonly busy?: boolean;
  readonly onAction?: () => void;
}

/** A line in place of an answer, with at most one thing to do about it. */
export function Note({ text, action, busy = false, onAction }: Props) {
  return (
    <div className="note">
      <p>{text}</p>
      {action !== undefined && (
        <button
          type="button"
          className="quiet-button"
          aria-disabled={busy}
          onClick={() => {
            if (!busy) onAction?.();
          }}
        >
          {action}
        </button>
      )}
    </div>
  );
}
