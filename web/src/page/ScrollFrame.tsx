import type { ReactNode } from 'react';

interface Props {
  readonly className: string;
  readonly label: string;
  readonly children: ReactNode;
}

/** A part of a view that scrolls by itself. */
export function ScrollFrame({ className, label, children }: Props) {
  return (
    <section
      className={className}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      {children}
    </section>
  );
}
