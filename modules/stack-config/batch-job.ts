import type { z } from 'zod';
import { events } from '../../triggers/event-list';
import { jobProps } from '../config/job';
import { volumes } from '../config/volumes';

/** Properties of a batch job: Stacktape's, and additional ones. */
export const batchJobProps = jobProps.extend({
  /** Event sources that start the job. @default none: you or other resources start it */
  events: events.default([]),
  /** Volumes of the container: shared files (`efs`) and files in memory (`tmpfs`). @default none */
  volumes: volumes.optional(),
});

/** Properties of a batch job as you write them, without the defaults. */
export type BatchJobProps = z.input<typeof batchJobProps>;

/** Properties of a batch job with every default filled in. */
export type ResolvedBatchJobProps = z.output<typeof batchJobProps>;
