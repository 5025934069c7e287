import type { CapacityState } from '../../../model/deployed';
import { useAnswer } from '../api/answer';

/** Compute environments and queues as they are in AWS. Undefined on this machine, and until they are known. */
export function useCapacity(isShown: boolean): CapacityState | undefined {
  return useAnswer<CapacityState>(isShown ? '/api/capacity' : undefined, ['deployed']).data;
}
