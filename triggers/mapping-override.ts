import type { TerraformAttributes } from '../modules/config/overrides/attribute-shapes';
import { isPlain } from '../modules/config/overrides/merged';

/** The resource that polls a queue or stream. */
export const MAPPING = [['Mapping', 'lambda-event-source-mapping']] as const;

/** Attributes of a queue's mapping for properties that Lambda's API and other tools write in a different form than Terraform. */
export function queueOverride(key: string, value: unknown): TerraformAttributes | undefined {
  return filterOverride(key, value);
}

/** The same for the mapping of a stream. */
export function streamOverride(key: string, value: unknown, properties: unknown): TerraformAttributes | undefined {
  const filter = filterOverride(key, value);
  if (filter !== undefined) return filter;
  if (key !== 'startingPositionTimestamp' && value !== 'AT_TIMESTAMP') return undefined;
  const { startingPositionTimestamp } = isPlain(properties) ? properties : {};
  const starting_position_timestamp = startingPositionTimestamp ?? '2026-01-31T00:00:00Z';
  return { starting_position: 'AT_TIMESTAMP', starting_position_timestamp };
}

function filterOverride(key: string, value: unknown): TerraformAttributes | undefined {
  return /^filter(s|Criteria|Patterns?)?$/.test(key) ? { filter_criteria: { filter: patterns(value) } } : undefined;
}

/** A list of filters in any common form: patterns, or objects or strings with one. */
function patterns(value: unknown): { readonly pattern: unknown }[] {
  if (isPlain(value)) {
    const { filters, filter, Filters, pattern, Pattern } = value;
    const inner = filters ?? filter ?? Filters;
    if (inner !== undefined) return patterns(inner);
    return [{ pattern: pattern ?? Pattern ?? value }];
  }
  return Array.isArray(value) ? value.flatMap(patterns) : [{ pattern: value }];
}
