import { LambdaInvocation } from '@cdktf/provider-aws/lib/lambda-invocation';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import type { SqsQueue } from '@cdktf/provider-aws/lib/sqs-queue';
import { Construct } from 'constructs';
import type { ContainerVariables } from '../../access/container-variables';
import { readStatements, type SecretReference } from '../../access/secret';
import { NodeFunction } from '../../orchestration/node-function';
import { stringsNameParts, stringsSecretName } from '../../rules/job-names';
import type { AwsContext } from '../../terraform/aws-context';
import { jsonLiteral } from '../../terraform/literal';
import { SECRET } from '../resolver/complete-variables';
import type { Composition } from './function/compose';
import { STRINGS_HANDLER } from './strings-bundle';
import type { StringsCode } from './strings-code';

export interface ConnectionStringsProps {
  readonly stackName: string;
  readonly jobName: string;
  readonly aws: AwsContext;
  readonly code: StringsCode;
  /** The variables with a connection string, in which `$(<variable>)` stands for a secret. */
  readonly variables: ContainerVariables['variables'];
  /** Secret variables of the job. */
  readonly secrets: ContainerVariables['secrets'];
  /** Nothing comes into it: who invokes the function waits for it. */
  readonly undeliveredEvents: SqsQueue;
  /** Retention of the function's log, in days. */
  readonly retentionDays: number;
  readonly tags?: { readonly [key: string]: string };
}

/** Lets the function wait until the permissions of its role are known everywhere. */
const TIMEOUT_SECONDS = 120;

/**
 * The complete connection strings of a job whose image has no program of this project, which would put the passwords in: a secret that
 * the containers read, and the function that writes it.
 *
 * Terraform never knows the secret's value, so that no plan or state contains it. The first one is written during the deployment, before
 * a job definition asks for it: executions that are in progress submit that definition, too. Later ones are written before each
 * submission, so that a container gets the password that is valid then.
 */
export class ConnectionStrings extends Construct {
  /** JSON, by variable. */
  readonly secret: SecretsmanagerSecret;
  readonly function: NodeFunction;
  /** Has written the strings when it exists. */
  readonly written: LambdaInvocation;
  /** What takes the place of the variables. */
  readonly references: ContainerVariables['secrets'];

  constructor(scope: Construct, id: string, props: ConnectionStringsProps) {
    super(scope, id);
    const { stackName, jobName, aws, code, variables, undeliveredEvents, retentionDays, tags } = props;
    const name = `${stackName}-${jobName}`;
    this.secret = new SecretsmanagerSecret(this, 'Secret', {
      name: stringsSecretName(stackName, jobName),
      description: `Connection strings of ${name}, written before each job`,
      kmsKeyId: aws.kmsKeyArn,
      // The name is free again at once: the function can write the same value anew.
      recoveryWindowInDays: 0,
      tags,
    });
    const { arn } = this.secret;
    const named = new Set(
      variables.flatMap(({ value }) => [...value.matchAll(SECRET)].map(([, variable]) => variable)),
    );
    const secrets = props.secrets.filter(([variable]) => named.has(variable));
    const composition = jsonLiteral(compositionOf(variables, secrets));
    this.function = new NodeFunction(this, 'Function', {
      name,
      nameParts: stringsNameParts(stackName, jobName),
      aws,
      description: `Writes the connection strings of ${name}`,
      archive: code.archive,
      handler: STRINGS_HANDLER,
      memoryMb: 256,
      timeoutSeconds: TIMEOUT_SECONDS,
      variables: { CONNECTION_STRINGS: composition, CONNECTION_STRINGS_SECRET: arn },
      statements: [
        ...readStatements(
          aws,
          secrets.map(([, secret]) => secret),
        ),
        {
          Sid: 'KeepStrings',
          Action: ['secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue'],
          Resource: [arn],
        },
      ],
      undeliveredEvents,
      keepsFailedEvents: false,
      retentionDays,
      tags,
    });
    this.written = new LambdaInvocation(this, 'Written', {
      functionName: this.function.function.functionName,
      input: '{}',
      triggers: { strings: composition, secret: arn },
    });
    this.references = variables.map(({ name: variable }) => [variable, keyOf(arn, variable, aws)]);
  }
}

function compositionOf(
  variables: ContainerVariables['variables'],
  secrets: ContainerVariables['secrets'],
): Composition {
  return {
    variables: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
    secrets: Object.fromEntries(secrets.map(([name, { valueFrom }]) => [name, valueFrom])),
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html */
function keyOf(arn: string, key: string, { kmsKeyArn }: AwsContext): SecretReference {
  return { store: 'secret', valueFrom: `${arn}:${key}::`, arn, keyArn: kmsKeyArn };
}
