import { useState } from 'preact/hooks';
import type { ConsoleState } from '../../../model/console';
import { useAnswer } from '../api/answer';
import { useChangeStream } from '../api/changes';
import { useConnection } from '../api/connection';
import { AwsQuestions } from '../aws/ask-in-aws';
import { useKeys } from '../keys/keyboard';
import { Problem, Skeleton } from '../parts/states';
import { navigate, useRoute } from '../routing/location';
import { href, type Route } from '../routing/route';
import { Announcement } from './announcement';
import { AwsGate } from './aws-gate';
import { ConsoleContext } from './console-state';
import { AwsBar, BottomBar, Header } from './header';
import { HelpDialog } from './help-dialog';
import { ScreenOf } from './screens';

/** The page: what is around a screen, and the screen that the address names. */
export function App() {
  const route = useRoute();
  const { data: state, problem, reload } = useAnswer<ConsoleState>('/api/console', ['console', 'stack', 'undelivered']);
  const [isHelpOpen, setHelpOpen] = useState(false);
  useChangeStream({ place: route.place, run: route.id });
  useKeys([...goTo(route), { keys: '?', label: 'Show this list', run: () => setHelpOpen(true) }]);
  return (
    <ConsoleContext.Provider value={state}>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <Header route={route} state={state} onHelp={() => setHelpOpen(true)} />
      {route.place === 'aws' && <AwsBar state={state} />}
      <ConnectionBanner command={state?.commands.console ?? 'npx batch-jobs console'} />
      <main id="main" class="page" tabIndex={-1}>
        {problem !== undefined && state === undefined && <Problem message={problem} onRetry={reload} />}
        {state === undefined ? problem === undefined && <Skeleton /> : <PlacedScreen route={route} />}
      </main>
      <BottomBar route={route} state={state} />
      <AwsQuestions />
      <Announcement />
      {isHelpOpen && <HelpDialog onClose={() => setHelpOpen(false)} />}
    </ConsoleContext.Provider>
  );
}

function PlacedScreen({ route }: { readonly route: Route }) {
  const screen = <ScreenOf route={route} />;
  return route.place === 'aws' ? <AwsGate>{screen}</AwsGate> : screen;
}

function ConnectionBanner({ command }: { readonly command: string }) {
  const connection = useConnection();
  if (connection === 'open') return null;
  return (
    <div class="banner" role="alert">
      {connection === 'refused' ? (
        'The console was started again. Open the address that it printed.'
      ) : (
        <>
          Console stopped. Start it again with <code>{command}</code>.
        </>
      )}
    </div>
  );
}

function goTo({ place }: Route) {
  const to = (path: '/' | '/runs' | '/send' | '/undelivered') => () => navigate(href(place, path));
  return [
    { keys: 'g s', label: 'Go to Stack', run: to('/') },
    { keys: 'g r', label: 'Go to Runs', run: to('/runs') },
    { keys: 'g e', label: 'Go to Send event', run: to('/send') },
    { keys: 'g u', label: 'Go to Undelivered', run: to('/undelivered') },
  ];
}
