import { capacityFacts, capacityText, QUEUE_LABEL } from '../../../model/capacity-text';
import type { CapacityState } from '../../../model/deployed';
import type { PictureItem, StackPicture } from '../../../model/stack';

/** The picture with what runs now in AWS: vCPUs instead of their limit, and the state of queues and environments. */
export function withCapacity(picture: StackPicture, capacity: CapacityState | undefined): StackPicture {
  if (capacity === undefined) return picture;
  const jobs = picture.jobs.map((job) => ({ ...job, runsOn: job.runsOn.map((item) => deployed(item, capacity)) }));
  return { ...picture, jobs };
}

function deployed(item: PictureItem, capacity: CapacityState): PictureItem {
  const text = capacityText(capacity, item.queue);
  const [first] = item.detail;
  if (text === undefined || first === undefined) return item;
  return {
    ...item,
    detail: [first, { text: `, ${text}` }],
    // The queue's name is among the facts, with a link.
    settings: [...capacityFacts(capacity, item.queue), ...item.settings.filter(({ label }) => label !== QUEUE_LABEL)],
  };
}
