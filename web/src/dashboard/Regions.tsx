import { useContext } from 'react';
import type { DashboardBody, ValueMark } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';
import { formatNumber } from '../text/number.ts';
import { AskingContext, AskMark } from './AskMark.tsx';
import { managerTone } from './managerTone.ts';
import { Panel } from './Panel.tsx';

const managers = ['CUSTOMER', 'AWS', null] as const;

/** Keys per Region, and of which type they are: a bar of parts, and the numbers beside it. */
export function Regions({ regions }: Pick<DashboardBody, 'regions'>) {
  const messages = useMessages();
  const most = Math.max(1, ...regions.map(({ keys }) => keys));
  const shown = managers.filter((manager) =>
    regions.some((region) => keysOf(region.managers, manager).keys > 0),
  );
  return (
    <Panel title={messages.regionsTitle} wide>
      <div className="region-frame">
        <table className="mark-table region-table">
          <thead>
            <tr>
              <th scope="col">{messages.filterNames.region}</th>
              <td aria-hidden="true" className="parts-cell" />
              <th scope="col">{messages.keys}</th>
              {shown.map((manager) => (
                <th key={manager} scope="col">
                  <span className={`swatch ${managerTone(manager)}`} aria-hidden="true" />
                  {manager === null ? messages.unknownManager : messages.managers[manager]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {regions.map((region) => (
              <tr key={region.region}>
                <th scope="row">
                  <DataText>{region.region}</DataText>
                </th>
                <td aria-hidden="true" className="parts-cell">
                  <Parts marks={region.managers} most={most} />
                </td>
                <td>
                  <AskMark mark={region}>
                    <span className="unseen">{region.region}: </span>
                    {formatNumber(region.keys)}
                  </AskMark>
                </td>
                {shown.map((manager) => {
                  const mark = keysOf(region.managers, manager);
                  const name =
                    manager === null ? messages.unknownManager : messages.managers[manager];
                  return (
                    <td key={manager}>
                      <AskMark mark={mark}>
                        <span className="unseen">{`${region.region}, ${name}: `}</span>
                        {formatNumber(mark.keys)}
                      </AskMark>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

const keysOf = (marks: readonly ValueMark[], manager: string | null): ValueMark =>
  marks.find(({ value }) => value === manager) ?? { value: manager, keys: 0, question: null };

/** A bar of parts. A click asks as the number beside it does. */
function Parts({ marks, most }: { readonly marks: readonly ValueMark[]; readonly most: number }) {
  const { busy, ask } = useContext(AskingContext);
  const ordered = managers.map((manager) => keysOf(marks, manager));
  return (
    <svg className="bar" aria-hidden="true">
      <rect className="bar-track" width="100%" height="100%" rx="3" />
      {ordered.map(({ value, keys, question }, index) => {
        const before = ordered.slice(0, index).reduce((sum, mark) => sum + mark.keys, 0);
        const onPick = question === null || busy ? undefined : () => ask(question);
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the numbers beside it are the buttons
          <rect
            key={value}
            className={`${managerTone(value)}${onPick ? ' pickable' : ''}`}
            x={`${(before / most) * 100}%`}
            width={`${(keys / most) * 100}%`}
            height="100%"
            onClick={onPick}
          />
        );
      })}
    </svg>
  );
}
