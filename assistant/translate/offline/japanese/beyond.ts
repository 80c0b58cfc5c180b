/**
 * Turns of phrase that no plan can say, though each of their words has a meaning of its own. Nothing here
 * is a question: each is a pattern of words.
 */
const beyond: readonly RegExp[] = [
  // Two questions at once, and what holds for every key or for none.
  /どの(キー|鍵).*どの(キー|鍵)/u,
  /どの(キー|鍵)も/u,
  /(いくつ|何本|何個|何件).*(いくつ|何本|何個|何件)/u,
];

/** Whether a question says something of that kind. */
export const isBeyond = (question: string): boolean =>
  beyond.some((b) => b.test(question.normalize('NFKC').replace(/\s+/gu, '')));
