import { fixesFor } from '../stack-config/with-resources';

const ARN = 'arn:aws:sns:eu-west-1:123456789012:alarms';
const alarms = { type: 'sns-topic' };

describe('undeliveredEvents', () => {
  it.each([
    [{ alarmTopicArn: ARN }, {}],
    [{ alarmTopicName: 'alarms' }, { alarms }],
  ])('takes %j', (undeliveredEvents, resources) => {
    expect(fixesFor(resources, { undeliveredEvents })).toEqual([]);
  });

  const people = 'use a standard topic: mail and text messages, which people read, come from standard topics only';
  it.each([
    [{}, {}, 'undeliveredEvents: add alarmTopicArn or alarmTopicName'],
    [
      { alarmTopicArn: ARN, alarmTopicName: 'alarms' },
      { alarms },
      'undeliveredEvents: keep alarmTopicArn and remove alarmTopicName',
    ],
    [
      { alarmTopicArn: 'alarms' },
      {},
      `undeliveredEvents.alarmTopicArn: name a topic of this config with alarmTopicName, or write an ARN such as ${ARN}`,
    ],
    [
      { alarmTopicArn: 'arn:aws:sns' },
      {},
      `undeliveredEvents.alarmTopicArn: write the code of a region after sns:, as in ${ARN}`,
    ],
    [{ alarmTopicArn: `${ARN}.fifo` }, {}, `undeliveredEvents.alarmTopicArn: ${people}`],
    [
      { alarmTopicArn: "$ResourceParam('alarms', 'arn')" },
      { alarms },
      'undeliveredEvents.alarmTopicArn: name a topic of this config with alarmTopicName',
    ],
    [{ alarmTopicName: 'alarm' }, { alarms }, 'undeliveredEvents.alarmTopicName: did you mean "alarms"?'],
    [{ alarmTopicName: 'alarms' }, {}, 'undeliveredEvents.alarmTopicName: add a resource "alarms" of type sns-topic'],
    [
      { alarmTopicName: 'alarms' },
      { alarms: { type: 'sqs-queue' } },
      'undeliveredEvents.alarmTopicName: add a resource "alarms" of type sns-topic',
    ],
    [
      { alarmTopicName: 'alarms' },
      { alarms: { ...alarms, properties: { fifoEnabled: true } } },
      `undeliveredEvents.alarmTopicName: ${people}`,
    ],
    [
      { alarmTopicName: 'alarms' },
      { alarms: { ...alarms, existing: { arn: `${ARN}.fifo` } } },
      `undeliveredEvents.alarmTopicName: ${people}`,
    ],
  ])('refuses %j beside %j', (undeliveredEvents, resources, fix) => {
    expect(fixesFor(resources, { undeliveredEvents })).toEqual([fix]);
  });
});
