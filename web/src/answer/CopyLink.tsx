import { answerLink } from '../api/answers.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { CopyButton } from './CopyButton.tsx';

/** Copies the address that opens this answer for others who may see it. */
export function CopyLink({ answerId }: { readonly answerId: string }) {
  const messages = useMessages();
  const link = answerLink(answerId, window.location.origin);
  return <CopyButton text={link} label={messages.copyLink} failed={messages.linkIs(link)} />;
}
