/** What was found: a description of it, or a value. */
export type Found = string | FoundValue;

/** A value that was found, perhaps with more about it. */
export class FoundValue {
  constructor(
    private readonly text: string,
    /** Whether the sentence about it says what the property is, which name the property has, or that it is missing. */
    readonly as: 'value' | 'name' | 'nothing',
    /** The value, if the text has nothing more. */
    readonly only?: { readonly value: unknown },
  ) {}

  toString(): string {
    return this.text;
  }

  toJSON(): string {
    return this.text;
  }
}

/** The value of a property, with more about it: `foundValue('q', ', in us-east-1')`. */
export function foundValue(value: unknown, more = ''): Found {
  if (more !== '') return value === undefined ? `${NOTHING}${more}` : foundText(`${formatFound(value)}${more}`);
  return new FoundValue(formatFound(value), value === undefined ? 'nothing' : 'value', { value });
}

/** The value of a property, as written here: in its file's notation, or several values. */
export function foundText(text: string): FoundValue {
  return new FoundValue(text, 'value');
}

/** The name of a property, which its parent does not accept. */
export function foundName(name: string): FoundValue {
  return new FoundValue(formatFound(name), 'name');
}

/** Whether nothing was found. */
export function isNothing(found: Found): boolean {
  return typeof found !== 'string' && found.as === 'nothing';
}

/** Whether a value was found, and the text says nothing more about it. */
export function isOnly(found: Found, value: unknown): boolean {
  return typeof found !== 'string' && found.only !== undefined && Object.is(found.only.value, value);
}

/** A value whose content is decided at deployment. */
export const UNKNOWN_VALUE = foundText('a value that only Terraform knows');

const SHOWN_LENGTH = 120;

const NOTHING = 'nothing';

/** A value as you would write it in the config, cut to 120 characters. */
export function formatFound(value: unknown): string {
  if (value === undefined) return NOTHING;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  const text = safeJson(value);
  return text.length > SHOWN_LENGTH ? `${text.slice(0, SHOWN_LENGTH - 3)}...` : text;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}
