import { code, type EventPage, listensTo } from '../event-page';
import { patternAdvice } from './event-pattern';
import type { eventBus } from './schema';

export const page: EventPage<typeof eventBus> = {
  label: ({ eventPattern: { source, 'detail-type': detailType } }) => {
    const values = [source, detailType].flat().filter((value): value is string => typeof value === 'string');
    return values.slice(0, 2).join(', ') || 'pattern';
  },
  advice: ({ eventPattern }) => {
    const message = patternAdvice(eventPattern);
    return message === undefined ? undefined : { property: 'eventPattern', message };
  },
  box: ({ eventBusName, eventBusArn, eventPattern }, context) => {
    const given = eventBusName ?? eventBusArn;
    const bus =
      given === undefined ? { title: 'Default event bus', companions: [] } : listensTo('Event bus', given, context);
    return { ...bus, detail: [code(context.value(patternText(eventPattern)))] };
  },
};

/** The sources and types that a pattern matches, or else its keys. */
function patternText(pattern: { readonly [key: string]: unknown } = {}): string {
  const parts = ['source', 'detail-type']
    .filter((key) => pattern[key] !== undefined)
    .map((key) =>
      [pattern[key]]
        .flat()
        .map((value) => (typeof value === 'string' ? value : JSON.stringify(value)))
        .join(' or '),
    );
  return parts.length === 0 ? Object.keys(pattern).join(', ') : parts.join(', ');
}
