import { useRef } from 'preact/hooks';

import type { UndeliveredEvent } from '../../../model/deployed';
import { durationText } from '../../../model/duration';
import { sizeText } from '../../../model/json-layout';
import { receiversText } from '../../../model/receivers-text';
import { useKeys } from '../keys/keyboard';
import { useNow } from '../parts/now';
import { EventDetail } from './event-detail';
import type { Treatment } from './use-treatment';

const COLUMNS = 8;

/** Events in rows, which open. */
export function EventTable(props: {
  readonly events: readonly UndeliveredEvent[];
  /** IDs. Undefined if nothing can be done with them. */
  readonly selected?: ReadonlySet<string>;
  readonly onSelect: (ids: ReadonlySet<string>) => void;
  /** ID of the event that is open. */
  readonly open: string;
  readonly onOpen: (id: string | undefined) => void;
  readonly treatment: Treatment;
}) {
  const { events, selected, open, onOpen } = props;
  const body = useRef<HTMLTableSectionElement>(null);
  const move = (step: number) => () => moveFocus(body.current, step);
  useKeys([
    { keys: 'j', group: 'Undelivered events', label: 'Next event', run: move(1) },
    { keys: 'k', group: 'Undelivered events', label: 'Previous event', run: move(-1) },
    { keys: 'ArrowDown', run: move(1) },
    { keys: 'ArrowUp', run: move(-1) },
    {
      keys: 'Escape',
      group: 'Undelivered events',
      label: 'Close the event',
      run: () => {
        if (open === '') return false;
        onOpen(undefined);
        return true;
      },
    },
  ]);
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    props.onSelect(next);
  };
  return (
    <table class="und">
      <thead>
        <tr>
          <th class="u-check">{selected && <span class="said">Selected</span>}</th>
          <th>Reason</th>
          <th class="u-source">Source</th>
          <th class="u-job">For</th>
          <th class="num u-time">Age</th>
          <th class="num u-time">Expires in</th>
          <th class="num u-size">Size</th>
          <th class="u-open">
            <span class="said">Details</span>
          </th>
        </tr>
      </thead>
      <tbody ref={body}>
        {events.map((event) => (
          <Row
            key={event.id}
            event={event}
            isOpen={open === event.id}
            isSelected={selected?.has(event.id)}
            onToggle={() => toggle(event.id)}
            onOpen={() => onOpen(open === event.id ? undefined : event.id)}
            treatment={props.treatment}
          />
        ))}
      </tbody>
    </table>
  );
}

function Row(props: {
  readonly event: UndeliveredEvent;
  readonly isOpen: boolean;
  readonly isSelected?: boolean;
  readonly onToggle: () => void;
  readonly onOpen: () => void;
  readonly treatment: Treatment;
}) {
  const { event, isOpen, isSelected } = props;
  const { id, reason, source, bytes, givenUpAt, expiresAt } = event;
  const now = useNow();
  return (
    <>
      <tr class={`u-row ${isOpen ? 'is-open' : ''}`}>
        <td class="u-check">
          {isSelected !== undefined && (
            <label class="u-box">
              <input type="checkbox" checked={isSelected} onChange={props.onToggle} aria-label={`Select event ${id}`} />
            </label>
          )}
        </td>
        <td class="u-reason">
          <button
            type="button"
            class="u-link"
            aria-expanded={isOpen}
            aria-label={`${reason} Event ${id.slice(0, 8)}`}
            title={reason}
            onClick={props.onOpen}
          >
            {reason}
          </button>
        </td>
        <td class="muted u-source">{source}</td>
        <td class="muted cut u-job">{receiversText(event) || 'none'}</td>
        <td class="num muted u-time">
          <span class="only-s">Age </span>
          {durationText(Math.max(0, now - givenUpAt))}
        </td>
        <td class="num muted u-time">
          <span class="only-s">Expires in </span>
          {expiresAt === undefined ? '' : expiresAt <= now ? 'now' : durationText(expiresAt - now)}
        </td>
        <td class="num muted u-size">{sizeText(bytes)}</td>
        <td class="u-open" aria-hidden="true">
          {isOpen ? '▴' : '▾'}
        </td>
      </tr>
      {isOpen && (
        <tr class="u-detail">
          <td colSpan={COLUMNS}>
            <EventDetail event={event} canChange={isSelected !== undefined} treatment={props.treatment} />
          </td>
        </tr>
      )}
    </>
  );
}

function moveFocus(body: HTMLElement | null, step: number): boolean {
  const links = [...(body?.querySelectorAll<HTMLElement>('.u-link') ?? [])];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = links[at === -1 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}
