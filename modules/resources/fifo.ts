import type { LocatedResource } from '../config/indexed-config';
import { isFifoName } from '../rules/fifo';

/** Whether a declared queue or topic is FIFO, by its properties or by the name of an existing one. */
export function isFifo({ properties, existing }: LocatedResource): boolean {
  return properties.fifoEnabled === true || (typeof existing?.arn === 'string' && isFifoName(existing.arn));
}
