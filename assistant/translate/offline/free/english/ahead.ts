import { alt, expand, map, opt, type Parser, seq, words } from '../../grammar/chart.ts';
import { plain } from '../../grammar/joining.ts';
import type { TimeGrammar } from '../../grammar/time.ts';
import { LONGEST_WAIT_MS } from '../../needs.ts';
import { resolveMoment } from '../../plan/moment.ts';
import type { Filter } from '../../plan/plan.ts';
import type { Piece } from '../piece.ts';

/** What lies ahead of a key, as a thing that is due and as what happens to it. */
const ahead: readonly {
  readonly column: string;
  readonly things: readonly string[];
  readonly happens: readonly string[];
}[] = [
  {
    column: 'next_rotation_at',
    things: [
      ...['next rotation', 'next rotations', 'next automatic rotation', 'next key rotation'],
      ...['rotation', 'rotations', 'key rotation', 'key rotations', 'next rotation date'],
      ...['rotation date', 'next scheduled rotation', 'upcoming rotation', 'upcoming rotations'],
    ],
    happens: [
      ...['rotate', 'rotate next', 'next rotate', 'be rotated', 'be rotated next', 'rotated next'],
      ...['next be rotated', 'due for rotation', 'due to rotate', 'get rotated', 'rotating next'],
    ],
  },
  {
    column: 'deletion_at',
    things: [
      ...['deletion', 'deletions', 'deletion date', 'scheduled deletion', 'scheduled deletions'],
      ...['key deletion', 'key deletions', 'planned deletion', 'date of deletion'],
    ],
    happens: [
      ...['be deleted', 'get deleted', 'be gone', 'go away', 'disappear', 'be removed'],
      ...['due for deletion', 'finally be deleted', 'be gone for good', 'vanish'],
    ],
  },
  {
    column: 'material_expires_at',
    things: [
      'material expiry',
      'material expiration',
      'key material expiry',
      'key material expiration',
      'expiry',
      'expiration',
      'expiry date',
      'expiration date',
      'material expiry date',
      'material expiration date',
      'key material expiry date',
      'material expirations',
    ],
    happens: ['expire', 'be expired', 'run out', 'lapse', 'expire next', 'next expire'],
  },
];

/** "Is due", "falls", "comes up", between what is due and when. */
const falls = opt(
  words(
    ...['is', 'are', 'falls', 'fall', 'falling', 'comes', 'happens', 'happening', 'takes place'],
    ...['due', 'is due', 'are due', 'that is due', 'that are due', 'becomes due', 'planned'],
    ...['is planned', 'are planned', 'scheduled', 'is scheduled', 'are scheduled', 'lies', 'set'],
    ...['coming up', 'comes up', 'come up', 'coming', 'is coming up', 'are coming up', 'will be'],
    ...['will happen', 'will fall', 'is set', 'at', 'scheduled to happen', 'upcoming'],
  ),
);

/** "Up for rotation", "scheduled to rotate", before when. */
const isDue = words(
  ...['up for', 'due for', 'scheduled for', 'planned for', 'set for', 'in line for'],
  ...['scheduled to', 'due to', 'set to', 'planned to', 'going to', 'to', 'about to', 'will'],
);

/**
 * What lies ahead of keys: "next rotation is due before Christmas", "when do they rotate next". A past
 * time is not meant by it: what has happened is told by what was done.
 */
export function whatLiesAhead(time: TimeGrammar, asOf: Date): Parser<Piece> {
  return alt(
    ...ahead.flatMap(({ column, things, happens }) => {
      const due = alt(
        unlessDone(seq(words(...things), falls)),
        seq(isDue, words(...happens, ...things)),
      );
      return [
        expand(seq(due, time.ahead), ([, { from, to }]): readonly Piece[] => {
          const [begin, end] = [from, to].map((m) => m && resolveMoment(m, asOf));
          const past = end ? end <= asOf : begin !== null && begin !== undefined && begin < asOf;
          // What was scheduled on a day that has been does not wait for that day of the next year.
          const latest = asOf.getTime() + LONGEST_WAIT_MS;
          const tooFar = column === 'deletion_at' && (begin?.getTime() ?? 0) > latest;
          return past || tooFar ? [] : [said({ is: 'time', column, from, to })];
        }),
        whenAsked(map(words(...happens), () => said({ is: 'present', column }))),
      ];
    }),
  );
}

const said = (filter: Filter): Piece => ({ is: 'condition', condition: plain(filter) });

/** "Disabled rotation this year" is what someone did to it; nothing is due. */
function unlessDone<T>(parser: Parser<T>): Parser<T> {
  return (chart, at) => {
    const before = chart.tokens[at - 1];
    const done = /^(?:(?:dis|en)abl|turn|switch|schedul|cancel|stop|chang)/;
    return done.test(before?.base ?? '') || /^o(?:n|ff)$/.test(before?.text ?? '')
      ? []
      : parser(chart, at);
  };
}

/** What happens is asked for with its time, behind "when"; "when did it rotate" asks for what has happened. */
function whenAsked(parser: Parser<Piece>): Parser<Piece> {
  return (chart, at) => {
    const before = chart.tokens.slice(0, at).map((t) => t.text);
    const asked = before.includes('when') || before.join(' ').includes('how soon');
    const happened = before.some((word) => /^(?:did|was|were|has|have|had|last)$/.test(word));
    return asked && !happened ? parser(chart, at) : [];
  };
}
