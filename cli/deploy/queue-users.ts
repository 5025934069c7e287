import { listOf, type ResourceChange, valuesInJson, valuesOf } from './plan-document';
import { queuesOf } from './state-machine-facts';

/** Which jobs submit to which job queues, as deployed before a plan: its state machines name the queues, and these their environments. */
export class QueueUsers {
  /** Names of jobs by the ARN of a queue. */
  private readonly jobs = new Map<string, string[]>();
  /** ARNs of queues by the ARN of a compute environment. */
  private readonly queues = new Map<string, string[]>();

  /** @param nameOf name of the job that a resource belongs to */
  constructor(changes: readonly ResourceChange[], nameOf: (address: string) => string) {
    for (const { address, type, change } of changes) {
      const before = valuesOf(change.before);
      if (type === 'aws_sfn_state_machine') {
        for (const queue of queuesOf(valuesInJson(before.definition) ?? {})) added(this.jobs, queue, nameOf(address));
      }
      if (type === 'aws_batch_job_queue') {
        for (const { compute_environment: environment } of listOf(before.compute_environment_order))
          added(this.queues, String(environment), String(before.arn));
      }
    }
  }

  /** ARNs of the queues whose runs a queue or compute environment holds. */
  queuesOf({ type, change }: ResourceChange): readonly string[] {
    const arn = String(valuesOf(change.before).arn);
    if (type === 'aws_batch_job_queue') return [arn];
    return type === 'aws_batch_compute_environment' ? (this.queues.get(arn) ?? []) : [];
  }

  /** Names of the jobs whose runs a queue or compute environment holds. */
  jobsOf(change: ResourceChange): readonly string[] {
    return [...new Set(this.queuesOf(change).flatMap((queue) => this.jobs.get(queue) ?? []))].sort();
  }
}

function added(map: Map<string, string[]>, key: string, value: string): void {
  map.set(key, [...(map.get(key) ?? []), value]);
}
