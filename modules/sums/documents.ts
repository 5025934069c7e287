import type { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';
import { readContainerProperties } from '../compute/container-properties';
import { formatCount } from '../problems/phrases';
import { QUOTAS } from '../rules/quotas';
import { attributesOf, knownLength } from '../terraform/known-length';
import { type ByType, type Excess, grouped } from './sum';

/** AWS's text around each permission in a function's policy. The provider generates the statement's `Sid`. */
const PERMISSION_FRAME =
  '{"Sid":"terraform-00000000000000000000000000","Effect":"Allow","Principal":{"Service":""},"Action":"","Resource":"","Condition":{"ArnLike":{"AWS:SourceArn":""}}},';

/** Added if the permission has the source's account as well as its ARN. */
const ACCOUNT_FRAME = ',"StringEquals":{"AWS:SourceAccount":""}';

const FUNCTION_ARN = 'arn:aws:lambda:::function:';

/** Other attributes in the RegisterJobDefinition request, apart from the container properties. */
const DEFINITION_FRAME =
  '{"jobDefinitionName":"","type":"container","platformCapabilities":["EC2"],"containerProperties":}';

/** Documents with a maximum size in AWS. */
export function documentExcesses(types: ByType): Excess[] {
  const of = (type: string) => types.get(type) ?? [];
  return [
    ...of('aws_batch_job_definition').flatMap(jobDefinition),
    ...of('aws_sfn_state_machine').flatMap((machine) =>
      tooLong(machine, 'definition', QUOTAS.stateMachine, {
        what: 'a state machine',
        keys: ['retryConfig', 'attempts'],
        fix: 'use fewer attempts: each is some states',
      }),
    ),
    ...of('aws_lambda_function').flatMap(functionEnvironment),
    ...of('aws_sqs_queue_policy').flatMap((policy) =>
      tooLong(policy, 'policy', QUOTAS.queuePolicy, {
        what: 'the policy of the queue',
        keys: ['policy'],
        fix: 'spread what sends to it, by onDeliveryFailure, over several queues',
      }),
    ),
    ...of('aws_sns_topic_policy').flatMap((policy) =>
      tooLong(policy, 'policy', QUOTAS.topicPolicy, {
        what: 'the policy of the topic',
        keys: ['publishers'],
        fix: 'name fewer publishers',
      }),
    ),
    ...of('aws_cloudwatch_event_bus_policy').flatMap((policy) =>
      tooLong(policy, 'policy', QUOTAS.eventBusPolicy, {
        what: 'the policy of the event bus',
        keys: ['policyStatements'],
        fix: 'allow an organization instead of each account, by aws:PrincipalOrgID',
      }),
    ),
    // The only object whose content is in the stack.
    ...of('aws_s3_object').flatMap((object) =>
      tooLong(object, 'content', QUOTAS.templateByAddress, {
        what: 'the CloudFormation template that has the images built',
        keys: [],
        fix: 'divide the jobs between stacks, or use fewer and shorter buildArgs',
      }),
    ),
    ...functionPolicies(of('aws_lambda_permission')),
    ...rolePolicies(of('aws_iam_role_policy')),
    ...of('aws_iam_policy').flatMap((policy) =>
      tooLong(policy, 'policy', QUOTAS.managedPolicy, {
        what: 'one of the managed policies that the permissions are spread over',
        keys: ['connectTo'],
        fix: 'connect to fewer resources, or spread the events over several jobs',
      }),
    ),
  ];
}

interface Wording {
  readonly what: string;
  readonly keys: readonly string[];
  readonly fix: string;
}

function tooLong(resource: TerraformResource, attribute: string, most: number, wording: Wording): Excess[] {
  const text = attributesOf(resource)[attribute];
  return typeof text === 'string' ? excess(resource, knownLength(resource, text), most, wording) : [];
}

function excess(at: IConstruct, length: number, most: number, { what, keys, fix }: Wording): Excess[] {
  if (length <= most) return [];
  const found = `${formatCount(length)} characters in ${what}`;
  return [{ at, keys, found, accepted: `at most ${formatCount(most)}`, fix }];
}

function jobDefinition(definition: TerraformResource): Excess[] {
  const { container_properties: container, name, tags = {}, retry_strategy: retry = {} } = attributesOf(definition);
  const text = `${DEFINITION_FRAME}${String(name)}${String(container)}${JSON.stringify([tags, retry])}`;
  const { environment = [] } = readContainerProperties(container) ?? {};
  return excess(definition, knownLength(definition, text), QUOTAS.jobDefinition, {
    what: `the job definition, ${formatCount(environment.length)} variables included`,
    keys: ['container', 'environment'],
    fix: 'shorten it: store long values in an S3 object or a secret that the job reads, and connect to fewer resources',
  });
}

function functionEnvironment(made: TerraformResource): Excess[] {
  const { environment } = attributesOf(made) as {
    environment?: { readonly variables?: { readonly [name: string]: unknown } };
  };
  const variables = Object.entries(environment?.variables ?? {});
  const bytes = variables.reduce((sum, [name, value]) => sum + name.length + knownLength(made, String(value)), 0);
  return excess(made, bytes, QUOTAS.functionEnvironment, {
    what: `${formatCount(variables.length)} environment variables of a function`,
    keys: ['environment'],
    fix: 'shorten them, or connect to fewer resources: each sets some',
  });
}

function functionPolicies(permissions: readonly TerraformResource[]): Excess[] {
  const byFunction = grouped(permissions, (permission) =>
    String(attributesOf(permission).function_name).replace(/\.(arn|function_name)\}$/, '}'),
  );
  return [...byFunction.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const length = group.reduce((sum, permission) => {
      const {
        principal,
        action,
        source_arn: arn,
        source_account: account,
        function_name: name,
      } = attributesOf(permission);
      const text = [principal, action, arn, account, name].filter((part) => part !== undefined).join('');
      const frame = PERMISSION_FRAME.length + FUNCTION_ARN.length + REGION_AND_ACCOUNT;
      return sum + frame + (account === undefined ? 0 : ACCOUNT_FRAME.length) + knownLength(permission, text);
    }, POLICY_FRAME);
    return excess(first, length, QUOTAS.functionPolicy, {
      what: `the policy that lets ${formatCount(group.length)} kinds of sources invoke the function`,
      keys: ['events'],
      fix: 'spread the events over several jobs, or bring the messages of several topics together in one queue',
    });
  });
}

/** `{"Version":"2012-10-17","Id":"default","Statement":[]}` */
const POLICY_FRAME = 54;

/** Characters in the function's ARN: a region of average length and 12 digits. */
const REGION_AND_ACCOUNT = 24;

function rolePolicies(policies: readonly TerraformResource[]): Excess[] {
  const byRole = grouped(policies, (policy) => String(attributesOf(policy).role));
  return [...byRole.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const length = group.reduce((sum, policy) => sum + knownLength(policy, String(attributesOf(policy).policy)), 0);
    return excess(first, length, QUOTAS.inlinePoliciesOfRole, {
      what: 'the policies of a role',
      keys: ['iamRoleStatements'],
      fix: 'say more with fewer statements: list their resources together, and use patterns such as arn:aws:s3:::reports-*',
    });
  });
}
