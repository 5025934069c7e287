import { capitalized } from '../../../modules/problems/phrases';
import type { JobEvent } from '../../../triggers/events';
import type { Fact } from '../../model/run';
import type { PictureItem } from '../../model/stack';
import { givenTo } from './companion-box';
import type { Painter } from './painter';
import { settingsOf } from './settings';
import { sourceBox } from './source-box';

/** An event of a job or a function. */
interface OwnedEvent {
  /** Name of the job or function. */
  readonly owner: string;
  readonly event: JobEvent;
  /** Its place in the config. */
  readonly index: number;
  /** Path of its construct. Undefined if the stack makes none. */
  readonly path: string | undefined;
  readonly batch: 'run' | 'invocation';
}

/** The box of an event: its source, and its settings with those of the resource that it listens to. */
export function eventItem({ owner, event, index, path, batch }: OwnedEvent, painter: Painter): PictureItem {
  const own = path === undefined ? [] : painter.resources.under(path);
  const { title, detail, companions, schedule, limits, job } = sourceBox(event, own, batch, painter);
  const sources = companions.flatMap((name) => painter.resources.under(name));
  for (const name of companions) painter.shown.add(name);
  return painter.item({
    id: `${owner}/events/${index}`,
    kind: event.type,
    title,
    detail,
    settings: [
      ...settingsOf(event.properties, painter.readable),
      ...companions.flatMap((name) => companionSettings(name, painter)),
    ],
    ...(schedule !== undefined && { schedule }),
    ...(limits !== undefined && { limits }),
    ...(job !== undefined && { job }),
    made: [...own, ...sources],
  });
}

function companionSettings(name: string, { config, names, readable }: Painter): Fact[] {
  const companion = config.resources[name];
  if (companion === undefined || companion.type === 'batch-job') return [];
  const title = names.companion(name);
  return settingsOf(givenTo(companion), readable, capitalized(title));
}
