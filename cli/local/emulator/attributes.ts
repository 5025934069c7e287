import { partitionOf } from '../../../modules/rules/partitions';

/** The environment of resources that are not deployed. */
export interface EmulatedEnvironment {
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
}

/** Arguments of a Terraform resource by which its name is found, filled in. */
export type Argument = (name: string) => string | undefined;

interface Shape {
  readonly name: (argument: Argument) => string | undefined;
  /** Attributes that follow from the name. */
  readonly attributes: (name: string, environment: EmulatedEnvironment) => { readonly [attribute: string]: string };
}

const byName = (argument: Argument) => argument('name');

/** Terraform's types of resources that an emulator can have, and what their names tell. */
const SHAPES: { readonly [type: string]: Shape } = {
  aws_s3_bucket: {
    // Terraform adds random characters to a prefix.
    name: (argument) => argument('bucket') ?? argument('bucket_prefix')?.replace(/-+$/, ''),
    attributes: (name, { region }) => ({ bucket: name, id: name, arn: `arn:${partitionOf(region)}:s3:::${name}` }),
  },
  aws_sqs_queue: {
    name: byName,
    attributes: (name, environment) => {
      const url = `${environment.endpoint}/${environment.account}/${name}`;
      return { arn: arn('sqs', name, environment), url, id: url };
    },
  },
  aws_sns_topic: { name: byName, attributes: (name, environment) => byArn(arn('sns', name, environment)) },
  aws_kinesis_stream: {
    name: byName,
    attributes: (name, environment) => byArn(arn('kinesis', `stream/${name}`, environment)),
  },
  aws_dynamodb_table: {
    name: byName,
    attributes: (name, environment) => ({ id: name, arn: arn('dynamodb', `table/${name}`, environment) }),
  },
  aws_cloudwatch_event_bus: {
    name: byName,
    attributes: (name, environment) => ({ id: name, arn: arn('events', `event-bus/${name}`, environment) }),
  },
  aws_cloudwatch_log_group: {
    name: byName,
    attributes: (name, environment) => ({ id: name, arn: arn('logs', `log-group:${name}`, environment) }),
  },
  aws_lambda_function: {
    name: (argument) => argument('function_name'),
    attributes: (name, environment) => ({ id: name, arn: arn('lambda', `function:${name}`, environment) }),
  },
  aws_sfn_state_machine: {
    name: byName,
    attributes: (name, environment) => byArn(arn('states', `stateMachine:${name}`, environment)),
  },
};

function byArn(value: string) {
  return { arn: value, id: value };
}

function arn(service: string, resource: string, { region, account }: EmulatedEnvironment): string {
  return `arn:${partitionOf(region)}:${service}:${region}:${account}:${resource}`;
}

/** What an attribute of a resource would be in an emulator; undefined if its name doesn't tell. */
export function emulatedAttribute(
  type: string,
  attribute: string,
  argument: Argument,
  environment: EmulatedEnvironment,
): string | undefined {
  const shape = Object.hasOwn(SHAPES, type) ? SHAPES[type] : undefined;
  const name = shape?.name(argument);
  if (shape === undefined || name === undefined) return undefined;
  const attributes = shape.attributes(name, environment);
  return Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
}
