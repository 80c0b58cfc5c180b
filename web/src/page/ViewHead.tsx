import { type ReactNode, useEffect, useRef } from 'react';
import type { Coverage } from '../../../assistant/server/api.ts';
import { useMessages } from '../messages/MessagesContext.ts';
import { DataText } from '../text/DataText.tsx';
import { formatInstant } from '../text/instant.ts';
import { CoverageText } from './CoverageText.tsx';

interface Props {
  readonly title: string;
  readonly moved: boolean;
  readonly children?: ReactNode;
}

/** The heading of a view. It takes the focus of who came to it within the page. */
export function ViewHead({ title, moved, children }: Props) {
  const messages = useMessages();
  const heading = useRef<HTMLHeadingElement>(null);
  const cameHere = useRef(moved);
  useEffect(() => {
    if (cameHere.current) heading.current?.focus();
  }, []);
  useEffect(() => {
    document.title = `${title} – ${messages.productName}`;
    return () => {
      document.title = messages.productName;
    };
  }, [title, messages.productName]);
  return (
    <div className="view-head">
      <h2 ref={heading} tabIndex={-1}>
        <DataText>{title}</DataText>
      </h2>
      {children}
    </div>
  );
}

interface ShownProps {
  readonly shown: {
    readonly asOf: string;
    readonly snapshotId: string;
    readonly coverage: Coverage;
    readonly coverageText: string;
  };
  /** The header tells the coverage of all. */
  readonly ofPart: boolean;
}

/** The data that a view rests on; of a part of it, also what could not be read there. */
export function DataShownLine({ shown, ofPart }: ShownProps) {
  const messages = useMessages();
  return (
    <p className="data-status">
      <span>{messages.dataAsOf(formatInstant(shown.asOf))}</span>
      <span>
        {messages.snapshot} {shown.snapshotId}
      </span>
      {ofPart && (
        <CoverageText coverage={shown.coverage}>
          <DataText>{shown.coverageText}</DataText>
        </CoverageText>
      )}
    </p>
  );
}
