import type { ComponentType } from 'preact';
import { PageHead } from '../parts/page-head';
import { href, type Route, type Screen } from '../routing/route';
import { RunScreen } from '../run/run-screen';
import { RunsScreen } from '../runs/runs-screen';
import { SendScreen } from '../send/send-screen';
import { StackScreen } from '../stack/stack-screen';
import { UndeliveredScreen } from '../undelivered/undelivered-screen';

const SCREENS: Readonly<Record<Screen, ComponentType<{ readonly route: Route }>>> = {
  stack: StackScreen,
  runs: RunsScreen,
  run: RunScreen,
  send: SendScreen,
  undelivered: UndeliveredScreen,
};

/** The screen of an address. The other place's is another one, so that nothing of the first stays in it. */
export function ScreenOf({ route }: { readonly route: Route }) {
  if (route.screen === undefined) return <NoScreen route={route} />;
  const Found = SCREENS[route.screen];
  return <Found key={`${route.place} ${route.screen} ${route.id ?? ''}`} route={route} />;
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
