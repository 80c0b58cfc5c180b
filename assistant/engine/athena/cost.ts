/** A megabyte and a terabyte as Athena bills them. */
const MB = 2 ** 20;
const MB_PER_TB = 2 ** 20;
const LEAST_MB = 10;

/**
 * US dollars for a query that ran: bytes scanned, rounded up to whole megabytes, ten at least
 * ("Amazon Athena pricing"). A result that was reused scans nothing and is not billed. S3 requests
 * and storage are not counted.
 */
export function scanCost(scannedBytes: number, reused: boolean, pricePerTbUsd: number): number {
  if (reused) return 0;
  return (Math.max(LEAST_MB, Math.ceil(scannedBytes / MB)) / MB_PER_TB) * pricePerTbUsd;
}
