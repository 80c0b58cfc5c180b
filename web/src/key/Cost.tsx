import type { NamedRow } from '../../../assistant/server/api.ts';
import { Panel } from '../dashboard/Panel.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import { formatMoney } from '../text/number.ts';
import { numberIn } from './cells.ts';

/** What the key costs to keep. */
export function Cost({ row }: { readonly row: NamedRow }) {
  const messages = useMessages();
  const monthly = numberIn(row, 'monthly_cost_usd');
  return (
    <Panel title={messages.costTitle} note={messages.costNote} wide>
      <p className="headline">
        {monthly === null
          ? messages.costUnknown
          : messages.costTold(`$${formatMoney(monthly)}`, `$${formatMoney(monthly * 12)}`)}
      </p>
    </Panel>
  );
}
