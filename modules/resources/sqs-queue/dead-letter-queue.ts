import type { z } from 'zod';
import { directiveText } from '../../config/directive';
import type { queueProperties } from './schema';

type Properties = z.output<typeof queueProperties>;

/** The properties with the dead-letter queue by its ARN: the stack alone knows what a name means. */
export function withDeadLetterArn(properties: Properties): Properties {
  const { redrivePolicy } = properties;
  if (redrivePolicy?.targetSqsQueueName === undefined) return properties;
  const { targetSqsQueueName, ...policy } = redrivePolicy;
  return {
    ...properties,
    redrivePolicy: { ...policy, targetSqsQueueArn: directiveText('ResourceParam', targetSqsQueueName, 'arn') },
  };
}
