import { members } from '../../../modules/orchestration/items/json-text';

/**
 * A member of a JSON object, as it is written there: parsing would round numbers of more than 17 digits.
 *
 * @param text valid JSON
 * @returns undefined if it is no object or has no such member. If it has several, the last, as for JSON.parse
 */
export function jsonMember(text: string, name: string): string | undefined {
  const object = text.trim();
  if (!object.startsWith('{')) return undefined;
  let found: string | undefined;
  for (const [key, member] of members(object)) if (key === name) found = member;
  return found;
}
