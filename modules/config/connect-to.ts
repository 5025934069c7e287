import { z } from 'zod';
import { ACCESS_KINDS, prefixProblem } from '../rules/narrowing';
import { isToken, nonEmpty, refuse, strict } from './checked';

const prefix = z.string({ error: () => "the start of objects' keys, such as in/" }).check((context) => {
  const finding = isToken(context.value) ? undefined : prefixProblem(context.value);
  if (finding !== undefined) refuse(context, { code: 'invalid-format', ...finding });
});

/** A connection that allows less than its name alone. */
const narrowed = strict({
  /** Name of the resource. You can repeat it with other values of `access` and `prefix`. */
  name: nonEmpty("a resource's name"),
  /** What the job can do: `read`, `write`, or `readWrite`. What each means depends on the type of the resource. @default everything that the name alone allows */
  access: z.enum(ACCESS_KINDS).optional(),
  /** Start of the keys of the objects that the job can use, for a bucket. End it with `/` to select a folder: `in` also selects `inner/`. @default all objects */
  prefix: prefix.optional(),
});

/** Resources that a job or function uses, by name. */
export const connectTo = z.array(z.union([nonEmpty("a resource's name"), narrowed]));

/** An entry of `connectTo`. */
export type ConnectEntry = z.output<typeof connectTo>[number];

/** The entry with its name apart. */
export function connectEntry(entry: ConnectEntry): z.output<typeof narrowed> {
  return typeof entry === 'string' ? { name: entry } : entry;
}

/** The name in an entry that other checks might have found problems in. Undefined for none. */
export function connectedName(entry: unknown): unknown {
  return typeof entry === 'object' && entry !== null && 'name' in entry ? entry.name : entry;
}
