import { DataText } from './DataText.tsx';

/** Text in which line ends are part of the form, such as a question or a document. */
export function DataLines({ children }: { readonly children: string }) {
  return children.split('\n').map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text never change places
    <span key={index} className="data-line">
      <DataText>{line}</DataText>
    </span>
  ));
}
