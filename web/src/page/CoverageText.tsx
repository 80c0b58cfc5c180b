import type { ReactNode } from 'react';
import type { Coverage } from '../../../assistant/server/api.ts';

interface Props {
  readonly coverage: Coverage;
  readonly children: ReactNode;
}

/** The coverage line, marked when something that should have been read was not. */
export function CoverageText({ coverage, children }: Props) {
  const whole = coverage.failed === 0 && coverage.partial === 0;
  return <span className={whole ? 'coverage' : 'coverage coverage-incomplete'}>{children}</span>;
}
