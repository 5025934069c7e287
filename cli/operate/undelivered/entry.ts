import { receiversText } from '../../model/receivers-text';
import type { UndeliveredQueue } from './undelivered-queues';

/** Something that could start no run, as a message of a queue. Does not hold the message's body, unless it is to be started. */
export interface Undelivered {
  /** ID of the message. SQS keeps it until the message is deleted. */
  readonly messageId: string;
  readonly queue: UndeliveredQueue;
  /** Jobs that it might be for: one, or several if the source does not say. None if it is for no job of the config. */
  readonly jobs: readonly string[];
  /** Functions of the config that it might be for. */
  readonly functions: readonly string[];
  /** What sent it, in the words of the config: `schedule`, `s3`, `sqs` and so on; `unknown` if nothing is known. */
  readonly source: string;
  /** Why it started no run, in one line. */
  readonly reason: string;
  /** When the event happened or was sent first. */
  readonly first?: Date;
  /** When it was added to the queue, or given up. */
  readonly last: Date;
  /** When the message was sent first. Its queue keeps it for some time from then on. */
  readonly sent: Date;
  /** Size of the event, or of the message if that does not contain the event, in bytes. */
  readonly bytes: number;
  /** How often it was delivered, as far as its sender says. */
  readonly tries?: number;
  /** The error of the function, as Lambda reports it, or the attributes with which another service explains a dead letter. */
  readonly error?: unknown;
  /** How often it has been received from the queue that it is in, this time included. */
  readonly receives: number;
  readonly start: Start;
}

/** How to start the run. */
export type Start =
  /** @param invocation identifies an event that has no ID: ID of the invocation that failed, otherwise of the message. */
  | { readonly kind: 'event'; readonly json: string; readonly invocation: string }
  /** An event as its bus had it: the target of the rule can transform it. */
  | { readonly kind: 'rule'; readonly json: string; readonly rule: RuleTarget; readonly invocation: string }
  /** The records must be read from their stream. */
  | { readonly kind: 'records'; readonly batch: StreamBatch }
  | { readonly kind: 'none'; readonly why: string };

/** The target of a rule. */
export interface RuleTarget {
  readonly ruleArn: string;
  readonly targetArn: string;
}

/** The position of records in a stream, as Lambda reports it. */
export interface StreamBatch {
  readonly stream: 'kinesis' | 'dynamodb';
  readonly streamArn: string;
  readonly shardId: string;
  readonly startSequenceNumber: string;
  readonly endSequenceNumber: string;
  readonly batchSize: number;
}

/** Why an entry that several jobs or functions might have got, or none, cannot be sent again. Undefined if it is for one. */
export function undecided(entry: Pick<Undelivered, 'jobs' | 'functions'>): string | undefined {
  const { jobs, functions } = entry;
  if (jobs.length + functions.length === 1) return undefined;
  if (jobs.length + functions.length === 0) return 'It is for no job and no function of this config.';
  // To send it to one would delete it for the others.
  if (functions.length > 0) return `It can be for ${receiversText(entry)}: the message does not say for which.`;
  return `It can be for ${jobs.join(' or ')}. Select the job with --job.`;
}
