import type { IndexedConfig } from '../config/indexed-config';
import { rule } from '../config/rule';
import { foundValue } from '../problems/found';
import { suggestion } from '../problems/suggestion';
import { isFifo } from '../resources/fifo';
import { snsTopic } from '../resources/sns-topic/schema';
import { FOR_PEOPLE } from '../rules/fifo';

/** The topic for undelivered events, if the config names one. */
function alarmTopic(index: IndexedConfig): string | undefined {
  const { alarmTopicName } = index.section('undeliveredEvents');
  return typeof alarmTopicName === 'string' ? alarmTopicName : undefined;
}

const UNDELIVERED = ['undeliveredEvents', 'alarmTopicName'];

/** People read about undelivered events in mail and text messages, which come from standard topics only. */
export const undeliveredNotified = rule('invalid-value', alarmTopic, function* (name, index) {
  if (name === undefined) return;
  const topics = index.companions(snsTopic);
  const topic = topics.get(name);
  if (topic === undefined) {
    const names = [...topics.keys()];
    const known = names.length === 0 ? 'the config has none' : names.join(', ');
    const meant = suggestion(name, names);
    const fix = meant === undefined ? `add a resource "${name}" of type sns-topic` : `did you mean "${meant}"?`;
    const finding = { found: foundValue(name), accepted: `the name of an sns-topic: ${known}`, fix };
    yield { path: UNDELIVERED, finding };
  } else if (isFifo(topic)) {
    const finding = { found: foundValue(name, ', a FIFO topic'), accepted: 'the name of a standard sns-topic' };
    yield { path: UNDELIVERED, finding: { ...finding, fix: FOR_PEOPLE } };
  }
});
