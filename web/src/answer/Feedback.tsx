import { type FormEvent, useId, useState } from 'react';
import { sendFeedback } from '../api/feedback.ts';
import { useMessages } from '../messages/MessagesContext.ts';

type Rating = 'up' | 'down';

/** As the API takes it. */
const LONGEST_COMMENT = 2_000;

/**
 * Asks whether an answer is right. The rating is sent at once, a comment with it when there is one; of
 * what somebody says of one answer the last counts, so both can be changed.
 */
export function Feedback({ answerId }: { readonly answerId: string }) {
  const messages = useMessages();
  const commentId = useId();
  const [rating, setRating] = useState<Rating | null>(null);
  const [comment, setComment] = useState('');
  const [result, setResult] = useState<'rated' | 'commented' | 'failed' | null>(null);

  const give = async (chosen: Rating): Promise<void> => {
    setRating(chosen);
    const text = comment.trim();
    const kept = await sendFeedback({
      answerId,
      rating: chosen,
      ...(text === '' ? {} : { comment: text }),
    });
    setResult(!kept ? 'failed' : text === '' ? 'rated' : 'commented');
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (rating !== null) void give(rating);
  };

  return (
    <form className="feedback" onSubmit={submit}>
      <fieldset>
        <legend>{messages.feedback}</legend>
        {(['up', 'down'] as const).map((one) => (
          <button
            key={one}
            type="button"
            className="quiet-button"
            aria-pressed={rating === one}
            onClick={() => void give(one)}
          >
            {messages.feedbackRatings[one]}
          </button>
        ))}
        <span role="status" className="fine-print">
          {result === null ? '' : messages.feedbackResults[result]}
        </span>
      </fieldset>
      {rating !== null && result !== 'commented' && (
        <div className="feedback-comment">
          <label htmlFor={commentId}>{messages.feedbackComment}</label>
          <textarea
            id={commentId}
            rows={2}
            maxLength={LONGEST_COMMENT}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
          <button type="submit" className="quiet-button" disabled={comment.trim() === ''}>
            {messages.feedbackSend}
          </button>
        </div>
      )}
    </form>
  );
}
