import type { EventFacts } from '../../triggers/event-facts';
import type { Faults } from './faults';

/** What the page needs to send events. */
export interface SendAnswer {
  readonly jobs: readonly SendJob[];
  readonly sources: EventSources;
}

/** What the events of each type of trigger look like. */
export interface EventSources {
  readonly [type: string]: EventFacts;
}

/** A job that an event can be sent to. */
export interface SendJob {
  readonly name: string;
  /** In the order of the config. */
  readonly triggers: readonly SendTrigger[];
  /** Characters of the container's overrides that are left for the event. A larger one goes through the payload bucket. */
  readonly eventBudget: number;
}

/** A trigger of a job. */
export interface SendTrigger {
  readonly type: string;
  /** Position among the job's triggers of its type, from 1. */
  readonly place: number;
  /** What distinguishes it: a schedule's expression, a queue's name. */
  readonly label: string;
  /** Whether the trigger sends something else than its source's event: `input`, `inputPath` or `inputTransformer`. */
  readonly isReshaped: boolean;
}

/** An event to start with. */
export interface SampleEvent {
  readonly text: string;
  /** `sample of schedule`, `by hand` */
  readonly source: string;
  readonly note?: string;
}

/** What the page wants to have checked. */
export interface SendRequest {
  readonly job: string;
  readonly place: 'local' | 'aws';
  /** JSON of the event. Undefined: that of the run that is repeated, or of the trigger. */
  readonly eventText?: string;
  /** The event is the sample of this trigger: `schedule`, `sqs:2`. */
  readonly trigger?: string;
  /** The text as it is in the editor, for the command, unless it is long. */
  readonly shownText?: string;
  /** What the run says of its event: `sample of schedule`, a file's name. */
  readonly source?: string;
  readonly faults: Faults;
  /** The run whose event it was. Of one on this machine, the other options are used as well. */
  readonly from?: string;
}

/** A local run that is repeated with its event. */
export interface AgainRequest {
  readonly again: string;
  /** @default those of the run */
  readonly faults?: Faults;
}

/** What the trigger function makes of an event, what is wrong with the options, and the command that does the same. */
export interface SendCheck {
  readonly event?: EventCheck;
  /** In the words of the command, by field. */
  readonly problems: { readonly [Field in keyof Faults]?: string };
  readonly command: string;
}

/** What the trigger function makes of an event. */
export interface EventCheck {
  /** The source by which it recognizes the event. `invocation`: by none. */
  readonly kind: string;
  /** What names the run, as it is hashed. */
  readonly parts: readonly string[];
  /** Name of the run. Undefined if it is another one at each delivery. */
  readonly executionName?: string;
  /** Why it starts no job. */
  readonly ignored?: string;
  /** Whether it fits into the container's overrides. */
  readonly fits: boolean;
  /** Why it cannot be sent. */
  readonly problem?: string;
}
