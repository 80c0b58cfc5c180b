import type { StatusBody } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';
import { formatInstant } from '../text/instant.ts';
import { CoverageText } from './CoverageText.tsx';
import { SimulatedBadge } from './SimulatedBadge.tsx';

/** When the data was read, how much there is, and how much of the organization it covers. */
export function DataStatus({ status }: { readonly status: StatusBody | null | undefined }) {
  const messages = useMessages();
  if (status === undefined) return <p className="data-status">{messages.dataLoading}</p>;
  if (status === null) {
    return <p className="data-status coverage-incomplete">{messages.dataUnknown}</p>;
  }
  return (
    <p className="data-status">
      {status.origin === 'simulated' && <SimulatedBadge />}
      <span>{messages.dataAsOf(formatInstant(status.asOf))}</span>
      <span>{messages.scope(status.keys, status.accounts)}</span>
      <CoverageText coverage={status.coverage}>
        <DataText>{status.coverageText}</DataText>
      </CoverageText>
    </p>
  );
}
