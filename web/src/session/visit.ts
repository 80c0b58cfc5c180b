/** What is kept while this tab is open, and so outlasts the way to the sign-in and back. */

const key = (name: string): string => `kms-insights.${name}`;

export type Kept = 'draft' | 'place';

/** Empty where nothing is kept, or storage is blocked. */
export function readVisit(name: Kept): string {
  try {
    return window.sessionStorage.getItem(key(name)) ?? '';
  } catch {
    return '';
  }
}

/** An empty text forgets. */
export function keepForVisit(name: Kept, text: string): void {
  try {
    if (text === '') window.sessionStorage.removeItem(key(name));
    else window.sessionStorage.setItem(key(name), text);
  } catch {
    // Where storage is blocked, the text lasts as long as the page.
  }
}

/**
 * Brings back the view from which the reader went to sign in: the way there and back keeps path and
 * query of the address, not its fragment.
 */
export function returnToPlace(): void {
  const place = readVisit('place');
  keepForVisit('place', '');
  if (place.startsWith('#/') && window.location.hash === '') {
    window.history.replaceState(null, '', place);
  }
}
