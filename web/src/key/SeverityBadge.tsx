import { useMessages } from '../messages/MessagesContext.ts';

/** How serious a concern is. */
export function SeverityBadge({ severity }: { readonly severity: string | null }) {
  const messages = useMessages();
  if (severity === null) return null;
  const names: Readonly<Record<string, string>> = messages.severities;
  return (
    <span className={`badge badge-${severity.toLowerCase()}`}>
      {Object.hasOwn(names, severity) ? names[severity] : severity}
    </span>
  );
}
