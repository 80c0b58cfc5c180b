import type { ReactNode } from 'react';
import type { Cell, ResultColumn } from '../../../assistant/server/api.ts';
import { isKeyArn, keyPath } from '../route/route.ts';

interface Props {
  readonly columns: readonly ResultColumn[];
  readonly row: readonly Cell[];
  readonly column: ResultColumn;
  /** Whether the link is in the tab order. */
  readonly reachable: boolean;
  readonly onFollow?: () => void;
  readonly children: ReactNode;
}

/** Leads from the id of a key to its page, where the row says which key that is. */
export function KeyLink({ columns, row, column, reachable, onFollow, children }: Props) {
  if (column.name !== 'key_id' && column.name !== 'key_arn') return children;
  const named = row[columns.indexOf(column)];
  const arn = row[columns.findIndex(({ name }) => name === 'key_arn')];
  // A key id by itself may stand for replicas in several Regions.
  if (typeof arn !== 'string' || !isKeyArn(arn)) return children;
  if (named !== arn && !arn.endsWith(`/${named}`)) return children;
  return (
    <a href={keyPath(arn)} tabIndex={reachable ? undefined : -1} onClick={onFollow}>
      {children}
    </a>
  );
}
