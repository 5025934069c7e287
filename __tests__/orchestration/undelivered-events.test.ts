// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { AwsContext } from '../../modules/aws-context';
import { UndeliveredEvents } from '../../modules/orchestration/undelivered-events';
import { document, foreignStack, Synthesis } from '../synthesis';

function synthesize(stackName = 'reports'): Synthesis {
  const stack = foreignStack();
  new UndeliveredEvents(stack, 'undelivered', { stackName, aws: new AwsContext(stack, 'aws') });
  return new Synthesis(stack);
}

const ACCOUNT =
  '${data.aws_partition.aws_Partition.partition}:SERVICE:${data.aws_region.aws_Region.id}:${data.aws_caller_identity.aws_Account.account_id}';
const QUEUE_ARN = '${aws_sqs_queue.undelivered_Queue.arn}';

describe('UndeliveredEvents', () => {
  it('is a queue and its policy', () => {
    expect(synthesize().types).toEqual(['aws_sqs_queue', 'aws_sqs_queue_policy']);
  });

  it('is encrypted and keeps messages for 14 days', () => {
    expect(synthesize().one('aws_sqs_queue')).toEqual({
      name: 'reports-undelivered-events',
      message_retention_seconds: 14 * 24 * 60 * 60,
      sqs_managed_sse_enabled: true,
    });
  });

  it('takes dead letters from this account, and nothing without TLS', () => {
    const { Statement } = document(synthesize().one('aws_sqs_queue_policy').policy);
    const from = (service: string, resource: string) => ({
      Effect: 'Allow',
      Principal: { Service: `${service}.amazonaws.com` },
      Action: 'sqs:SendMessage',
      Resource: QUEUE_ARN,
      Condition: { ArnLike: { 'aws:SourceArn': `arn:${ACCOUNT.replace('SERVICE', service)}:${resource}` } },
    });
    expect(Statement).toEqual([
      { Sid: 'DeadLettersOfRules', ...from('events', 'rule/*') },
      { Sid: 'DeadLettersOfTopics', ...from('sns', '*') },
      {
        Sid: 'TlsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sqs:*',
        Resource: QUEUE_ARN,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ]);
  });

  it('cuts a long name', () => {
    expect(synthesize('a'.repeat(100)).one('aws_sqs_queue').name).toHaveLength(80);
  });
});
