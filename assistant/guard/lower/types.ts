import { refuse } from '../refusal.ts';
import type { Token } from '../scan.ts';
import {
  arrayOf,
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  decimal,
  INTEGER,
  JSON_TYPE,
  type SqlType,
  TIMESTAMP,
  VARCHAR,
} from '../sqltype.ts';

const simple: Readonly<Record<string, SqlType>> = {
  boolean: BOOLEAN,
  integer: INTEGER,
  int: INTEGER,
  bigint: BIGINT,
  double: DOUBLE,
  varchar: VARCHAR,
  date: DATE,
  timestamp: TIMESTAMP,
  json: JSON_TYPE,
};

/** Reads the type of a CAST from its tokens. Refuses types that the contract has no use for. */
export function readType(tokens: readonly Token[], at: number): SqlType {
  let i = 0;
  const symbol = (s: string): boolean => {
    if (tokens[i]?.kind !== 'symbol' || tokens[i]?.text !== s) return false;
    i++;
    return true;
  };
  const expect = (s: string) => {
    if (!symbol(s))
      refuse('SYNTAX', `A ${s} is missing in a type.`, tokens[i]?.at ?? at, `Write ${s}.`);
  };
  const number = (): number => {
    const t = tokens[i++];
    if (t?.kind !== 'number' || !/^\d{1,9}$/.test(t.text))
      refuse('SYNTAX', 'A number is missing in a type.', t?.at ?? at, 'Write decimal(10, 2).');
    return Number(t.text);
  };
  const read = (): SqlType => {
    const t = tokens[i++];
    const name = t?.kind === 'word' ? t.text : '';
    if (name === 'decimal' || name === 'numeric') {
      if (!symbol('(')) return decimal(38, 0);
      const precision = number();
      const scale = symbol(',') ? number() : 0;
      expect(')');
      if (precision < 1 || precision > 38 || scale > precision)
        refuse(
          'WRONG_ARGUMENTS',
          `decimal(${precision}, ${scale}) is not a type.`,
          t?.at ?? at,
          'Write a precision of 1 to 38 and a scale not above it.',
        );
      return decimal(precision, scale);
    }
    if (name === 'array') {
      expect('(');
      const element = read();
      expect(')');
      return arrayOf(element);
    }
    const found = Object.hasOwn(simple, name) ? simple[name] : undefined;
    if (!found)
      refuse(
        'UNSUPPORTED',
        `The type ${name || (t?.text ?? '')} is not available.`,
        t?.at ?? at,
        `Use ${Object.keys(simple).join(', ')}, decimal(p, s) or array(…).`,
      );
    if (name === 'timestamp' && symbol('(')) {
      const digits = number();
      expect(')');
      if (digits !== 3)
        refuse(
          'UNSUPPORTED',
          `The type timestamp(${digits}) is not available.`,
          t?.at ?? at,
          'Write timestamp.',
        );
    }
    if (name === 'varchar' && symbol('(')) {
      const length = number();
      expect(')');
      return { kind: 'varchar', length };
    }
    return found;
  };
  const type = read();
  const rest = tokens[i];
  if (rest)
    refuse(
      'UNSUPPORTED',
      `A type with ${rest.text} is not available.`,
      rest.at,
      'Write the name of the type alone.',
    );
  return type;
}
