/** JSON texts by the object or list that each of them became; a text is gone when its object is. */
const texts = new WeakMap<object, string>();

// Lambda's runtime for Node.js hands over what JSON.parse made of an invocation, not its text, and JSON.parse has no room for every number:
// 1635734407.123456789 becomes 1635734407.1234567. So texts are remembered from here on. A runtime that parses otherwise changes nothing else.
const parse = JSON.parse;
JSON.parse = (text: string, reviver?: Parameters<typeof parse>[1]) => {
  const value: unknown = parse(text, reviver);
  if (typeof value === 'object' && value !== null && reviver === undefined) texts.set(value, String(text));
  return value;
};

/** An event as the text that its source sent, digit for digit; what JSON makes of it where the runtime did not parse it by JSON.parse. */
export function eventText(event: unknown): string {
  const text = typeof event === 'object' && event !== null ? texts.get(event) : undefined;
  return text ?? JSON.stringify(event ?? null);
}
