import type { Narrowable } from '../rules/narrowing';
import type { AwsContext } from '../terraform/aws-context';
import type { Connection } from './connection';

/** How `access` and `prefix` narrow it. */
export const SES_NARROWABLE: Narrowable = { decides: 'Amazon SES: it can only send mail' };

/** The name of Amazon SES in lists of resource names. */
export const SES = 'aws:ses';

/** Sends email from any verified identity of the account, in any region. */
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
