import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type RowWindow, rowWindow } from './window.ts';

interface View extends RowWindow {
  readonly rowHeight: number;
  /** How far Page Up and Page Down go. */
  readonly pageRows: number;
  /** Scrolls the row at a place into view and gives its button the focus. */
  readonly reveal: (place: number) => void;
}

/** Until a row has been measured. */
const assumedRowHeight = 36;

/** Follows the scrolling of a frame, and says which rows to build. */
export function useRowWindow(
  frame: RefObject<HTMLElement | null>,
  positions: readonly number[],
): View {
  const [scrolled, setScrolled] = useState(0);
  const [viewHeight, setViewHeight] = useState(480);
  const [rowHeight, setRowHeight] = useState(assumedRowHeight);
  const wanted = useRef<number | null>(null);

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let scheduled = 0;
    const follow = (): void => {
      cancelAnimationFrame(scheduled);
      scheduled = requestAnimationFrame(() => setScrolled(element.scrollTop));
    };
    const measure = (): void => {
      setViewHeight(element.clientHeight);
      const row = element.querySelector('tbody tr:not(.spacer)');
      const height = row?.getBoundingClientRect().height ?? 0;
      if (height > 0) setRowHeight(height);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', follow, { passive: true });
    return () => {
      cancelAnimationFrame(scheduled);
      observer.disconnect();
      element.removeEventListener('scroll', follow);
    };
  }, [frame]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another order or filter starts at the top
  useEffect(() => {
    if (frame.current) frame.current.scrollTop = 0;
    setScrolled(0);
  }, [frame, positions]);

  const window = rowWindow(scrolled, viewHeight, rowHeight, positions.length);

  useLayoutEffect(() => {
    if (wanted.current === null) return;
    const button = frame.current?.querySelector<HTMLElement>(`[data-place="${wanted.current}"]`);
    if (!button) return;
    wanted.current = null;
    button.focus({ preventScroll: true });
  });

  const reveal = useCallback(
    (place: number): void => {
      const element = frame.current;
      if (!element) return;
      wanted.current = place;
      const head = element.querySelector('thead')?.getBoundingClientRect().height ?? 0;
      const top = place * rowHeight;
      const bottom = top + rowHeight;
      const room = element.clientHeight - head;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + room) element.scrollTop = bottom - room;
      setScrolled(element.scrollTop);
    },
    [frame, rowHeight],
  );

  const pageRows = Math.max(1, Math.floor(viewHeight / rowHeight) - 2);
  return { ...window, rowHeight, pageRows, reveal };
}
