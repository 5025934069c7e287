import type { RunStatus } from '../run-story';

/** Which runs to list. */
export interface ListFilter {
  /** @default all, if it is empty */
  readonly statuses: readonly RunStatus[];
  readonly since?: Date;
  readonly limit: number;
}
