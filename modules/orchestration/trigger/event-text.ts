/** The JSON strings of parsed objects and lists. A string is freed with its object. */
const texts = new WeakMap<object, string>();

// Lambda's runtime for Node.js passes the result of JSON.parse, not the JSON string of the event, and JSON.parse rounds some numbers:
// 1635734407.123456789 becomes 1635734407.1234567. So this keeps the strings from now on. It has no effect if a runtime parses
// differently.
const parse = JSON.parse;
JSON.parse = (text: string, reviver?: Parameters<typeof parse>[1]) => {
  const value: unknown = parse(text, reviver);
  if (typeof value === 'object' && value !== null && reviver === undefined) texts.set(value, String(text));
  return value;
};

/** An event exactly as its source sent it, or as JSON.stringify writes it if the runtime didn't use JSON.parse. */
export function eventText(event: unknown): string {
  const text = typeof event === 'object' && event !== null ? texts.get(event) : undefined;
  return text ?? JSON.stringify(event ?? null);
}
