import { z } from 'zod';
import { type CheckContext, nonEmpty, refuse, strict, type Unchecked } from '../checked';
import { formatFound } from '../problem';

const json = z.json();

const inputTransformer = strict({
  /** Names for parts of the event: each key is a name, each value a JSONPath such as `$.detail.id`. @default none */
  inputPathsMap: z.record(z.string(), z.string()).optional(),
  /** What the job receives; `<name>` stands for a part named in `inputPathsMap`. */
  inputTemplate: json,
});

/** Properties that change what the job receives; at most one may be set, see {@link onlyOneReshaping}. */
export const reshaping = {
  /** A fixed JSON value that the job receives instead of the event. Excludes `inputPath` and `inputTransformer`. @default the event as it is */
  input: json.optional(),
  /** JSONPath of the part of the event that the job receives. Excludes `input` and `inputTransformer`. @default the event as it is */
  inputPath: nonEmpty('a JSONPath such as $.detail').optional(),
  /** Builds what the job receives from parts of the event. Excludes `input` and `inputPath`. @default the event as it is */
  inputTransformer: inputTransformer.optional(),
};

/** Refuses more than one of the {@link reshaping} properties. */
export function onlyOneReshaping(
  value: Unchecked<Record<keyof typeof reshaping, unknown>>,
  context: CheckContext,
): void {
  const given = (['input', 'inputPath', 'inputTransformer'] as const).filter((key) => value[key] !== undefined);
  if (given.length < 2) return;
  refuse(context, {
    found: given.map((key) => `${key}: ${formatFound(value[key])}`).join(', '),
    accepted: 'at most one of input, inputPath and inputTransformer',
    fix: `keep ${given[0]} and remove ${given.slice(1).join(' and ')}`,
  });
}
