import { useMessages } from '../messages/MessagesContext.ts';

/** Says that the data is made up. */
export function SimulatedBadge() {
  const messages = useMessages();
  return (
    <span className="badge badge-simulated" title={messages.simulatedTitle}>
      {messages.simulated}
    </span>
  );
}
