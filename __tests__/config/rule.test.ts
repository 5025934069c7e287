import { eventsOf, indexed, jobs } from '../../modules/config/indexed-config';
import { findingsOf, rule } from '../../modules/config/rule';
import { sqs } from '../../triggers/sqs/schema';

const FINDING = { found: 'a', accepted: 'b', fix: 'c' };
const INDEX = indexed({ resources: { one: { type: 'batch-job' } } });

describe('rules', () => {
  it('report what their checks yield, with their code, in the order of the rules', () => {
    const first = rule('conflict', jobs, function* (all) {
      for (const { path } of all) yield { path, finding: FINDING };
    });
    const second = rule('aws-limit', jobs, () => [{ path: [], finding: { code: 'no-capacity', ...FINDING } }]);
    expect(findingsOf([first, second], INDEX)).toEqual([
      { path: ['resources', 'one', 'properties'], finding: { code: 'conflict', ...FINDING } },
      { path: [], finding: { code: 'no-capacity', ...FINDING } },
    ]);
  });

  it('know the types of what they look at', () => {
    const none = rule('conflict', eventsOf(sqs), (events) =>
      // @ts-expect-error a queue's event has no bucketArn
      events.flatMap(({ parsed, path }) => (parsed?.bucketArn === undefined ? [] : [{ path, finding: FINDING }])),
    );
    expect(findingsOf([none], INDEX)).toEqual([]);
  });
});
