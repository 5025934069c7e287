import { parseCfResourceParam, parseResourceParam } from '../modules/config/directive';
import { asObject } from '../modules/config/value-at';
import { counted, formatCount } from '../modules/problems/phrases';
import type { EventSchema, SourceEvent } from './event-schema';
import type { TimeLimits, Timing } from './schedule/timing';

/** What the console and the commands show of a source's events in a config. */
export interface EventPage<Schema extends EventSchema> {
  /** What distinguishes an event from others of its type, in one line. */
  readonly label: (properties: SourceEvent<Schema>['properties']) => string;
  /** What starts the job, after "starts": `after load succeeds`. @default the event's type */
  readonly cause?: (properties: SourceEvent<Schema>['properties']) => string;
  /** The box in the picture of the stack. */
  readonly box: (properties: SourceEvent<Schema>['properties'], context: PictureContext) => SourceBox;
  /** The expression of a schedule. @default it is none */
  readonly schedule?: (properties: SourceEvent<Schema>['properties']) => string;
  /** When a schedule fires. @default it is none */
  readonly timing?: (properties: SourceEvent<Schema>['properties']) => Timing;
  /** The requests that start a run. @default it takes none */
  readonly requests?: (properties: SourceEvent<Schema>['properties']) => StartingRequests;
  /** A hint about a property that works, but might not be intended. @default there is none */
  readonly advice?: (properties: SourceEvent<Schema>['properties'], now?: Date) => EventAdvice | undefined;
}

/** Requests to a resource of the config. */
export interface StartingRequests {
  readonly to: 'http-api' | 'load-balancer';
  /** The resource's name in the config. */
  readonly name: string;
  /** @default any that the rule accepts */
  readonly method?: string;
  readonly paths: readonly string[];
}

export interface EventAdvice {
  readonly property: string;
  readonly message: string;
}

/** What a source is called, what starts a run, and the resources of the config that it listens to. */
export interface SourceBox {
  readonly title: string;
  readonly detail: readonly Text[];
  readonly companions: readonly string[];
  /** The job of the config whose runs start one. @default it is no job */
  readonly job?: string;
  /** A schedule's expression. */
  readonly schedule?: string;
  /** Time zone and dates of a schedule. @default it has none */
  readonly limits?: TimeLimits;
}

/** A piece of text; code can be pasted. */
interface Text {
  readonly text: string;
  readonly isCode?: boolean;
}

/** What a box can ask about the synthesized stack. */
export interface PictureContext {
  /** An argument of the Terraform resource of a type that is made for the event. */
  argument(type: string, argument: string): unknown;
  /** A text of the Terraform document, with names instead of expressions. */
  text(template: string): string;
  /** A value of the config, which a program can have given as a token. */
  value(value: unknown): string;
  /** What the resource that a text of the Terraform document begins with is called. */
  nameOf(template: string): string | undefined;
  /** What a batch of records becomes: a run of a job, or an invocation of a function. */
  readonly batch: 'run' | 'invocation';
}

export function code(text: string): Text {
  return { text, isCode: true };
}

export function plain(text: string): Text {
  return { text };
}

/** The box of a queue or a stream that Lambda polls. */
export function mappedBox(noun: string, given: string | undefined, unit: string, context: PictureContext): SourceBox {
  const arn = context.argument(MAPPING, 'event_source_arn');
  const size = context.argument(MAPPING, 'batch_size');
  const each = context.batch === 'run' ? 'a run' : 'an invocation';
  const most = isCount(size) ? `up to ${counted(size, unit)} ${each}` : undefined;
  const filtered = context.argument(MAPPING, 'filter_criteria') === undefined ? undefined : 'filtered';
  const { maximum_concurrency: limit } = asObject(context.argument(MAPPING, 'scaling_config'));
  const atOnce = isCount(limit) ? `${formatCount(limit)} batches at once` : undefined;
  const said = [most, filtered, atOnce].filter((part) => part !== undefined);
  return {
    ...listensTo(noun, given, context, arn),
    detail: said.length === 0 ? [] : [plain(said.join(', '))],
  };
}

/** Whether a value is a number of things, and no token. */
function isCount(value: unknown): value is number {
  return typeof value === 'number' && value > 0;
}

const MAPPING = 'aws_lambda_event_source_mapping';

/**
 * The source that an event names: a resource of the config, one of CloudFormation, or an ARN.
 *
 * @param made the same in the Terraform document
 */
export function listensTo(
  noun: string,
  given: string | undefined,
  context: PictureContext,
  made?: unknown,
): Omit<SourceBox, 'detail'> {
  const text = given ?? '';
  const owner = parseResourceParam(text)?.resource ?? (/^[a-zA-Z][a-zA-Z0-9]*$/.test(text) ? text : undefined);
  if (owner !== undefined) return { title: `${noun} ${owner}`, companions: [owner] };
  const foreign = parseCfResourceParam(text)?.logicalId;
  if (foreign !== undefined) return { title: `${noun} ${foreign} of CloudFormation`, companions: [] };
  const name = typeof made === 'string' ? context.nameOf(made) : undefined;
  if (name !== undefined) return { title: `${name.charAt(0).toUpperCase()}${name.slice(1)}`, companions: [] };
  return { title: `${noun} ${nameInArn(context.value(text))}`, companions: [] };
}

/** The name in an ARN: `inbox`, `orders` of a table's stream, `/app` of a log group. */
function nameInArn(arn: string): string {
  if (!arn.startsWith('arn:')) return arn;
  const [, , , , , ...more] = arn.split(':');
  const resource = more.join(':').replace(/:\*$/, '');
  const table = /^table\/([^/]+)\/stream\//.exec(resource)?.[1];
  return table ?? resource.replace(/^(log-group:|stateMachine:|stream\/|event-bus\/)/, '');
}

/** The last part of an ARN, of a directive such as `$ResourceParam('bucket', 'arn')`, or a name. */
export function lastPart(reference = ''): string {
  const directive = /^\$\w+\(\s*['"]?([^'",)]+)/.exec(reference)?.[1];
  return directive ?? reference.split(/[:/]/).at(-1) ?? reference;
}
