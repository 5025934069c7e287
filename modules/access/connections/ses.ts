import type { AwsContext } from '../../aws-context';
import type { Connection } from '../connection';

/** The name that stands for Amazon SES where names of resources stand. */
export const SES = 'aws:ses';

/** Sends mail from any verified identity of the account, in any region. */
export function sesConnection({ partition, accountId }: Pick<AwsContext, 'partition' | 'accountId'>): Connection {
  return {
    environment: {},
    statements: [
      {
        Sid: 'SendMail',
        Action: [
          'ses:SendBulkEmail',
          'ses:SendBulkTemplatedEmail',
          'ses:SendEmail',
          'ses:SendRawEmail',
          'ses:SendTemplatedEmail',
        ],
        Resource: ['configuration-set/*', 'identity/*', 'template/*'].map(
          (resource) => `arn:${partition}:ses:*:${accountId}:${resource}`,
        ),
      },
    ],
  };
}
