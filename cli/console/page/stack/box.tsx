import type { PictureItem } from '../../../model/stack';
import { Icon } from '../parts/icon';
import { href, type Route } from '../routing/route';
import { Detail } from './detail';

/** A box of a band. It opens its details. */
export function Box(props: { readonly item: PictureItem; readonly route: Route; readonly isSelected: boolean }) {
  const { item, route } = props;
  return (
    <a
      class={`nd kind-${item.kind.replace(/[^a-z0-9-]/g, '-')}`}
      id={boxId(item.id)}
      href={href(route.place, '/', route.query, item.id)}
      aria-current={props.isSelected ? 'true' : undefined}
    >
      <b class="cut" title={item.title}>
        {item.isFallback && (
          <span class="tone-od">
            <Icon name="on-demand" />
          </span>
        )}
        {item.title}
      </b>
      <Detail item={item} />
    </a>
  );
}

/** The element of a box, which gets the focus back from its details. */
export function boxId(id: string): string {
  return `box-${id}`;
}
