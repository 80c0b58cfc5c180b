import { useEffect, useState } from 'react';
import { fetchMe, type Me } from '../api/me.ts';

/** Who is asking; null until that is known. */
export function useMe(): Me | null {
  const [me, setMe] = useState<Me | null>(null);
  useEffect(() => {
    let shown = true;
    fetchMe().then((read) => {
      if (shown) setMe(read);
    });
    return () => {
      shown = false;
    };
  }, []);
  return me;
}
