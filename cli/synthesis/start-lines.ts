import { counted } from '../../modules/problems/phrases';
import type { JobEvent } from '../../triggers/events';
import { sourceOf } from '../../triggers/registry';
import { firingsText } from '../../triggers/schedule/firing-text';
import { nextTimes } from '../../triggers/schedule/schedule-times';
import { type Timing, timingText } from '../../triggers/schedule/timing';

/** How many schedules of a job are shown, and how many of the next times of each. */
const SHOWN = { schedules: 3, times: 2 };

/**
 * What starts a job: a line for each schedule, the earliest first, with its next times below it, and a line for all other events.
 *
 * @param now without it, no times are shown
 */
export function startLines(events: readonly JobEvent[], now: Date | undefined): string[] {
  if (events.length === 0) return ['no event, only by hand'];
  const timings: Timing[] = [];
  const causes: string[] = [];
  for (const { type, properties } of events) {
    const { timing, cause } = sourceOf(type).page();
    if (timing === undefined) causes.push(cause?.(properties) ?? type);
    else timings.push(timing(properties));
  }
  const names = timings.map(timingText);
  const schedules = [...new Map(timings.map((timing) => [timingText(timing), nextOf(timing, now)]))].sort(
    ([, one], [, other]) => one.at - other.at,
  );
  const more = schedules.length - SHOWN.schedules;
  return [
    ...schedules
      .slice(0, SHOWN.schedules)
      .flatMap(([name, { next }]) => [withTimes(name, names), ...(next === undefined ? [] : [`next ${next}`])]),
    ...(more > 0 ? [`and ${counted(more, 'more schedule')}`] : []),
    // A job can have hundreds of events of one type, too many for a line.
    ...(causes.length === 0 ? [] : [[...new Set(causes)].map((name) => withTimes(name, causes)).join(', ')]),
  ];
}

/** `cron(0 14 * * ? *)`, `3 × sqs` */
function withTimes(name: string, all: readonly string[]): string {
  const same = all.filter((other) => other === name).length;
  return same === 1 ? name : `${same} × ${name}`;
}

/** When a schedule fires next, to sort by and as text. That of a rate is known only to AWS, and comes last. */
function nextOf(timing: Timing, now: Date | undefined): { readonly at: number; readonly next?: string } {
  const times = now && nextTimes(timing.scheduleRate, now, SHOWN.times, timing);
  const [first] = times ?? [];
  if (times === undefined || first === undefined) return { at: Number.MAX_SAFE_INTEGER };
  return { at: first.getTime(), next: firingsText(times, timing.timezone) };
}
