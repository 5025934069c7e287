import type { Facts } from './facts';

/** The values of the names in a reason's texts, which are written as `{name}`. */
export type Values = Readonly<Record<string, string | number>>;

/** One cause for which a job does not run, or the state that it is in. */
export interface Reason {
  /** Stable name, for programs. */
  readonly code: string;
  /** One sentence, with `{name}` for values. */
  readonly sentence: string;
  /** What to do about it, with `{name}` for values. */
  readonly fix: string;
  /** The subcommand that helps, with its arguments, and `{name}` for values. @default none */
  readonly command?: string;
  /** The values of the texts if this is the cause, else undefined. */
  find(facts: Facts): Values | undefined;
}

/** The cause that was found, as text. */
export interface Answer {
  readonly code: string;
  readonly sentence: string;
  readonly fix: string;
  /** The words of the subcommand. */
  readonly command?: readonly string[];
}

/** @throws Error if a text has a name without a value, which is a defect of the reason */
export function answer({ code, sentence, fix, command }: Reason, values: Values): Answer {
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name];
      if (value === undefined) throw new Error(`The reason ${code} has no value for ${name}.`);
      return String(value);
    });
  const words = command?.split(' ').map(fill);
  return { code, sentence: fill(sentence), fix: fill(fix), ...(words && { command: words }) };
}

/** A message of AWS, the sentence for it, and the fix. */
export type MessageRow = readonly [code: string, message: RegExp, sentence: string, fix: string, command?: string];

/**
 * One reason for each row: the first whose pattern matches the message.
 *
 * @param messageIn the message in the facts, with the values of the texts. Undefined if the facts have none
 */
export function messageReasons(
  rows: readonly MessageRow[],
  messageIn: (facts: Facts) => { readonly message: string; readonly values: Values } | undefined,
): Reason[] {
  return rows.map(([code, pattern, sentence, fix, command]) => ({
    code,
    sentence,
    fix,
    ...(command !== undefined && { command }),
    find: (facts) => {
      const found = messageIn(facts);
      const match = found && pattern.exec(found.message);
      return match ? { ...found.values, ...given(match.groups) } : undefined;
    },
  }));
}

/** The groups that took part in a match. */
function given(groups: { readonly [name: string]: string | undefined } = {}): Values {
  return Object.fromEntries(
    Object.entries(groups).flatMap(([name, text]) => (text === undefined ? [] : [[name, text.trim()]])),
  );
}

/** Whether the run's job waits for an instance. */
export function isRunnable({ batchJob }: Facts): boolean {
  return batchJob?.status === 'RUNNABLE';
}

/** The grammatical subject of what keeps a job waiting: the run itself, or the job in front of it. */
export function waitingSubject({ run, queue }: Facts): string {
  const own = `Run ${run?.name}`;
  return queue?.head === undefined ? own : `${own} waits behind ${queue.head.name}, which`;
}
