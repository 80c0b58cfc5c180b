import { type Case, type Language, languages, type Suites } from './suite.ts';

/**
 * The suites with so many wordings at most, taken evenly from all categories; cases without any are left
 * out. Equal suites and numbers give equal samples, so that models can be compared.
 */
export function sampleOf(suites: Suites, most: number, only: Language | undefined): Suites {
  const asked = languages.filter((language) => !only || language === only);
  const total = suites.suites
    .flatMap(({ cases }) => cases)
    .reduce((n, one) => n + asked.reduce((m, language) => m + one[language].length, 0), 0);
  let at = 0;
  // The k-th of the wordings is taken when it is the first of its share of them.
  const isTaken = () => {
    const share = Math.floor((at * most) / total);
    at += 1;
    return Math.floor((at * most) / total) > share;
  };
  const sampled = (one: Case): Case => ({
    ...one,
    ...Object.fromEntries(
      languages.map((language) => [
        language,
        asked.includes(language) ? one[language].filter(isTaken) : [],
      ]),
    ),
  });
  return {
    ...suites,
    suites: suites.suites
      .map((suite) => ({
        ...suite,
        cases: suite.cases.map(sampled).filter((one) => languages.some((l) => one[l].length > 0)),
      }))
      .filter(({ cases }) => cases.length > 0),
  };
}
