import { type Parser, token } from '../grammar/chart.ts';
import type { Names } from './names.ts';

/** The name of an operation in the data, in whatever letters: Decrypt, which is a word as well. */
export function operationName({ values }: Names): Parser<string> {
  const names = new Map(values.operations.map((o) => [o.toLowerCase(), o]));
  return token((t) => (t.kind === 'word' ? names.get(t.text) : undefined));
}

/** Whether an operation uses a key, rather than changing one; as the data contract tells them apart. */
export const isCrypto = (name: string): boolean =>
  /^(Encrypt|Decrypt|ReEncrypt|GenerateDataKey|GenerateRandom|Sign|Verify|GenerateMac|VerifyMac|DeriveSharedSecret)/u.test(
    name,
  );

/** Uses as nouns, and the operation that each of them is. */
export const usesAsNouns: readonly (readonly [word: string, operation: string])[] = [
  ['復号', 'Decrypt'],
  ['復号化', 'Decrypt'],
  ['データの復号', 'Decrypt'],
  ['暗号化', 'Encrypt'],
  ['データの暗号化', 'Encrypt'],
  ['署名', 'Sign'],
];
