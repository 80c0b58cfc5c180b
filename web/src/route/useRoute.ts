import { useEffect, useState } from 'react';
import { type Route, routeOf } from './route.ts';

interface Place {
  readonly route: Route;
  /** Whether the reader came here within the page, and not by opening it. */
  readonly moved: boolean;
}

/** Follows the address. A fragment that is no route leaves the view as it is. */
export function useRoute(): Place {
  const [place, setPlace] = useState<Place>(() => ({
    route: routeOf(window.location.hash) ?? { view: 'chat' },
    moved: false,
  }));
  useEffect(() => {
    const follow = (): void => {
      const route = routeOf(window.location.hash);
      if (route) setPlace({ route, moved: true });
    };
    window.addEventListener('hashchange', follow);
    return () => window.removeEventListener('hashchange', follow);
  }, []);
  return place;
}
