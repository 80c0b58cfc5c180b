import type { Token } from '../tokens/token.ts';

/**
 * A small chart parser: parsers are functions from a position to every way of reading on from there.
 * Rules remember what they found at each position (the chart), so that ambiguity costs no repeated
 * work, and all readings of a question survive to be compared.
 */

export interface Found<T> {
  readonly value: T;
  readonly end: number;
}

export type Parser<T> = (chart: Chart, at: number) => readonly Found<T>[];

export interface Chart {
  readonly tokens: readonly Token[];
  /** Words that may stand before any other without changing what is meant. */
  readonly fillers: ReadonlySet<string>;
  readonly memo: Map<unknown, Map<number, readonly Found<unknown>[]>>;
  /** How much work is left before the question counts as too tangled. */
  budget: number;
  /** The furthest token that some reading consumed. */
  reached: number;
}

/** The question has too many readings to go through. */
export class TooTangled extends Error {}

const BUDGET = 400_000;

/** The fillers of English. */
const englishFillers: ReadonlySet<string> = new Set(['the', 'a', 'an', 'please', 'our', 'kindly']);

/** Words that say no more than that it is so, in free word order: "can still decrypt". */
export const freeFillers: ReadonlySet<string> = new Set([
  ...englishFillers,
  ...[
    'still',
    'any',
    'really',
    'actually',
    'currently',
    'presently',
    'already',
    'even',
    'ever',
    'also',
    'their',
    'some',
  ],
]);

/** The same after an answer, where "also" and "even" add to it. */
export const followUpFillers: ReadonlySet<string> = new Set(
  [...freeFillers].filter((word) => word !== 'also' && word !== 'even'),
);

export function newChart(
  tokens: readonly Token[],
  fillers: ReadonlySet<string> = englishFillers,
): Chart {
  return { tokens, fillers, memo: new Map(), budget: BUDGET, reached: 0 };
}

/**
 * Charts that keep what was found in the same tokens, however often these are read; each reading has its
 * whole budget.
 */
export function chartsOf(fillers: ReadonlySet<string>): (tokens: readonly Token[]) => Chart {
  const charts = new WeakMap<readonly Token[], Chart>();
  return (tokens) => {
    const chart = charts.get(tokens) ?? newChart(tokens, fillers);
    charts.set(tokens, chart);
    chart.budget = BUDGET;
    return chart;
  };
}

const isFiller = (chart: Chart, token: Token | undefined) =>
  token?.kind === 'word' && !token.glued && chart.fillers.has(token.text);

/** The position itself, and those behind the fillers that stand there. */
export function startsAt(chart: Chart, at: number): readonly number[] {
  const starts = [at];
  while (isFiller(chart, chart.tokens[starts.at(-1) ?? at])) starts.push((starts.at(-1) ?? at) + 1);
  return starts;
}

/** All values that read the whole input. */
export function readAll<T>(parser: Parser<T>, chart: Chart): readonly T[] {
  return parser(chart, 0)
    .filter(({ end }) => startsAt(chart, end).includes(chart.tokens.length))
    .map(({ value }) => value);
}

/** Counts the work of a reading that got as far as `end`. */
export function reach(chart: Chart, end: number): void {
  chart.budget -= 1;
  if (chart.budget < 0) throw new TooTangled();
  if (end > chart.reached) chart.reached = end;
}

/** One token that satisfies a test; fillers before it are skipped. */
export function token<T>(test: (token: Token) => T | undefined): Parser<T> {
  return (chart, at) => {
    const found: Found<T>[] = [];
    for (const start of startsAt(chart, at)) {
      const candidate = chart.tokens[start];
      const value = candidate ? test(candidate) : undefined;
      if (value !== undefined) {
        reach(chart, start + 1);
        found.push({ value, end: start + 1 });
      }
    }
    return found;
  };
}

/** Every word that some rule spells out; tells a misplaced word from an unknown one. */
export const spelledWords = new Set<string>();

