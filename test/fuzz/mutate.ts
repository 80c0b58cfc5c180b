import type { Random } from './random.ts';

/** Pieces of SQL as an attacker cuts it: words, texts, numbers, signs, blanks. */
const pieces = (sql: string): string[] =>
  sql.match(
    /'(?:[^']|'')*'|"(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_]*|\d+(?:\.\d+)?|\s+|[<>!|=-]{2}|[\s\S]/g,
  ) ?? [];

const lookAlikes: Readonly<Record<string, string>> = {
  a: 'а',
  e: 'е',
  o: 'о',
  p: 'р',
  c: 'с',
  s: 'ѕ',
  i: 'і',
  k: 'ｋ',
  "'": '’',
  '"': '”',
  '(': '（',
  ';': ';',
  '-': '−',
  ' ': '\u00a0',
  '.': '․',
  '=': '＝',
  ',': '，',
  '*': '∗',
};

const inserts = [
  ';',
  '--',
  '/* x */',
  '/*+ hint */',
  '/*',
  '*/',
  "'",
  '"',
  '`',
  '\\',
  '$',
  '$$',
  '@',
  '#',
  '?',
  ':',
  '::',
  '=>',
  '{',
  '}',
  '[',
  ']',
  '(',
  ')',
  '()',
  ',',
  '.',
  '..',
  '\u0000',
  '\u200b',
  '\u202e',
  '\ufeff',
  '\u2028',
  '\ud800',
  '\r',
  '\n',
  '\t',
  'é',
  '日',
  '👍',
  'U&',
  "E'",
  "X'",
  ' union all select ',
  ' or 1=1 ',
  ' drop table kms_keys ',
  ' from canary_t ',
  ' for version as of 1 ',
  ' tablesample bernoulli (1) ',
  ' into x ',
  ' limit 99999999999 ',
  ' null ',
  ' select ',
  ' with ',
  ' recursive ',
  ' over () ',
  ' filter (where true) ',
  ' lateral ',
  ' -> ',
  ' as ',
  ' "canary_t" ',
  ' distinct ',
];

const numbers = [
  '99999999999999999999999999',
  '-1',
  '0',
  '1e400',
  '1e-400',
  '0x41',
  '1_000',
  '.',
  '1.',
  '9223372036854775808',
  '2147483648',
  '0.00000000000000000000000000000000000000001',
  '00',
  '1.5',
  '100000',
];

type Mutation = (p: string[], r: Random, other: () => string[]) => void;

const at = (p: readonly string[], r: Random): number => r.below(Math.max(1, p.length));

const mutations: readonly Mutation[] = [
  (p, r) => void p.splice(at(p, r), 1 + r.below(3)),
  (p, r) => {
    const [i, j] = [at(p, r), at(p, r)];
    [p[i], p[j]] = [p[j] ?? '', p[i] ?? ''];
  },
  (p, r) => {
    const i = at(p, r);
    p.splice(i, 0, ...p.slice(i, i + 1 + r.below(8)));
  },
  (p, r, other) => {
    const o = other();
    const i = at(o, r);
    p.splice(at(p, r), r.below(6), ...o.slice(i, i + 1 + r.below(12)));
  },
  (p, r, other) => {
    const words = other().filter((x) => /\w/.test(x));
    if (words.length > 0) p[at(p, r)] = r.pick(words);
  },
  (p, r) => void p.splice(at(p, r), 0, r.pick(inserts)),
  (p, r) =>
    void p.splice(
      at(p, r),
      0,
      r.pick(['/* a */', '/**/', '--x\n', '--x\r', '/* -- */', '/* ; */']),
    ),
  (p, r) => {
    const i = at(p, r);
    p[i] = [...(p[i] ?? '')]
      .map((c) => (r.chance(0.3) ? (lookAlikes[c.toLowerCase()] ?? c) : c))
      .join('');
  },
  (p, r) => {
    const i = at(p, r);
    p[i] = [...(p[i] ?? '')]
      .map((c) => (r.chance(0.5) ? c.toUpperCase() : c.toLowerCase()))
      .join('');
  },
  (p, r) => {
    const words = p.flatMap((x, i) => (/^[A-Za-z_]/.test(x) ? [i] : []));
    if (words.length > 0) {
      const i = r.pick(words);
      p[i] = r.chance(0.6) ? `"${p[i]}"` : r.chance(0.5) ? `'${p[i]}'` : `\`${p[i]}\``;
    }
  },
  (p, r) => {
    const found = p.flatMap((x, i) => (/^\d/.test(x) ? [i] : []));
    if (found.length > 0) p[r.pick(found)] = r.pick(numbers);
  },
  (p, r) => {
    const i = at(p, r);
    const n = 1 + r.below(r.chance(0.1) ? 60 : 4);
    p.splice(i, 1, '('.repeat(n), p[i] ?? '', ')'.repeat(r.chance(0.9) ? n : n + 1));
  },
  (p, r) => {
    const n = 1 + r.below(r.chance(0.1) ? 300 : 5);
    p.splice(
      at(p, r),
      0,
      r
        .pick([
          'not ',
          '- ',
          '+ ',
          'case when true then ',
          'select ',
          "'a' || ",
          '1 + ',
          'true and ',
          'x -> ',
          'array[',
          'cast(',
        ])
        .repeat(n),
    );
  },
];

/** A text changed in a few places; `other` gives texts to take pieces from. */
export function mutate(sql: string, r: Random, other: () => string): string {
  const p = pieces(sql);
  for (let n = 1 + r.below(3); n > 0; n--) r.pick(mutations)(p, r, () => pieces(other()));
  return p.join('').slice(0, 25_000);
}

/** The smallest text by leaving pieces out that is still as asked. */
export async function shrink(
  sql: string,
  isStill: (sql: string) => Promise<boolean>,
): Promise<string> {
  let best = pieces(sql);
  for (
    let size = Math.ceil(best.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  )
    for (let i = 0; i < best.length; ) {
      const tried = [...best.slice(0, i), ...best.slice(i + size)];
      if (await isStill(tried.join(''))) best = tried;
      else i += size;
    }
  return best.join('');
}
