import { severities } from '../../../../collector/schema/enums.ts';
import { alt, expand, many, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import { toldAsFacts } from '../grammar/concern-conditions.ts';
import { anyValue } from '../grammar/joining.ts';
import type { Lexicon } from '../lexicon/lexicon.ts';
import type { Filter } from '../plan/plan.ts';
import { j } from './literals.ts';
import { and, or } from './places.ts';

/** エイリアスもタグもない is such a fact too. */
const toldInJapanese: ReadonlySet<string> = new Set([
  ...toldAsFacts,
  'NO_ALIAS_OR_TAGS',
  'IAM_USER_PRINCIPAL',
]);

export interface ConcernWords {
  /** 懸念事項, 検出結果, 問題点. */
  readonly noun: Parser<unknown>;
  readonly code: Parser<string>;
  /** 重大な, 重要度が高の, 重要度「高」以上の. */
  readonly severity: Parser<Filter>;
  /** Something a key has: 懸念事項, 重大な懸念, 「外部アカウント」の懸念, 過度に広い権限. */
  readonly object: Parser<Filter>;
  /** A concern that is a state of a key by itself: 過度に広い権限. */
  readonly bare: Parser<Filter>;
}

export function concernWords(lexicon: Lexicon): ConcernWords {
  const noun = alt(
    expand(lexicon.nouns.parser, (e) => (e === 'concerns' ? [e] : [])),
    j(
      '懸念点',
      'セキュリティ上の懸念',
      'セキュリティの懸念',
      'セキュリティ上の問題',
      'finding',
      'findings',
      'concern',
      'concerns',
    ),
  );
  // 無効なキーの懸念 asks for the concerns of such keys, unless it is quoted.
  const unquoted: Parser<string> = (chart, at) =>
    lexicon.concerns
      .parser(chart, at)
      .filter(
        ({ end }) => `${chart.tokens[end - 2]?.text}${chart.tokens[end - 1]?.text}` !== 'キー',
      );
  const code: Parser<string> = alt(
    unquoted,
    expand(
      token((t) => (t.kind === 'quoted' ? t.text : undefined)),
      (text) => lexicon.concerns.get(text),
    ),
  );
  const names = severities.map((s) => s.value as string);
  const level: Parser<string> = alt(
    expand(lexicon.columnValues.concerns.parser, (v) => (v.column === 'severity' ? [v.value] : [])),
    expand(
      token((t) => (t.kind === 'quoted' ? t.text : undefined)),
      (text) =>
        lexicon.columnValues.concerns
          .get(text)
          .flatMap((v) => (v.column === 'severity' ? [v.value] : [])),
    ),
  );
  const about = j('重要度', '深刻度', '重大度', 'severity', '緊急度', 'リスクレベル');
  const aboutSeverity = seq(about, opt(j('が', 'は', 'の', ':', '=')));
  const levels: Parser<readonly string[]> = rule(() =>
    alt(
      map(level, (s) => [s]),
      map(seq(level, j('以上')), ([s]) => names.slice(0, names.indexOf(s) + 1)),
      map(
        seq(
          level,
          many(
            map(seq(alt(or, and), opt(aboutSeverity), level), ([, , s]) => s),
            1,
            3,
          ),
        ),
        ([first, more]) => names.filter((n) => n === first || more.includes(n)),
      ),
      // INFO以外, LOWとINFO以外: a concern is of one severity only.
      map(
        seq(
          level,
          many(
            map(seq(alt(or, and), level), ([, s]) => s),
            0,
            3,
          ),
          j('以外'),
        ),
        ([first, more]) => names.filter((n) => n !== first && !more.includes(n)),
      ),
    ),
  );
  const severity: Parser<Filter> = rule(() =>
    map(
      alt(
        map(
          seq(
            aboutSeverity,
            levels,
            opt(j('の', 'な', 'である', 'い', 'となっている', 'に分類された', 'レベルの')),
          ),
          ([, l]) => l,
        ),
        map(
          seq(levels, opt(j('の', 'な', '度の', 'レベルの', '重要度の', 'の重要度の', 'リスクの'))),
          ([l]) => l,
        ),
      ),
      (list): Filter => ({ is: 'severity', severities: [...list] }),
    ),
  );
  const one = map(code, (c): Filter => ({ is: 'concern', codes: [c] }));
  const enumerated: Parser<Filter> = rule(() =>
    map(
      seq(
        one,
        many(
          map(seq(or, one), ([, f]) => f),
          0,
          5,
        ),
      ),
      ([first, more]) => more.reduce(anyValue, first),
    ),
  );
  const object: Parser<Filter> = rule(() =>
    alt(
      map(noun, (): Filter => ({ is: 'present', column: 'concern_codes' })),
      map(seq(severity, noun), ([f]) => f),
      map(
        seq(enumerated, opt(j('の', 'という', 'に関する', 'による', 'についての')), noun),
        ([f]) => f,
      ),
      map(seq(noun, opt(j(':', 'の')), enumerated), ([, , f]) => f),
      bare,
      map(
        seq(
          one,
          j(
            'のリスク',
            'リスク',
            'の疑い',
            'の恐れ',
            'のおそれ',
            'の可能性',
            'の危険',
            'の危険性',
            'の問題',
            'の懸念',
          ),
        ),
        ([f]) => f,
      ),
    ),
  );
  const bare: Parser<Filter> = expand(lexicon.concerns.parser, (c): readonly Filter[] =>
    toldInJapanese.has(c) ? [] : [{ is: 'concern', codes: [c] }],
  );
  return { noun, code, severity, object, bare };
}
