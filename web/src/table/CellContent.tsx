import type { Cell, ResultColumn } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';
import { visible } from '../text/invisible.ts';
import { viewCell } from './cellView.ts';
import { severityTone } from './severityTone.ts';

interface Props {
  readonly cell: Cell;
  readonly column: ResultColumn;
}

/** A cell for reading. In the table a style keeps it on one line; elsewhere it may wrap. */
export function CellContent({ cell, column }: Props) {
  const messages = useMessages();
  const view = viewCell(cell, column);
  switch (view.kind) {
    case 'absent':
      return (
        <span className="absent" title={messages.noValue}>
          <span aria-hidden="true">–</span>
          <span className="unseen">{messages.noValue}</span>
        </span>
      );
    case 'empty':
      return (
        <span className="absent">
          {view.of === 'text'
            ? messages.emptyText
            : view.of === 'list'
              ? messages.emptyList
              : messages.emptyMap}
        </span>
      );
    case 'flag':
      return view.value ? messages.yes : messages.no;
    case 'number':
      return <span title={view.text === view.exact ? undefined : view.exact}>{view.text}</span>;
    case 'list':
      return view.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items of one cell never change places
        <span key={index} className="chip">
          {item === '' ? (
            <span className="absent">{messages.emptyText}</span>
          ) : (
            <DataText>{item}</DataText>
          )}
          {index < view.items.length - 1 && <span className="unseen">, </span>}
        </span>
      ));
    case 'map':
      return view.entries.map(([key, value], index) => (
        <span key={key} className="chip">
          <span className="map-key">
            <DataText>{key}</DataText>
          </span>
          <span className="map-is">=</span>
          <DataText>{value}</DataText>
          {index < view.entries.length - 1 && <span className="unseen">, </span>}
        </span>
      ));
    case 'text': {
      const tone = severityTone(column, view.text);
      return tone === null ? (
        <span title={visible(view.text).slice(0, 300)}>
          <DataText>{view.text}</DataText>
        </span>
      ) : (
        <span className={`badge badge-${tone}`}>{view.text}</span>
      );
    }
  }
}
