import { z } from 'zod';
import { type CheckContext, refuse } from './checked';
import { eventId } from './event-id';
import { event } from './events';

/** The events of a job; none may listen to what another one listens to. */
export const events = z.array(event).superRefine((list, context) => refuseTwins(list, context), { when: () => true });

function refuseTwins(list: unknown, context: CheckContext): void {
  if (!Array.isArray(list)) return;
  const seen = new Map<string, number>();
  list.forEach((item, index) => {
    const parsed = event.safeParse(item);
    // Two rules of one priority may well listen to different requests; the check of listeners names the priority and a free one.
    if (!parsed.success || parsed.data.type === 'application-load-balancer') return;
    const id = eventId(parsed.data);
    const twin = seen.get(id);
    if (twin === undefined) seen.set(id, index);
    else {
      const fix = 'remove one of the two: each occurrence would start the job twice';
      refuse(
        context,
        { found: `what events[${twin}] listens to`, accepted: 'another source or another selection', fix },
        [index],
      );
    }
  });
}
