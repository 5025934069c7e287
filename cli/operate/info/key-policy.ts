import { dnsSuffix } from '../../../modules/rules/partitions';
import type { Deployment } from '../deployment';

/** A statement of a key's policy. `*` is the key itself. */
interface KeyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow';
  readonly Principal: { readonly AWS?: string; readonly Service?: string | readonly string[] };
  readonly Action: readonly string[];
  readonly Resource: '*';
  readonly Condition?: { readonly [operator: string]: unknown };
}

/** What the statements depend on. */
export type KeyPolicyScope = Pick<Deployment, 'region' | 'account' | 'partition' | 'config'>;

const USE = ['kms:Decrypt', 'kms:GenerateDataKey*'];

/**
 * The statements that the policy of the stack's key needs: for the stack's account, whose roles then have their own permissions, and for
 * services that use the key without a role.
 */
export function keyPolicy(scope: KeyPolicyScope): { readonly Version: string; readonly Statement: KeyStatement[] } {
  const { partition, region, account } = scope;
  const root = `arn:${partition}:iam::${account}`;
  const allow = (Sid: string, statement: Pick<KeyStatement, 'Principal' | 'Action' | 'Condition'>): KeyStatement => {
    const { Principal, Action, Condition } = statement;
    return { Sid, Effect: 'Allow', Principal, Action, Resource: '*', ...(Condition && { Condition }) };
  };
  return {
    Version: '2012-10-17',
    Statement: [
      // Without it, no policy of a role in the account has an effect on the key.
      allow('RolesOfTheAccount', {
        Principal: { AWS: `${root}:root` },
        // With kms:Encrypt and kms:ReEncrypt* for whoever deploys a table:
        // https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/encryption.usagenotes.html
        Action: ['kms:CreateGrant', 'kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncrypt*', ...USE],
      }),
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
      allow('Logs', {
        Principal: { Service: `logs.${region}.${dnsSuffix(partition)}` },
        Action: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
        Condition: {
          ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
        },
      }),
      // Messages to queues and topics, whose policies say who can send:
      // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
      allow('Messages', { Principal: { Service: senders(scope) }, Action: USE }),
      // https://docs.aws.amazon.com/autoscaling/ec2/userguide/key-policy-requirements-EBS-encryption.html
      allow('Volumes', {
        Principal: { AWS: serviceLinkedRole(root) },
        Action: ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
      }),
      allow('GrantsForVolumes', {
        Principal: { AWS: serviceLinkedRole(root) },
        Action: ['kms:CreateGrant'],
        Condition: { Bool: { 'kms:GrantIsForAWSResource': true } },
      }),
    ],
  };
}

/** The role that starts the instances of AWS Batch. It must exist before a key's policy can name it. */
function serviceLinkedRole(root: string): string {
  return `${root}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`;
}

/** Services that send to the stack's queues and topics: what rules and topics can't deliver, alarms, and those that the config names. */
function senders({ config }: KeyPolicyScope): string[] {
  const alarms = Object.values(config.resources).map((resource): object => {
    if (resource.type === 'batch-job') return resource.properties.alarms;
    return (resource.type === 'function' ? resource.properties?.alarms : undefined) ?? {};
  });
  const hasAlarm = config.undeliveredEvents !== undefined || [config.alarms, ...alarms].some(isGiven);
  const published = Object.values(config.resources).flatMap((resource) =>
    resource.type === 'sns-topic' ? (resource.properties?.publishers ?? []) : [],
  );
  return [
    ...new Set([
      'events.amazonaws.com',
      'sns.amazonaws.com',
      ...(hasAlarm ? ['cloudwatch.amazonaws.com'] : []),
      ...published,
    ]),
  ].sort();
}

function isGiven(alarms: object): boolean {
  return Object.values(alarms).some((alarm) => alarm !== undefined);
}
