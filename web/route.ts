import { useEffect, useState } from 'preact/hooks';

export const pages = ['coverage', 'slate', 'runs', 'quality', 'player', 'defense'] as const;
export type PageName = (typeof pages)[number];

/** Which page, and what of it: both stand in the address, so that a view can be kept as a link. */
export interface Route {
  readonly page: PageName;
  readonly values: URLSearchParams;
}

function currentRoute(): Route {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const page = pages.find((name) => name === path) ?? 'coverage';
  return { page, values: new URLSearchParams(query) };
}

/** The address of a page. Values that are empty are left out. */
export function linkTo(page: PageName, values: Readonly<Record<string, string>> = {}): string {
  const given = Object.entries(values).filter(([, value]) => value !== '');
  const query = new URLSearchParams(given).toString();
  return query === '' ? `#/${page}` : `#/${page}?${query}`;
}

/** Goes to a page by changing the address. */
export function goTo(page: PageName, values: Readonly<Record<string, string>> = {}): void {
  location.hash = linkTo(page, values);
}

/** The route of the address now; the component is drawn again when it changes. */
export function useRoute(): Route {
  const [route, setRoute] = useState(currentRoute);
  useEffect(() => {
    const onChange = () => setRoute(currentRoute());
    addEventListener('hashchange', onChange);
    return () => removeEventListener('hashchange', onChange);
  }, []);
  return route;
}
