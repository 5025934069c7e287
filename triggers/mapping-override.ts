import type { TerraformAttributes } from '../modules/config/overrides/attribute-shapes';
import { isPlain } from '../modules/config/overrides/merged';

/** The resource that polls a queue or stream. */
export const MAPPING = [['Mapping', 'lambda-event-source-mapping']] as const;

/** Attributes of a stream's mapping for properties that Lambda's API and other tools write in a different form than Terraform. */
export function streamOverride(key: string, value: unknown, properties: unknown): TerraformAttributes | undefined {
  if (key !== 'startingPositionTimestamp' && value !== 'AT_TIMESTAMP') return undefined;
  const { startingPositionTimestamp } = isPlain(properties) ? properties : {};
  const starting_position_timestamp = startingPositionTimestamp ?? '2026-01-31T00:00:00Z';
  return { starting_position: 'AT_TIMESTAMP', starting_position_timestamp };
}
