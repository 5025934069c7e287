import { useEffect, useRef, useState } from 'preact/hooks';
import type { RunLocation } from '../../../model/run';
import type { PictureItem } from '../../../model/stack';
import { useKeys } from '../keys/keyboard';
import { Button, LinkButton } from '../parts/button';
import { Facts } from '../parts/facts';
import { href } from '../routing/route';
import { useConsole } from '../shell/console-state';
import { boxId } from './box';
import { Detail } from './detail';
import { Resources } from './resources';
import './details.css';

type Tab = 'settings' | 'permissions' | 'costs' | 'resources';

const LABELS: Readonly<Record<Tab, string>> = {
  settings: 'Settings',
  permissions: 'Permissions',
  costs: 'Costs',
  resources: 'Resources',
};

/** The tab that was shown last, for the next box. */
let lastTab: Tab = 'settings';

/** What a box stands for: settings, permissions, costs and the JSON of its resources. */
export function Details(props: {
  readonly item: PictureItem;
  readonly place: RunLocation;
  readonly onClose: () => void;
}) {
  const { item, place } = props;
  const state = useConsole();
  const canSend = state?.isReadOnly === false;
  const isConnected = state?.aws.kind === 'on';
  const heading = useRef<HTMLHeadingElement>(null);
  const tabs = tabsOf(item);
  const [tab, setTab] = useState<Tab>(tabs.includes(lastTab) ? lastTab : (tabs[0] ?? 'settings'));
  const close = () => {
    props.onClose();
    document.getElementById(boxId(item.id))?.focus();
  };
  useEffect(() => heading.current?.focus(), []);
  useKeys([{ keys: 'Escape', group: 'Stack', label: 'Close the details', run: close }]);
  return (
    <aside class="details" aria-label={`Details of ${item.title}`}>
      <header>
        <div>
          <h2 ref={heading} tabIndex={-1}>
            {item.title}
          </h2>
          <Detail item={item} />
        </div>
        <Button small aria-label="Close" title="Close (Esc)" onClick={close}>
          Close
        </Button>
      </header>
      {isOwn(item, 'job') && (
        <div class="acts">
          <LinkButton small href={href(place, '/runs', { job: item.title })}>
            Runs
          </LinkButton>
          {canSend && (
            <LinkButton small href={href(place, '/send', { job: item.title })}>
              Send event
            </LinkButton>
          )}
        </div>
      )}
      {isOwn(item, 'function') && isConnected && (
        <div class="acts">
          <LinkButton small href={href('aws', '/undelivered', { function: item.title })}>
            Undelivered events
          </LinkButton>
        </div>
      )}
      {tabs.length > 1 && (
        <div class="tog">
          {tabs.map((name) => (
            <button
              key={name}
              type="button"
              aria-pressed={name === tab}
              onClick={() => {
                lastTab = name;
                setTab(name);
              }}
            >
              {LABELS[name]}
              {name === 'resources' && ` ${item.addresses.length}`}
            </button>
          ))}
        </div>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it */}
      <section class="details-body" aria-label={LABELS[tab]} tabIndex={0}>
        {tab === 'settings' && <Settings item={item} />}
        {tab === 'permissions' && <PermissionList item={item} />}
        {tab === 'costs' && <Sentences texts={item.costs} />}
        {tab === 'resources' && <Resources addresses={item.addresses} />}
      </section>
    </aside>
  );
}

/** Whether it is the box of a job or function, and not of one that another uses. */
function isOwn({ id, kind, title, addresses }: PictureItem, wanted: 'job' | 'function'): boolean {
  return kind === wanted && id === title && addresses.length > 0;
}

function Settings({ item }: { readonly item: PictureItem }) {
  if (item.settings.length === 0) return <p class="muted">It has no settings in the config.</p>;
  return <Facts facts={item.settings} />;
}

function PermissionList({ item }: { readonly item: PictureItem }) {
  return (
    <>
      {item.permissions.map(({ who, sentences }) => (
        <section key={who}>
          <h3>{who}</h3>
          <ul>
            {sentences.map(({ text, actions }) => (
              <li key={text} title={actions.join(', ')}>
                {text}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function Sentences({ texts }: { readonly texts: readonly string[] }) {
  return (
    <ul>
      {texts.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

/** What there is to show. Settings always, so that a box without anything says so. */
function tabsOf({ settings, permissions, costs, addresses }: PictureItem): Tab[] {
  const tabs: Tab[] = [
    ...(settings.length > 0 ? ['settings' as const] : []),
    ...(permissions.length > 0 ? ['permissions' as const] : []),
    ...(costs.length > 0 ? ['costs' as const] : []),
    ...(addresses.length > 0 ? ['resources' as const] : []),
  ];
  return tabs.length === 0 ? ['settings'] : tabs;
}
