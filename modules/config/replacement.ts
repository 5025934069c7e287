/** A property to write in the place of another one. */
export class Replacement {
  /**
   * @param property its name, beside the other one
   * @param more what else to do, after the value
   */
  constructor(
    readonly property: string,
    private readonly value: unknown,
    private readonly more = '',
  ) {}

  get text(): string {
    return `write ${this.property}: ${flowText(this.value)}${this.more}`;
  }
}

/** A value on one line, as YAML and TypeScript have it. */
function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).map(([key, item]) => {
    const name = /^[A-Za-z_]\w*$/.test(key) ? key : JSON.stringify(key);
    return `${name}: ${flowText(item)}`;
  });
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
