import type { z } from 'zod';

// Types of what you write, with a name for each part, which the compiler shows in its errors. Interfaces, since it expands type aliases.

/** Readonly lists, so that values with `as const` are accepted too. */
export type Written<T> = T extends readonly (infer Item)[]
  ? readonly Written<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Written<T[Key]> }
    : T;

/** The compiler shows the base of an interface that adds nothing to its only base. A second base makes it show the name. */
export type ByName = Record<never, unknown>;

/** The properties of an event or resource, as written. */
export type WrittenProperties<Schema extends z.ZodType<{ properties?: unknown }>> = Written<
  NonNullable<z.input<Schema> extends { properties?: infer Properties } ? Properties : never>
>;
