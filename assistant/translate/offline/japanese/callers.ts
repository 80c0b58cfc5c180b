import { alt, expand, many, map, opt, type Parser, rule, seq, token } from '../grammar/chart.ts';
import type { UsageTest } from '../plan/plan.ts';
import { j } from './literals.ts';
import { membersThatDid } from './members.ts';
import type { Names } from './names.ts';
import { or } from './places.ts';

/** Who used or changed a key, as recorded: ユーザーalice, アカウント111111111111, S3, IPアドレス10.0.0.1. */
export function caller(names: Names): Parser<Partial<UsageTest>> {
  const { named } = names;
  const called: Parser<Partial<UsageTest>> = rule(() =>
    alt(
      map(
        seq(
          opt(j('ユーザー', 'ロール', 'プリンシパル', 'IAMユーザー', 'IAMロール')),
          named(['caller'], false),
        ),
        ([, v]) => ({ callers: [...v.values] }),
      ),
      map(seq(named(['caller'], false), j('ユーザー', 'ロール', 'さん')), ([v]) => ({
        callers: [...v.values],
      })),
      map(
        token((t) => (t.kind === 'arn' || t.kind === 'quoted' ? t.text : undefined)),
        (text) => ({ callers: [text] }),
      ),
    ),
  );
  const callers: Parser<Partial<UsageTest>> = map(
    seq(
      called,
      many(
        map(seq(or, called), ([, c]) => c),
        0,
        5,
      ),
    ),
    ([first, more]) => ({ callers: [first, ...more].flatMap((c) => c.callers ?? []) }),
  );
  return rule(() =>
    alt(
      callers,
      // gitlab-ci以外: anyone else.
      map(
        seq(
          callers,
          j(
            ...[
              '以外',
              '以外の人',
              '以外の誰か',
              '以外のユーザー',
              '以外の者',
              '以外のプリンシパル',
            ],
          ),
        ),
        ([who]) => ({
          butNot: { callers: who.callers },
        }),
      ),
      map(seq(addressed, j('以外', '以外のIP', '以外のIPアドレス', '以外のアドレス')), ([ip]) => ({
        butNot: { addresses: [ip] },
      })),
      membersThatDid(names),
      map(
        seq(
          opt(j('アカウント')),
          token((t) => (t.kind === 'account' ? t.text : undefined)),
        ),
        ([, callerAccount]) => ({ callerAccount }),
      ),
      map(seq(opt(j('サービス')), named(['service'], false), opt(j('サービス'))), ([, v]) => ({
        services: [...v.values],
      })),
      map(addressed, (ip) => ({ addresses: [ip] })),
    ),
  );
}

/** An address, whose numbers are tokens joined by dots. */
const address: Parser<string> = expand(
  (chart, at) => {
    if (chart.tokens[at]?.glued) return [];
    let end = at + 1;
    while (chart.tokens[end]?.glued) end += 1;
    const text = chart.tokens
      .slice(at, end)
      .map((t) => `${t.glued ? (t.joint ?? '') : ''}${t.raw}`)
      .join('');
    return [{ value: text, end }];
  },
  (text) => (/^\d{1,3}(\.\d{1,3}){3}$/u.test(text) ? [text] : []),
);

/** IPアドレス 198.51.100.234. */
const addressed: Parser<string> = map(
  seq(
    opt(j('IP', 'IPアドレス', '送信元', '送信元IP', '送信元IPアドレス', 'アドレス', 'IP:')),
    address,
    opt(j('のIP', 'のアドレス', 'のIPアドレス', 'というIP')),
  ),
  ([, ip]) => ip,
);
