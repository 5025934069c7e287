import type { ComponentType } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { PageHead } from '../parts/page-head';
import { Problem, Skeleton } from '../parts/states';
import { href, type Route, type Screen } from '../routing/route';

type Component = ComponentType<{ readonly route: Route }>;

/** Each screen is a separate file, so that the first one is there soon. */
const FILES: Readonly<Record<Screen, () => Promise<Component>>> = {
  stack: async () => (await import('../stack/stack-screen')).StackScreen,
  runs: async () => (await import('../runs/runs-screen')).RunsScreen,
  run: async () => (await import('../run/run-screen')).RunScreen,
  send: async () => (await import('../send/send-screen')).SendScreen,
  undelivered: async () => (await import('../undelivered/undelivered-screen')).UndeliveredScreen,
};

/** Milliseconds before the other screens are loaded too: the console can stop, and what was loaded can still be read. */
const IDLE = 1500;

const loaded = new Map<Screen, Component>();

/** The screen of an address. Until it is loaded, the last one stays. */
export function ScreenOf({ route }: { readonly route: Route }) {
  const { screen } = route;
  const last = useRef<Route>(undefined);
  const [problem, setProblem] = useState<string>();
  const [, setRound] = useState(0);
  const load = (wanted: Screen) =>
    FILES[wanted]().then((component) => {
      loaded.set(wanted, component);
      setProblem(undefined);
      setRound((round) => round + 1);
    });
  const loadWanted = () => {
    if (screen === undefined || loaded.has(screen)) return;
    load(screen).catch((error: Error) => setProblem(error.message));
  };
  useEffect(loadWanted, [screen]);
  useEffect(() => {
    const others = Object.keys(FILES).filter((name) => !loaded.has(name as Screen)) as Screen[];
    const timer = setTimeout(() => Promise.all(others.map(load)).catch(() => undefined), IDLE);
    return () => clearTimeout(timer);
  }, []);
  if (screen === undefined) return <NoScreen route={route} />;
  if (loaded.has(screen)) last.current = route;
  if (problem !== undefined) return <Problem message={problem} onRetry={loadWanted} />;
  return last.current === undefined ? <Skeleton /> : <Loaded route={last.current} />;
}

/** The other place's screen is another one, so that nothing of the first stays in it. */
function Loaded({ route }: { readonly route: Route }) {
  const Found = route.screen && loaded.get(route.screen);
  return Found === undefined ? null : <Found key={`${route.place} ${route.screen} ${route.id ?? ''}`} route={route} />;
}

function NoScreen({ route }: { readonly route: Route }) {
  return (
    <>
      <PageHead title="There is no such page" />
      <p>
        Go to <a href={href(route.place, '/')}>Stack</a> or <a href={href(route.place, '/runs')}>Runs</a>.
      </p>
    </>
  );
}
