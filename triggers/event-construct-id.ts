/** Construct id of a job's event: its source's type, and a hash of what selects the source. Part of addresses in Terraform's state. */
export function eventConstructId(type: string, hash: string): string {
  return `${type}-${hash}`;
}

/** The type of the source whose event has a construct id. Undefined for ids of other constructs. */
export function eventTypeOf(constructId: string): string | undefined {
  return /^([a-z][a-z0-9-]*)-[0-9a-f]{8}$/.exec(constructId)?.[1];
}
