import type { EventKind } from '../modules/orchestration/trigger/identity';

/** What the events of a source look like. Plain data: the console's server sends it to the page. */
export interface EventFacts {
  /** As what the trigger function recognizes them. The usual one is first. */
  readonly kinds: readonly [RecognizedKind, ...RecognizedKind[]];
  /** Keys that they have. */
  readonly keys: readonly KnownKey[];
  /** Keys of events that have one of the marks in their root. */
  readonly variants?: readonly { readonly marks: readonly string[]; readonly keys: readonly KnownKey[] }[];
  /** What a narrow column calls the source: at most 8 characters. @default its type */
  readonly shortName?: string;
}

/** A kind of event that the trigger function's identity table has. */
export interface RecognizedKind {
  readonly kind: EventKind;
  /** `messages of an SQS queue` */
  readonly noun: string;
  /** Which part of an event names its run. */
  readonly names: NamingSentences;
  /** What `source` is in those events of EventBridge that the source sends. @default any that is not another source's */
  readonly sentBy?: readonly string[];
}

/** Sentences about what names the run of an event. */
export interface NamingSentences {
  readonly one: string;
  /** For an event with several parts, such as a batch. `{count}` is their number. @default the same */
  readonly several?: string;
  /** For a request with an idempotency key. @default the same */
  readonly withKey?: string;
}

/** A key that a source's events have. */
export interface KnownKey {
  /** `Records[].body`: from the event's root, `[]` for each item of a list, `*` for any key. */
  readonly path: string;
  /** Its types: one, or several of which each is possible. */
  readonly types: readonly KeyType[];
  /** One sentence without its period. */
  readonly meaning: string;
  /** Whether each event of the source has it. */
  readonly isRequired: boolean;
}

/** A type of JSON, or any of them. */
export type KeyType = 'object' | 'list' | 'string' | 'number' | 'boolean' | 'null' | 'any';

export type KeyRow = readonly [path: string, type: KeyType | readonly KeyType[], meaning: string];

/** Keys that each event has are without "?". */
export function keys(...rows: readonly KeyRow[]): readonly KnownKey[] {
  return rows.map(([path, type, meaning]) => ({
    path: path.replace(/\?$/, ''),
    types: [type].flat(),
    meaning,
    isRequired: !path.endsWith('?'),
  }));
}

/** The batch that a queue, a topic, a stream or a bucket sends. */
export const RECORDS: readonly KeyRow[] = [
  ['Records', 'list', 'The batch: what Lambda delivers at once'],
  ['Records[]', 'object', 'One of the batch'],
];

/** What requests of an API and of a load balancer have in common. */
export const REQUEST: readonly KeyRow[] = [
  ['headers', 'object', 'Headers of the request, by name in lower case'],
  ['headers.content-type?', 'string', 'Media type of the body'],
  [
    'headers.idempotency-key?',
    'string',
    'Names the run if the client sends it, so that a repeated request starts nothing',
  ],
  ['headers.user-agent?', 'string', 'Program of the client. Health checkers start no job'],
  ['headers.*?', 'string', 'Value of the header'],
  ['isBase64Encoded', 'boolean', 'Whether the body is binary, in Base64'],
];

export const REQUEST_BODY = 'Body of the request, as a string';

/** For records that a stream numbers. */
export const STREAM_NAMES: NamingSentences = {
  one: 'Its eventID and eventSourceARN name the run.',
  several: 'The eventIDs of its {count} records, with eventSourceARN, name the run.',
};

/** An event of EventBridge: of a rule, a schedule, or a bucket. */
export const EVENT_BRIDGE: RecognizedKind = {
  kind: 'eventbridge',
  noun: 'an EventBridge event',
  names: { one: 'Its id names the run.', several: 'Its id and replay-name name the run.' },
};

export const EVENT_BRIDGE_KEYS = keys(
  ['version', 'string', 'Version of the envelope: "0"'],
  ['id', 'string', 'ID of the event. It names the run'],
  ['detail-type', 'string', 'What the event is, such as "Scheduled Event"'],
  ['source', 'string', 'Service or application that sent it, such as "aws.events"'],
  ['account', 'string', 'AWS account of the sender'],
  ['time', 'string', 'Time of the event in UTC, such as "2026-11-25T14:00:00Z"'],
  ['region', 'string', 'AWS Region of the sender'],
  ['resources', 'list', 'ARNs of what the event is about'],
  ['resources[]', 'string', 'ARN of what the event is about'],
  ['detail', 'object', 'What the sender says'],
  ['replay-name?', 'string', 'Name of the replay, if an archive sends the event again. It names the run with the ID'],
);
