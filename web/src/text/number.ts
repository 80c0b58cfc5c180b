const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 4 });
const tiny = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const money = new Intl.NumberFormat('en-US', {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
});

/**
 * A number for reading: digits grouped, at most four decimals. A number too small for that is never
 * shown as zero.
 */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && Math.abs(value) < 0.0001) return tiny.format(value);
  return grouped.format(value);
}

/** An amount with cents; a fraction of a cent is not shown as nothing. */
export function formatMoney(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return value !== 0 && Math.abs(value) < 0.005 ? formatNumber(value) : money.format(value);
}

/** Text that is a plain decimal number, as integers beyond 2^53 and decimals arrive. */
export function isDecimal(text: string): boolean {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** A decimal in text with its digits grouped and none lost. */
export function formatDecimal(text: string): string {
  const [whole = '', fraction] = text.split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? groups : `${groups}.${fraction}`;
}

/** Orders two decimals in text exactly, whatever their length. */
export function compareDecimals(a: string, b: string): number {
  const scale = Math.max(fractionLength(a), fractionLength(b));
  const left = scaled(a, scale);
  const right = scaled(b, scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

function fractionLength(text: string): number {
  const dot = text.indexOf('.');
  return dot === -1 ? 0 : text.length - dot - 1;
}

function scaled(text: string, scale: number): bigint {
  return BigInt(text.replace('.', '') + '0'.repeat(scale - fractionLength(text)));
}
