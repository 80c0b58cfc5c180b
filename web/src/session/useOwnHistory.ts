import { useEffect } from 'react';
import type { Me } from '../api/me.ts';
import { browserStore } from '../settings/browserStore.ts';
import { readSetting, writeSetting } from '../settings/setting.ts';

/** Forgets the earlier questions of another user of this browser. */
export function useOwnHistory(me: Me | null, forget: () => void): void {
  const user = me?.signIn ? me.user : null;
  useEffect(() => {
    if (user === null) return;
    const before = readSetting(browserStore, 'user');
    if (before !== null && before !== user) forget();
    writeSetting(browserStore, 'user', user);
  }, [user, forget]);
}
