import { shapeDifferences } from '../../../model/event-check';
import { eventFindings, type Finding } from '../../../model/event-words';
import { type ParsedJson, placeOf } from '../../../model/json-text';
import type { EventCheck, EventSources } from '../../../model/send';
import { Icon } from '../parts/icon';

const ICONS = { ok: 'check', warn: 'attention', bad: 'cross' } as const;

/** A sentence about an event, and where in the text it applies. */
export interface LocatedFinding extends Finding {
  readonly offset?: number;
}

/** Everything that is said of an event, the worst first. */
export function findingsOf(
  { root, duplicates }: ParsedJson,
  check: EventCheck | undefined,
  type: string | undefined,
  sources: EventSources,
): LocatedFinding[] {
  if (root === undefined) return [];
  const facts = type === undefined ? undefined : sources[type];
  const differences = facts === undefined ? [] : shapeDifferences(facts, root);
  const said = check === undefined ? [] : eventFindings(check, type, sources);
  return [
    ...said.filter(({ tone }) => tone !== 'ok'),
    ...[...duplicates, ...differences].map(({ offset, message }) => ({
      tone: 'warn' as const,
      text: `${message}.`,
      offset,
    })),
    ...said.filter(({ tone }) => tone === 'ok'),
  ];
}

/** What the trigger function makes of an event, and how it differs from those of its source. */
export function Findings(props: {
  readonly text: string;
  readonly findings: readonly LocatedFinding[];
  readonly onGoTo: (offset: number) => void;
}) {
  if (props.findings.length === 0) return null;
  return (
    <ul class="findings" aria-label="What the trigger function makes of the event">
      {props.findings.map(({ tone, text, offset }) => (
        <li key={`${offset} ${text}`}>
          <span class={`tone-${tone}`}>
            <Icon name={ICONS[tone]} />
          </span>
          <span>
            {offset !== undefined && (
              <button type="button" class="link" onClick={() => props.onGoTo(offset)}>
                Line {placeOf(props.text, offset).line}
              </button>
            )}
            {offset !== undefined && ': '}
            {text}
          </span>
        </li>
      ))}
    </ul>
  );
}
