import type { ResultColumn } from '../../../assistant/server/api.ts';

const tones: Readonly<Record<string, 'critical' | 'high' | 'medium' | 'low' | 'info'>> = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
  INFO: 'info',
};

/** The tone of a severity; null for any other column or value. */
export function severityTone(
  column: ResultColumn,
  text: string,
): 'critical' | 'high' | 'medium' | 'low' | 'info' | null {
  if (!/(^|_)severity$/.test(column.name)) return null;
  return Object.hasOwn(tones, text) ? (tones[text] ?? null) : null;
}
