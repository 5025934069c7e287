/** Who receives an event or a queue's messages. */
interface Receivers {
  readonly jobs: readonly string[];
  readonly functions: readonly string[];
}

/** Receivers as text: `report or function tally`. Empty if nobody of the config receives it. */
export function receiversText({ jobs, functions }: Receivers, between = ' or '): string {
  return [...jobs, ...functions.map((name) => `function ${name}`)].join(between);
}
