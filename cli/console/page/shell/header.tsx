import type { ConsoleState } from '../../../model/console';
import type { RunLocation } from '../../../model/run';
import { Button } from '../parts/button';
import { href, hrefElsewhere, type href as hrefOf, type Route, type Screen } from '../routing/route';
import { accountText } from './console-state';

const TABS: readonly {
  readonly path: Parameters<typeof hrefOf>[1];
  readonly label: string;
  readonly screens: readonly Screen[];
}[] = [
  { path: '/', label: 'Stack', screens: ['stack'] },
  { path: '/runs', label: 'Runs', screens: ['runs', 'run'] },
  { path: '/send', label: 'Send event', screens: ['send'] },
  { path: '/undelivered', label: 'Undelivered', screens: ['undelivered'] },
];

interface Shell {
  readonly route: Route;
  readonly state: ConsoleState | undefined;
}

/** Stack name, tabs, and the switch between this machine and AWS. */
export function Header({ route, state, onHelp }: Shell & { readonly onHelp: () => void }) {
  return (
    <header class="top">
      <a class="brand" href={href(route.place, '/')}>
        {state?.stackName && <span class="cut">{state.stackName}</span>}
        <small class={state?.stackName && 'hide-s'}>batch-jobs console</small>
      </a>
      <nav class="tabs" aria-label="Screens">
        <Tabs route={route} state={state} />
      </nav>
      <span class="grow" />
      <PlaceSwitch route={route} state={state} />
      <Button small class="hide-s" aria-label="Keys and colors" title="Keys and colors (?)" onClick={onHelp}>
        ?
      </Button>
    </header>
  );
}

/** The tabs again, at the bottom of a phone. */
export function BottomBar(props: Shell) {
  return (
    <nav class="bnav" aria-label="Screens">
      <Tabs {...props} />
    </nav>
  );
}

function Tabs({ route, state }: Shell) {
  const count = state?.aws.kind === 'on' ? (state.aws.undelivered ?? 0) : 0;
  return (
    <>
      {TABS.map(({ path, label, screens }) => (
        <a
          key={path}
          href={href(route.place, path)}
          aria-current={route.screen !== undefined && screens.includes(route.screen) ? 'page' : undefined}
        >
          {label}
          {path === '/undelivered' && count > 0 && (
            <span class="count">
              {count}
              <span class="said"> {count === 1 ? 'event' : 'events'}</span>
            </span>
          )}
        </a>
      ))}
    </>
  );
}

function PlaceSwitch({ route, state }: Shell) {
  const region = state?.aws.kind === 'off' ? undefined : state?.aws.region;
  const link = (place: RunLocation, label: string, detail?: string) => (
    <a href={hrefElsewhere(route, place)} aria-current={route.place === place ? 'true' : undefined}>
      {label}
      {detail && <span class="hide-s"> {detail}</span>}
    </a>
  );
  return (
    <nav class="seg2" aria-label="Where runs come from">
      {link('local', 'Local')}
      {link('aws', 'AWS', region)}
    </nav>
  );
}

/** Account and region, where what is done costs money. */
export function AwsBar({ state }: { readonly state: ConsoleState | undefined }) {
  if (state?.aws.kind !== 'on') return null;
  return (
    <aside class="aws-bar" aria-label="AWS account and region">
      <b>AWS account {accountText(state.aws.account)}</b>
      <b>{state.aws.region}</b>
      {state.isReadOnly && <span>Read-only</span>}
    </aside>
  );
}
