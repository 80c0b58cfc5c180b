import type { DashboardBody, Mark } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { formatMoney, formatNumber } from '../text/number.ts';
import { AskMark } from './AskMark.tsx';

/** The numbers to begin with. */
export function Tiles({ shown }: { readonly shown: DashboardBody }) {
  const messages = useMessages();
  const { cost } = shown;
  const managed = (value: string): Mark =>
    shown.managers.find((mark) => mark.value === value) ?? { keys: 0, question: null };
  return (
    <ul className="tiles">
      <Tile label={messages.totalKeys} mark={shown.total} />
      <Tile label={messages.managers.CUSTOMER} mark={managed('CUSTOMER')} />
      <Tile label={messages.managers.AWS} mark={managed('AWS')} />
      <li>
        <AskMark mark={cost} className="tile">
          <span className="tile-value">${formatMoney(cost.monthlyUsd)}</span>
          <span className="tile-label">
            {messages.monthlyCost}
            {cost.unknownKeys > 0 && ` ${messages.unknownCost(cost.unknownKeys)}`}
          </span>
        </AskMark>
      </li>
    </ul>
  );
}

function Tile({ label, mark }: { readonly label: string; readonly mark: Mark }) {
  return (
    <li>
      <AskMark mark={mark} className="tile">
        <span className="tile-value">{formatNumber(mark.keys)}</span>
        <span className="tile-label">{label}</span>
      </AskMark>
    </li>
  );
}
