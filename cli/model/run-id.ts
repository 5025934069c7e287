/** The ID of a run whose name runs of other jobs have too. The console's addresses have it. */
export function idWithJob(job: string, name: string): string {
  return `${job}:${name}`;
}

/** The name of the run that an ID names, and its job if the ID has it. */
export function parseRunId(id: string): { readonly job?: string; readonly name: string } {
  const [, job, name] = /^([^:]+):(.*)$/s.exec(id) ?? [];
  return job === undefined || name === undefined ? { name: id } : { job, name };
}
