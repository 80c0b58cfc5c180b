import type { EmbedUrlBody } from '../../../assistant/server/api.ts';
import { hasNumber, hasText } from './shape.ts';
import { type Read, readBody } from './views.ts';

/** A URL of the QuickSight dashboard, to be embedded once. */
export function fetchEmbedUrl(signal: AbortSignal): Promise<Read<EmbedUrlBody>> {
  return readBody(
    '/api/embed-url',
    (body) => hasText(body, 'url') && hasNumber(body, 'sessionMinutes'),
    signal,
  );
}
