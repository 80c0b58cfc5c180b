/** Whether the server asked to sign in, told by whatever request met that first. */

let signInPath: string | null = null;
const listeners = new Set<() => void>();

/** The path at which to sign in; null while nothing is known to be amiss. */
export const signedOutPath = (): string | null => signInPath;

export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A path of another site is not followed. */
export function tellSignedOut(path: unknown): void {
  const own = typeof path === 'string' && /^\/(?![/\\])[\w/.-]*$/.test(path);
  signInPath = own ? path : '/auth/sign-in';
  for (const listener of listeners) listener();
}

/** Where to sign in, to come back to an address of this site. */
export function signInAddress(path: string, back: string): string {
  return `${path}?return=${encodeURIComponent(back)}`;
}
