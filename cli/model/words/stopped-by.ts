/** The reason of a stop that AWS keeps if the person gives none, and what is shown of it: `Stopped by batch-jobs stop`. */
export function stoppedBy(who: string): string {
  return `Stopped by ${who}`;
}

/** Who stopped a run, by the reason that AWS kept, in which a person can have written so too. Undefined if it says something else. */
export function whoStopped(reason: string): string | undefined {
  return /^Stopped by (.+?)\.?$/.exec(reason)?.[1];
}
