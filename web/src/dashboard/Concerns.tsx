import { useContext } from 'react';
import type { DashboardBody } from '../../../assistant/server/api.ts';
import { Donut } from '../chart/Donut.tsx';
import { useMessages } from '../messages/MessagesContext.ts';
import { ScrollFrame } from '../page/ScrollFrame.tsx';
import { formatNumber } from '../text/number.ts';
import { AskingContext, AskMark } from './AskMark.tsx';
import { Panel } from './Panel.tsx';

/** Slices with a colour of their own; the others are one slice together. */
const sliced = 7;

/** Findings by kind of concern: a donut, and behind it a table that says the same and more. */
export function Concerns({ concerns }: Pick<DashboardBody, 'concerns'>) {
  const messages = useMessages();
  const { busy, ask } = useContext(AskingContext);
  const total = concerns.reduce((sum, { keys }) => sum + keys, 0);
  const others = concerns.slice(sliced).reduce((sum, { keys }) => sum + keys, 0);
  const tone = (index: number): string => (index < sliced ? `slice-${index + 1}` : 'slice-other');
  const shareOf = (keys: number): string => `${((keys / total) * 100).toFixed(1)}%`;
  const pick = (question: string | null) =>
    question === null || busy ? null : () => ask(question);
  return (
    <Panel title={messages.concernsTitle} note={messages.concernsNote} wide>
      {total === 0 ? (
        <p className="no-rows">{messages.noConcerns}</p>
      ) : (
        <div className="donut-with-table">
          <Donut
            total={total}
            label={messages.findings}
            slices={[
              ...concerns.slice(0, sliced).map(({ keys, label, question }, index) => ({
                value: keys,
                tone: tone(index),
                onPick: pick(question),
                title: `${label}: ${formatNumber(keys)}`,
              })),
              {
                value: others,
                tone: tone(sliced),
                onPick: null,
                title: `${messages.otherConcerns}: ${formatNumber(others)}`,
              },
            ]}
          />
          <ScrollFrame
            className="mark-table-frame"
            label={messages.tableOf(messages.concernsTitle)}
          >
            <table className="mark-table">
              <thead>
                <tr>
                  <th scope="col">{messages.concern}</th>
                  <th scope="col">{messages.keys}</th>
                  <th scope="col">{messages.share}</th>
                </tr>
              </thead>
              <tbody>
                {concerns.map((concern, index) => (
                  <tr key={concern.code}>
                    <th scope="row">
                      <span className={`swatch ${tone(index)}`} aria-hidden="true" />
                      {concern.label}
                    </th>
                    <td>
                      <AskMark mark={concern}>
                        <span className="unseen">{concern.label}: </span>
                        {formatNumber(concern.keys)}
                      </AskMark>
                    </td>
                    <td>{shareOf(concern.keys)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollFrame>
        </div>
      )}
    </Panel>
  );
}
