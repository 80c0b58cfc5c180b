import { afterEach, beforeEach, vi } from 'vitest';

/** What was printed since the test began, or since `clear`: a string for each call. */
export interface CapturedConsole {
  readonly out: readonly string[];
  readonly err: readonly string[];
  readonly clear: () => void;
}

/** Keeps what `console.log` and `console.error` are given in each test of the file, and prints none of it. */
export function captureConsole(): CapturedConsole {
  const out: string[] = [];
  const err: string[] = [];
  const clear = () => {
    out.length = 0;
    err.length = 0;
  };
  beforeEach(() => {
    clear();
    vi.spyOn(console, 'log').mockImplementation((line) => void out.push(String(line)));
    vi.spyOn(console, 'error').mockImplementation((line) => void err.push(String(line)));
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  return { out, err, clear };
}
