/** The ID of a run whose name runs of other jobs have too. The console's addresses have it. */
export function idWithJob(job: string, name: string): string {
  return `${job}:${name}`;
}

/** The ID of an item of a run, which a console shows like a run. No run's name has the character between the two. */
export function itemId(run: string, item: number): string {
  return `${run}#${item}`;
}

/** What an ID names. */
export interface NamedById {
  /** If the ID has it. */
  readonly job?: string;
  /** Of the run. */
  readonly name: string;
  /** Index of the item, if the ID is not that of the whole run. */
  readonly item?: number;
}

/** The name of the run that an ID names, with its job and the item if the ID has them. */
export function parseRunId(id: string): NamedById {
  const [, run = id, item] = /^(.*)#(\d+)$/s.exec(id) ?? [];
  const [, job, name] = /^([^:]+):(.*)$/s.exec(run) ?? [];
  const named = job === undefined || name === undefined ? { name: run } : { job, name };
  return item === undefined ? named : { ...named, item: Number(item) };
}

/** The ID of the run whose item an ID names, or the ID itself. */
export function wholeRunId(id: string): string {
  return id.replace(/#\d+$/, '');
}
