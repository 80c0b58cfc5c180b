/**
 * A question without what is said around it. `chatter`: what is left out, at its beginning or end, as often as
 * it stands there; `leaves`: what must be left for something to be left out.
 */
export function stripped(question: string, chatter: readonly RegExp[], leaves: RegExp): string {
  let left = question;
  for (let before = ''; before !== left; ) {
    before = left;
    for (const words of chatter) {
      const rest = left.replace(words, '').trim();
      if (leaves.test(rest)) left = rest;
    }
  }
  return left;
}
