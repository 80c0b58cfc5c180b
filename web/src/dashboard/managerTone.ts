/** The class that gives the colour of a type of key. */
export function managerTone(manager: string | null): string {
  return manager === 'CUSTOMER' ? 'slice-1' : manager === 'AWS' ? 'slice-2' : 'slice-other';
}
