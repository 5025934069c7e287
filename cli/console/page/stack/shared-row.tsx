import { formatCount } from '../../../../modules/problems/phrases';
import type { PictureItem } from '../../../model/stack';
import { Chip } from '../parts/chip';
import { href, type Route } from '../routing/route';
import { useConsole } from '../shell/console-state';
import { boxId } from './box';
import { Detail } from './detail';
import './shared-row.css';

/** Kinds of what all jobs share. The others are resources of the config that no job is connected to. */
const SHARED = /^shared\/(?!resources\/)/;

/** What all jobs share, and what no job is started by or connected to. */
export function SharedRow(props: {
  readonly items: readonly PictureItem[];
  readonly route: Route;
  readonly selected: string | undefined;
}) {
  const shared = props.items.filter(({ id }) => SHARED.test(id));
  const others = props.items.filter(({ id }) => !SHARED.test(id));
  return (
    <div class="shared-rows">
      <Row {...props} title="Shared by all jobs" items={shared} />
      <Row {...props} title="Also in the stack" items={others} />
    </div>
  );
}

function Row(props: {
  readonly title: string;
  readonly items: readonly PictureItem[];
  readonly route: Route;
  readonly selected: string | undefined;
}) {
  const { items, route } = props;
  if (items.length === 0) return null;
  return (
    <section class="card shared" aria-label={props.title}>
      <h2>{props.title}</h2>
      <ul>
        {items.map((item) => (
          <li key={item.id}>
            <a
              id={boxId(item.id)}
              href={href(route.place, '/', route.query, item.id)}
              aria-current={item.id === props.selected ? 'true' : undefined}
            >
              {item.title}
            </a>{' '}
            <Detail item={item} />
            {item.kind === 'undelivered-events' && <Undelivered route={route} />}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** How many events wait in AWS to be looked at. */
function Undelivered({ route }: { readonly route: Route }) {
  const aws = useConsole()?.aws;
  const count = route.place === 'aws' && aws?.kind === 'on' ? (aws.undelivered ?? 0) : 0;
  if (count === 0) return null;
  return (
    <>
      {' '}
      <a href={href(route.place, '/undelivered')}>
        <Chip icon="attention" tone="warn">
          {formatCount(count)}
          <span class="said"> undelivered</span>
        </Chip>
      </a>
    </>
  );
}
