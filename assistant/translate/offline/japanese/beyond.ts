/**
 * Turns of phrase that no plan can say, though each of their words has a meaning of its own. Nothing here
 * is a question: each is a pattern of words.
 */
const beyond: readonly RegExp[] = [
  // Two questions at once, and what holds for every key or for none.
  /どの(キー|鍵).*どの(キー|鍵)/u,
  /どの(キー|鍵)も/u,
  /(いくつ|何本|何個|何件).*(いくつ|何本|何個|何件)/u,
  // The mean of what each account costs, which is not the mean price of its keys.
  /(アカウント|リージョン|OU|組織単位|チーム|サービス)(1つ|一つ|1個|ひとつ)?(あたり|当たり)の?、?平均(の)?(月額|年額|コスト|費用|料金|金額)/u,
];

/** Whether a question says something of that kind. */
export const isBeyond = (question: string): boolean =>
  beyond.some((b) => b.test(question.normalize('NFKC').replace(/\s+/gu, '')));
