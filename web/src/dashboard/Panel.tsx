import { type ReactNode, useId } from 'react';

interface Props {
  readonly title: string;
  readonly note?: string | undefined;
  readonly wide?: true;
  readonly children: ReactNode;
}

/** One chart or table with its name. */
export function Panel({ title, note, wide, children }: Props) {
  const id = useId();
  return (
    <section className={wide ? 'panel panel-wide' : 'panel'} aria-labelledby={id}>
      <h3 id={id} className="panel-title">
        {title}
      </h3>
      {note !== undefined && <p className="fine-print">{note}</p>}
      {children}
    </section>
  );
}
