import { type Finding, formatPath } from '../problems/problem';
import { plainName } from './foreign-names';
import { valueAt } from './value-at';

/** Why a property that Terraform has is refused, and what to write instead. */
type Refusal = Pick<Finding, 'code' | 'accepted' | 'fix'>;

const NO_SECRETS = 'no secret: the stack, its plans and the config file would contain it';

function secret(fix: string): Refusal {
  return { code: 'plain-secret', accepted: NO_SECRETS, fix };
}

function renamed(name: string): Refusal {
  return { code: 'unknown-property', accepted: `${name}, its successor in Terraform`, fix: `write ${name}` };
}

const CREDENTIALS =
  'remove it, and set profile or assumeRole, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment';

/** Of the S3 backend, by their path in a config. */
const REFUSED: { readonly [path: string]: Refusal } = {
  'backend.accessKey': secret(CREDENTIALS),
  'backend.secretKey': secret(CREDENTIALS),
  'backend.token': secret('remove it, and set AWS_SESSION_TOKEN in the environment'),
  'backend.sseCustomerKey': secret('remove it, and set AWS_SSE_CUSTOMER_KEY in the environment, or set kmsKeyId'),
  'backend.assumeRoleWithWebIdentity.webIdentityToken': secret(
    'write the token to a file, and set webIdentityTokenFile',
  ),
  'backend.endpoint': renamed('endpoints.s3'),
  'backend.iamEndpoint': renamed('endpoints.iam'),
  'backend.stsEndpoint': renamed('endpoints.sts'),
  'backend.dynamodbEndpoint': renamed('endpoints.dynamodb'),
  'backend.sharedCredentialsFile': renamed('sharedCredentialsFiles'),
  'backend.forcePathStyle': renamed('usePathStyle'),
  'backend.roleArn': renamed('assumeRole.roleArn'),
  'backend.externalId': renamed('assumeRole.externalId'),
  'backend.sessionName': renamed('assumeRole.sessionName'),
  'backend.assumeRoleDurationSeconds': renamed('assumeRole.duration'),
  'backend.assumeRolePolicy': renamed('assumeRole.policy'),
  'backend.assumeRolePolicyArns': renamed('assumeRole.policyArns'),
  'backend.assumeRoleTags': renamed('assumeRole.tags'),
  'backend.assumeRoleTransitiveTagKeys': renamed('assumeRole.transitiveTagKeys'),
};

function elsewhere(fix: string): Refusal {
  const accepted = 'what batch jobs need: this is not part of this project';
  return { code: 'unknown-property', accepted, fix: `remove it, and ${fix}` };
}

/** At the top of a Stacktape config, and where it is made instead. */
const STACKTAPE: ReadonlyMap<PropertyKey, Refusal> = new Map([
  ['scripts', elsewhere('add the commands to the scripts of package.json')],
  ['hooks', elsewhere('run the commands before or after each deployment')],
  ['variables', elsewhere('write the values where they are used, or use an anchor of YAML: &name and *name')],
  ['budgetControl', elsewhere('create a budget in Terraform beside it: aws_budgets_budget')],
  ['deploymentConfig', elsewhere('see the plan before you deploy: Terraform deploys')],
  ['stackConfig', elsewhere('write tags, outputs and vpc at the top of the config')],
  ['providerConfig', elsewhere('create what other providers have in Terraform beside it')],
]);

/** Why a property of a config is refused, however it is spelled. Undefined for others. */
export function refusal(path: readonly PropertyKey[], root: unknown): Refusal | undefined {
  const [property = ''] = path;
  if (path.length === 1 && STACKTAPE.has(property)) return STACKTAPE.get(property);
  if (path[0] !== 'backend' || valueAt(root, ['backend', 'type']) !== 's3') return undefined;
  const key = plainName(formatPath(path));
  return Object.entries(REFUSED).find(([refused]) => plainName(refused) === key)?.[1];
}
