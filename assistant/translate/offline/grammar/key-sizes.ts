import type { Values } from '../lexicon/values.ts';
import type { Comparison, Filter } from '../plan/plan.ts';
import { alt, expand, map, opt, type Parser, rule, seq, token, words } from './chart.ts';
import { bounded, type Compared } from './numbers.ts';

/** How many bits the keys of a spec have; null where its name does not tell, or they are no measure of it. */
function bitsOf(spec: string): number | null {
  if (['SYMMETRIC_DEFAULT', 'SM2', 'ECC_NIST_EDWARDS25519'].includes(spec)) return 256;
  const [, bits] = /^(?:RSA|HMAC|ECC_NIST|ECC_SECG)_P?(\d+)/.exec(spec) ?? [];
  return bits ? Number(bits) : null;
}

const compares: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  'at least': (a, b) => a >= b,
  'more than': (a, b) => a > b,
  'at most': (a, b) => a <= b,
  'less than': (a, b) => a < b,
  exactly: (a, b) => a === b,
};

const bits = words('bits', 'bit');
const keys = words('keys', 'key', 'cmks', 'cmk', 'ones', 'kms keys');
const having = words(
  'of',
  'with',
  'having',
  'that have',
  'which have',
  'that are',
  'which are',
  'are',
  'with size',
  'with key size',
  'with key length',
  'with key sizes',
  'of size',
  'of length',
  'whose size is',
  'whose key size is',
  'whose key length is',
);

/** "RSA keys smaller than 4096 bits", "2048-bit RSA", "ECC under 384 bits": the key specs of that size. */
export function keysOfSize(values: Values): Parser<Filter> {
  const family: Parser<readonly string[]> = alt(
    map(values.named(['key_spec'], false), (v) => v.values),
    map(words('asymmetric'), () => values.specs.filter((s) => /^(?:RSA|ECC|SM2|ML)/.test(s))),
  );
  const ofSize = (specs: readonly string[], bounds: readonly Compared[]): readonly Filter[] => {
    const meant = specs.filter((spec) => {
      const size = bitsOf(spec);
      return size !== null && bounds.every(({ op, value }) => compares[op](size, value));
    });
    return meant.length > 0 ? [{ is: 'value', column: 'key_spec', values: [...meant].sort() }] : [];
  };
  const exact: Parser<readonly Compared[]> = map(
    token((t) => (t.kind === 'number' ? Number(t.text) : undefined)),
    (value) => [{ op: 'exactly', value }],
  );
  const size: Parser<readonly Compared[]> = alt(
    map(seq(alt(bounded, exact), bits), ([bounds]) => bounds),
    // "4096 bits or more"
    expand(
      seq(exact, bits, words('or more', 'or larger', 'or less', 'or fewer', 'or smaller')),
      ([[only], , or]): readonly (readonly Compared[])[] =>
        only ? [[{ ...only, op: /more|larger/.test(or) ? 'at least' : 'at most' }]] : [],
    ),
  );
  return rule(() =>
    alt(
      expand(seq(family, opt(keys), opt(having), size), ([specs, , , bounds]) =>
        ofSize(specs, bounds),
      ),
      // "RSA below 3072": a number that is a size.
      expand(seq(family, opt(keys), opt(having), bounded), ([specs, , , bounds]) =>
        bounds.every(({ value }) => specs.some((s) => bitsOf(s) === value))
          ? ofSize(specs, bounds)
          : [],
      ),
      expand(seq(size, family), ([bounds, specs]) => ofSize(specs, bounds)),
      // Bits of RSA and of others are not alike: of which, only the asker knows.
      expand(size, (bounds) => [
        ...ofSize(
          values.specs.filter((s) => s.startsWith('RSA')),
          bounds,
        ),
        ...ofSize(values.specs, bounds),
      ]),
    ),
  );
}
