import type { Chart, Parser } from '../../grammar/chart.ts';

/** What stands around some words of a question, as text without spaces. */
export interface Around {
  readonly before: string;
  readonly said: string;
  readonly after: string;
  /** The whole question. */
  readonly all: string;
}

const texts = new WeakMap<Chart, readonly string[]>();

function textsOf(chart: Chart): readonly string[] {
  const known = texts.get(chart);
  if (known) return known;
  const made = chart.tokens.map((t) => `${t.glued ? (t.joint ?? '') : ''}${t.raw}`);
  texts.set(chart, made);
  return made;
}

export function around(chart: Chart, at: number, end: number): Around {
  const all = textsOf(chart);
  return {
    before: all.slice(0, at).join(''),
    said: all.slice(at, end).join(''),
    after: all.slice(end).join(''),
    all: all.join(''),
  };
}

/** Only those readings that stand where they can be meant. */
export function standing<T>(parser: Parser<T>, fits: (around: Around) => boolean): Parser<T> {
  return (chart, at) => parser(chart, at).filter(({ end }) => fits(around(chart, at, end)));
}

/** As {@link standing}; what is meant depends on what stands around. */
export function depending<A, B>(
  parser: Parser<A>,
  meant: (value: A, around: Around) => readonly B[],
): Parser<B> {
  return (chart, at) =>
    parser(chart, at).flatMap(({ value, end }) =>
      meant(value, around(chart, at, end)).map((v) => ({ value: v, end })),
    );
}

/** Words that deny or exclude, wherever they stand; of those that only seem to, some are polite. */
const denying =
  /(?<!少|くれ|もらえ|貰え|いただけ|頂け|かもしれ|かも知れ|構わ)(ない|なく|なかっ|なけれ|無い|無く|なし|無し)|(?<!くれ|もらえ|いただけ|頂け)ません|ず(?=[、にとん]|$)|以外|除[いくきかけ外]|抜き|含めず|含まず|[未非不](?=\p{Script=Han})(?!明)|ゼロ/gu;

/**
 * Only those readings in whose words nothing is denied: a "not" belongs to a condition, or else it is
 * not understood.
 */
export function affirming<T>(parser: Parser<T>): Parser<T> {
  return (chart, at) =>
    parser(chart, at).filter(({ end }) => {
      const { before, said, all } = around(chart, at, end);
      const [from, to] = [before.length, before.length + said.length];
      return [...all.matchAll(denying)].every(
        (m) => m.index + m[0].length <= from || m.index >= to,
      );
    });
}

/** Behind a te-form, this asks for the thing to be done. */
const request =
  /^(、?(ください|下さい|くださ|ほし|欲し|もら|いただ|頂|くれ|お(い|け|き)|ちょうだい|頂戴|ね|よ|お願い)|[。、!?]*$)/u;

/** Whether words in the te-form are no statement but ask for a change: 無効にして, 変更してください. */
export const asksForIt = ({ said, after }: Around): boolean =>
  /[てで]$/u.test(said) && request.test(after);
