import type { z } from 'zod';
import type { Advice } from '../descriptor';
import type { dataStreamProperties } from './schema';

/** Each shard has a price by the hour, and a limit. */
export function shardsAdvice({
  capacityMode,
  shardCount,
}: Partial<z.output<typeof dataStreamProperties>>): Advice | undefined {
  if (capacityMode !== undefined || shardCount === undefined) return undefined;
  const message =
    'it makes the capacity provisioned. Stacktape ignores it without capacityMode, and AWS adds shards as needed. Write capacityMode: ' +
    'PROVISIONED to keep it so, or remove shardCount';
  return { property: 'shardCount', message };
}