/** One of these words or phrases, to the letter. The value is the phrase. */
export function words<const P extends string>(...phrases: readonly P[]): Parser<P> {
  const split = phrases.map((phrase) => ({ phrase, parts: phrase.split(/[ -]/) }));
  for (const { parts } of split) for (const part of parts) spelledWords.add(part);
  return (chart, at) => {
    const found: Found<P>[] = [];
    for (const { phrase, parts } of split) {
      let ends: readonly number[] = [at];
      for (const part of parts) {
        ends = ends.flatMap((end) =>
          startsAt(chart, end)
            .filter((s) => {
              const t = chart.tokens[s];
              return t !== undefined && t.text === part && t.kind !== 'quoted';
            })
            .map((s) => s + 1),
        );
      }
      for (const end of new Set(ends)) {
        reach(chart, end);
        found.push({ value: phrase, end });
      }
    }
    return found;
  };
}

export function map<A, B>(parser: Parser<A>, change: (value: A) => B): Parser<B> {
  return (chart, at) => parser(chart, at).map(({ value, end }) => ({ value: change(value), end }));
}

/** As {@link map}; readings for which `change` gives nothing are dropped, several are all kept. */
export function expand<A, B>(parser: Parser<A>, change: (value: A) => readonly B[]): Parser<B> {
  return (chart, at) =>
    parser(chart, at).flatMap(({ value, end }) =>
      change(value).map((changed) => ({ value: changed, end })),
    );
}

type Values<P extends readonly unknown[]> = {
  [K in keyof P]: P[K] extends Parser<infer T> ? T : never;
};

/** These, one after the other. */
export function seq<const P extends readonly Parser<unknown>[]>(...parsers: P): Parser<Values<P>> {
  return (chart, at) => {
    let partial: readonly Found<readonly unknown[]>[] = [{ value: [], end: at }];
    for (const parser of parsers) {
      partial = partial.flatMap((left) =>
        parser(chart, left.end).map((right) => ({
          value: [...left.value, right.value],
          end: right.end,
        })),
      );
      if (partial.length === 0) return [];
    }
    return partial as readonly Found<Values<P>>[];
  };
}

/** Any of these. */
export function alt<const P extends readonly Parser<unknown>[]>(
  ...parsers: P
): Parser<Values<P>[number]> {
  return (chart, at) =>
    parsers.flatMap((parser) => parser(chart, at)) as readonly Found<Values<P>[number]>[];
}

/** This or nothing. */
export function opt<T>(parser: Parser<T>): Parser<T | null> {
  return (chart, at) => [...parser(chart, at), { value: null, end: at }];
}

/** This, any number of times up to `most`. */
export function many<T>(parser: Parser<T>, least = 0, most = 20): Parser<readonly T[]> {
  return (chart, at) => {
    const found: Found<readonly T[]>[] = least === 0 ? [{ value: [], end: at }] : [];
    let partial: readonly Found<readonly T[]>[] = [{ value: [], end: at }];
    for (let n = 1; n <= most && partial.length > 0; n += 1) {
      partial = partial.flatMap((left) =>
        parser(chart, left.end)
          .filter((right) => right.end > left.end)
          .map((right) => ({ value: [...left.value, right.value], end: right.end })),
      );
      if (n >= least) found.push(...partial);
      reach(chart, at);
    }
    return found;
  };
}

/** A named rule: may refer to itself, remembers what it found, keeps each distinct reading once. */
export function rule<T>(make: () => Parser<T>): Parser<T> {
  let parser: Parser<T> | undefined;
  const self: Parser<T> = (chart, at) => {
    const known = chart.memo.get(self) ?? new Map<number, readonly Found<unknown>[]>();
    chart.memo.set(self, known);
    const before = known.get(at) as readonly Found<T>[] | undefined;
    if (before) return before;
    known.set(at, []);
    parser ??= make();
    const distinct = new Map<string, Found<T>>();
    for (const found of parser(chart, at)) {
      reach(chart, found.end);
      distinct.set(`${found.end} ${JSON.stringify(found.value)}`, found);
    }
    const result = [...distinct.values()];
    known.set(at, result);
    return result;
  };
  return self;
}

/** Nothing, where this does not follow. */
export function unless(parser: Parser<unknown>): Parser<null> {
  return (chart, at) => (parser(chart, at).length > 0 ? [] : [{ value: null, end: at }]);
}
