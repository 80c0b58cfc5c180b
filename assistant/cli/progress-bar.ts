/** A moment of a long task: how much is done, and a few words. */
export interface Moment {
  readonly done: number;
  readonly total: number;
  readonly text: string;
}

const WIDTH = 28;
const REDRAW_MS = 80;

/**
 * Draws progress on a stream: a bar that redraws itself on a terminal, a line at every tenth
 * elsewhere (a log file, CI).
 */
export function progressBar(stream: NodeJS.WriteStream): {
  readonly update: (moment: Moment) => void;
  readonly end: () => void;
} {
  const began = Date.now();
  let drawnAt = 0;
  let lastTenth = -1;
  let drawn = false;

  const bar = ({ done, total, text }: Moment) => {
    const share = total === 0 ? 0 : Math.min(done / total, 1);
    const filled = Math.round(share * WIDTH);
    const seconds = (Date.now() - began) / 1000;
    const left =
      share > 0.02 && share < 1
        ? `, about ${Math.ceil((seconds / share) * (1 - share))} s left`
        : '';
    return `${'█'.repeat(filled)}${'░'.repeat(WIDTH - filled)} ${String(Math.floor(share * 100)).padStart(3)} %  ${text}${left}`;
  };

  return {
    update: (moment) => {
      const finished = moment.total > 0 && moment.done >= moment.total;
      if (stream.isTTY) {
        if (Date.now() - drawnAt < REDRAW_MS && !finished) return;
        drawnAt = Date.now();
        drawn = true;
        stream.write(`\r\x1b[2K${bar(moment).slice(0, (stream.columns ?? 80) - 1)}`);
        return;
      }
      const tenth = moment.total === 0 ? 0 : Math.floor((moment.done / moment.total) * 10);
      if (tenth > lastTenth) {
        lastTenth = tenth;
        stream.write(`${bar(moment)}\n`);
      }
    },
    end: () => {
      if (drawn) stream.write('\n');
    },
  };
}
