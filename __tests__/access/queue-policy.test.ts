import fc from 'fast-check';
import { queuePolicy } from '../../modules/access/queue-policy';

const ARN = 'arn:aws:sqs:eu-west-1:123456789012:inbox';

const statements = fc.uniqueArray(
  fc.record({
    Sid: fc.stringMatching(/^[a-zA-Z0-9]{1,12}$/),
    Principal: fc.record({ Service: fc.constantFrom('sns.amazonaws.com', 'events.amazonaws.com') }),
    Condition: fc.constant({ ArnEquals: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:123456789012:orders' } }),
  }),
  { selector: ({ Sid }) => Sid },
);

describe('queuePolicy', () => {
  it('is the same in whatever order its statements come', () => {
    fc.assert(
      fc.property(statements, (given) => {
        expect(queuePolicy(ARN, [...given].reverse())).toBe(queuePolicy(ARN, given));
      }),
    );
  });

  it('lets nobody do more than send, to no other queue, and nobody without TLS', () => {
    fc.assert(
      fc.property(statements, (given) => {
        const { Statement } = JSON.parse(queuePolicy(ARN, given));
        const allowed = Statement.filter(({ Effect }: { Effect: string }) => Effect === 'Allow');
        expect(allowed).toHaveLength(given.length);
        for (const { Action, Resource } of allowed) expect([Action, Resource]).toEqual(['sqs:SendMessage', ARN]);
        expect(Statement.at(-1)).toMatchObject({ Sid: 'TlsOnly', Effect: 'Deny', Principal: '*', Action: 'sqs:*' });
      }),
    );
  });
});
