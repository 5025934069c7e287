export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Fields = { readonly [key: string]: Json };

export function expectOnly(fields: Fields, known: readonly string[], what: string): void {
  const unknown = Object.keys(fields).filter((field) => !known.includes(field));
  if (unknown.length > 0) {
    throw new Error(`This interpreter does not know ${unknown.join(', ')} in ${what}.`);
  }
}

export function parse(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asFields(value: unknown, what: string): Fields {
  if (!isFields(value)) {
    throw new Error(`Expected ${what} to be an object, got ${JSON.stringify(value)}.`);
  }
  return value;
}

export function asList(value: Json | undefined, what: string): readonly Json[] {
  if (!Array.isArray(value)) {
    throw new Error(`Expected ${what} to be a list, got ${JSON.stringify(value)}.`);
  }
  return value;
}

export function asText(value: Json | undefined, what: string): string {
  if (typeof value !== 'string') {
    throw new Error(`Expected ${what} to be text, got ${JSON.stringify(value)}.`);
  }
  return value;
}

export function asNumber(value: Json | undefined, what: string): number {
  if (typeof value !== 'number') {
    throw new Error(`Expected ${what} to be a number, got ${JSON.stringify(value)}.`);
  }
  return value;
}
