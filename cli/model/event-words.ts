import type { RecognizedKind } from '../../triggers/event-facts';
import type { EventCheck, EventSources } from './send';

const IGNORED: { readonly [reason: string]: string } = {
  'health-check': 'it is a health check',
  preflight: 'it is an OPTIONS request, such as a CORS preflight',
  'unasked-request': 'browsers and crawlers request this path from every host',
  's3-test-event': 'Amazon S3 tests its notifications with it',
  'test-notification': 'a service tests its notifications with it',
  'logs-control-message': 'CloudWatch Logs tests the subscription with it',
};

/** What the page says of an event, and whether it needs attention. */
export interface Finding {
  readonly tone: 'ok' | 'warn' | 'bad';
  readonly text: string;
}

/**
 * What the trigger function makes of an event, in sentences.
 *
 * @param source type of the trigger that it is for. Undefined if it is for none
 */
export function eventFindings(check: EventCheck, source: string | undefined, sources: EventSources): Finding[] {
  const { kind, ignored, problem } = check;
  if (problem !== undefined) return [{ tone: 'bad', text: problem }];
  if (ignored !== undefined) {
    return [
      { tone: 'warn', text: `The trigger function starts no job for this event: ${IGNORED[ignored] ?? ignored}.` },
    ];
  }
  const expected = (source === undefined ? undefined : sources[source])?.kinds ?? [];
  const isExpected = expected.length === 0 || expected.some((each) => each.kind === kind);
  const meant = expected.map(({ noun }) => noun).join(' or ');
  const known = Object.values(sources)
    .flatMap(({ kinds }) => kinds)
    .find((each) => each.kind === kind);
  if (known === undefined) {
    const unrecognized = 'Nothing in it names the run, so each delivery starts another run.';
    if (isExpected) return [{ tone: 'ok', text: unrecognized }];
    return [{ tone: 'warn', text: `The trigger function does not recognize it as ${meant}. ${unrecognized}` }];
  }
  const recognized = `The trigger function recognizes ${known.noun}.`;
  return [
    isExpected ? { tone: 'ok', text: recognized } : { tone: 'warn', text: `${recognized} The trigger sends ${meant}.` },
    { tone: 'ok', text: `${namedBy(known, check)} The same event again is a duplicate and starts nothing.` },
  ];
}

/** Which part of an event names its run. */
function namedBy({ names: { one, several = one, withKey } }: RecognizedKind, { parts }: EventCheck): string {
  if (withKey !== undefined && parts[0] === 'idempotency-key') return withKey;
  return parts.length === 1 ? one : several.replace('{count}', String(parts.length));
}

/** The type of trigger whose events have the shape of an event that is recognized. */
export function typeOfKind(kind: string, sources: EventSources): string | undefined {
  return Object.entries(sources).find(
    ([
      ,
      {
        kinds: [usual],
      },
    ]) => usual.kind === kind && usual.sentBy === undefined,
  )?.[0];
}
