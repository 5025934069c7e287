// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts that Terraform gets
import { Queue } from '../../../modules/resources/sqs-queue/construct';
import { withDeadLetterArn } from '../../../modules/resources/sqs-queue/dead-letter-queue';
import { queueProperties } from '../../../modules/resources/sqs-queue/schema';
import { document, jobsStack, Synthesis } from '../../synthesis';
import { withContext } from '../context';

describe('a dead-letter queue by its name', () => {
  it('becomes its ARN', () => {
    const redrivePolicy = { targetSqsQueueName: 'dead', maxReceiveCount: 3 };
    expect(withDeadLetterArn(queueProperties.parse({ redrivePolicy })).redrivePolicy).toEqual({
      targetSqsQueueArn: "$ResourceParam('dead', 'arn')",
      maxReceiveCount: 3,
    });
  });

  it('changes no other properties', () => {
    const properties = queueProperties.parse({});
    expect(withDeadLetterArn(properties)).toBe(properties);
  });

  it('gets the messages, in whatever order the config has the two', () => {
    const properties = { redrivePolicy: { targetSqsQueueName: 'dead', maxReceiveCount: 3 } };
    const resources = { inbox: { type: 'sqs-queue', properties }, dead: { type: 'sqs-queue' } } as const;
    const stack = jobsStack({}, { region: 'eu-west-1', resources });
    expect(document(new Synthesis(stack).one('aws_sqs_queue', 'inbox').redrive_policy)).toEqual({
      deadLetterTargetArn: '${aws_sqs_queue.dead.arn}',
      maxReceiveCount: 3,
    });
  });

  it('is refused outside of a config, which alone knows names', () => {
    const properties = { redrivePolicy: { targetSqsQueueName: 'dead', maxReceiveCount: 3 } };
    expect(() => withContext((stack, given) => void new Queue(stack, 'inbox', { ...given, properties }))).toThrow(
      /targetSqsQueueName[\s\S]*[Gg]ive targetSqsQueueArn/,
    );
  });
});
