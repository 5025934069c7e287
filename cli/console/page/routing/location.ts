import { useEffect, useState } from 'preact/hooks';
import { parseRoute, type Route } from './route';

const listeners = new Set<() => void>();

/** What the address bar says now. */
function currentRoute(): Route {
  return parseRoute(window.location);
}

/** Follows the address bar. */
export function useRoute(): Route {
  const [route, setRoute] = useState(currentRoute);
  useEffect(() => {
    const follow = () => setRoute(currentRoute());
    listeners.add(follow);
    return () => void listeners.delete(follow);
  }, []);
  return route;
}

/** Goes to a screen of the page. `replace`: without a step of the browser's history, for filters and selections. */
export function navigate(to: string, options: { readonly replace?: boolean } = {}): void {
  const isSamePath = new URL(to, window.location.href).pathname === window.location.pathname;
  if (options.replace) {
    history.replaceState(history.state, '', to);
  } else {
    history.replaceState({ ...history.state, ...leaving() }, '');
    history.pushState({}, '', to);
  }
  tell();
  if (!isSamePath) arrive({});
}

/** Makes the links of the page, and the browser's back and forward, change the screen without loading the page. */
export function followLinks(): void {
  history.scrollRestoration = 'manual';
  window.addEventListener('popstate', (event) => {
    tell();
    arrive((event.state ?? {}) as Partial<ScrollPosition>);
  });
  document.addEventListener('click', (event) => {
    const to = ownLink(event);
    if (to === undefined) return;
    event.preventDefault();
    navigate(to);
  });
}

function tell(): void {
  for (const listener of listeners) listener();
}

/** Where somebody was on a screen. */
interface ScrollPosition {
  readonly scroll: number;
  /** Run whose row had the focus. */
  readonly run?: string;
}

function leaving(): ScrollPosition {
  const { activeElement } = document;
  const run = activeElement instanceof HTMLElement ? activeElement.dataset.run : undefined;
  return { scroll: window.scrollY, ...(run !== undefined && { run }) };
}

/** The screen is drawn in a microtask; data that is kept makes it as high as it was. The focus goes where reading begins or went on. */
function arrive({ scroll = 0, run }: Partial<ScrollPosition>): void {
  requestAnimationFrame(() => {
    document.getElementById('main')?.focus({ preventScroll: true });
    window.scrollTo(0, scroll);
    if (run === undefined) return;
    // The list renders the rows of its new position first.
    setTimeout(() => document.querySelector<HTMLElement>(`[data-run="${CSS.escape(run)}"]`)?.focus(), 50);
  });
}

/** The address of a link that leads to a screen and was clicked plainly. */
function ownLink(event: MouseEvent): string | undefined {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  ) {
    return undefined;
  }
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (link === null || link.target !== '' || link.hasAttribute('download')) return undefined;
  if (link.origin !== window.location.origin || link.pathname.startsWith('/api/')) return undefined;
  const isWithinScreen = link.getAttribute('href')?.startsWith('#') === true;
  return isWithinScreen ? undefined : link.pathname + link.search + link.hash;
}
