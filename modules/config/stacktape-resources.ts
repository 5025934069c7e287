import { suggestion } from '../problems/suggestion';
import { plainName } from './foreign-names';
import { Replacement } from './replacement';
import { asObject, valueAt } from './value-at';

/** What to do about a property: an instruction, another property, or the attributes that set it by `overrides`, by name of the Terraform resource. */
type Instead = string | Replacement | { readonly [name: string]: { readonly [attribute: string]: unknown } };

/** The property's value, and those beside it. */
type ByValue = (value: unknown, properties: { readonly [name: string]: unknown }) => Instead | undefined;

type Properties = { readonly [property: string]: Instead | ByValue };

function beside(...resources: readonly string[]): string {
  return `remove it: not part of this project. In Terraform beside it: ${resources.join(' and ')}`;
}

const OWN_FUNCTION = 'not part of this project: create the function in Terraform, and name it in existing';
const OWN_STATE_MACHINE =
  'not part of this project: add it as AWS::StepFunctions::StateMachine to cloudformationResources, or leave it, and name it in existing';
const OWN_CLUSTER = 'not part of this project: create the cluster in Terraform, and name it in existing';

/** Of the first versions of Stacktape: names of resources to connect to, and statements. */
function accessControl(value: unknown): Instead {
  const { allowAccessTo, iamRoleStatements } = asObject(value);
  const names = Array.isArray(allowAccessTo) ? allowAccessTo : [];
  const statements = iamRoleStatements === undefined ? '' : ', and move iamRoleStatements beside it';
  return new Replacement('connectTo', names, statements);
}

/** Of the first versions of Stacktape: a function's file. */
function packageConfig(value: unknown): Instead {
  const { filePath = '<file>', dependenciesToIgnore: excludeDependencies, ...others } = asObject(value);
  return packaging('js-bundle', { entryfilePath: filePath, ...given({ excludeDependencies }) }, others);
}

/** Secrets of the newest version of Stacktape are variables here. */
function containerSecrets(value: unknown): Instead {
  const variables = (Array.isArray(value) ? value : []).map((one) => {
    const { name, valueFrom } = asObject(one);
    return { name, value: String(valueFrom).replace(/^\$SsmParam\(/, '$Parameter(') };
  });
  return new Replacement('environment', variables, '. Add the variables that are there');
}

/** Of the first versions of Stacktape: an image that is built from a folder, or is there. */
function imageConfig(value: unknown): Instead {
  const { imageName, filePath, buildContextPath = '.', dockerfilePath, ...others } = asObject(value);
  if (imageName !== undefined) return packaging('prebuilt-image', { image: imageName }, others);
  if (filePath !== undefined) return packaging('stacktape-image-buildpack', { entryfilePath: filePath }, others);
  return packaging('dockerfile', { buildContextPath, ...given({ dockerfilePath }) }, others);
}

/** Names the properties that this project may have under other names. */
function packaging(type: string, properties: object, others: object): Instead {
  const names = Object.keys(others);
  const more = names.length === 0 ? '' : `. Set in its properties what ${names.join(', ')} said`;
  return new Replacement('packaging', { type, properties }, more);
}

const OTHER_LANGUAGE =
  'remove it: entry files are JavaScript, TypeScript or Python. Build other languages before synthesis, use custom-artifact, and set runtime';

const CDN = beside('aws_cloudfront_distribution');
const FIREWALL = beside('aws_wafv2_web_acl_association');

/** Of every type: `alarms` not of functions, which have them. */
export const OF_ALL_TYPES: Properties = {
  alarms: beside('aws_cloudwatch_metric_alarm'),
  disabledGlobalAlarms: 'remove it: no alarms are global here',
  dev: 'remove it: nothing runs locally in its place. a local run of a job uses the deployed resource',
  cdn: CDN,
  useFirewall: FIREWALL,
};

function throughput(value: unknown): Instead {
  const { readUnits, writeUnits, readScaling, writeScaling } = asObject(value);
  if (readScaling ?? writeScaling) return beside('aws_appautoscaling_target', 'aws_appautoscaling_policy');
  return {
    DynamoDbTable: { billing_mode: 'PROVISIONED', read_capacity: readUnits, write_capacity: writeUnits },
  };
}

function mfa(value: unknown): Instead | undefined {
  const { status, enabledTypes } = asObject(value);
  if (status === undefined) return undefined;
  if (Array.isArray(enabledTypes) && enabledTypes.includes('SMS')) return beside('aws_cognito_user_pool');
  return { UserAuthPool: { mfa_configuration: status, software_token_mfa_configuration: { enabled: true } } };
}

function email(value: unknown): Instead {
  const { sesAddressArn, from, replyToEmailAddress } = asObject(value);
  const sender = { email_sending_account: 'DEVELOPER', source_arn: sesAddressArn };
  return {
    UserAuthPool: {
      email_configuration: {
        ...(sesAddressArn !== undefined && sender),
        ...(from !== undefined && { from_email_address: from }),
        ...(replyToEmailAddress !== undefined && { reply_to_email_address: replyToEmailAddress }),
      },
    },
  };
}

/** The values that are given, by the attributes that they are of. */
function given(values: { readonly [attribute: string]: unknown }): { readonly [attribute: string]: unknown } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function invitation(value: unknown): Instead {
  const { emailMessage, emailSubject, smsMessage } = asObject(value);
  const texts = given({ email_message: emailMessage, email_subject: emailSubject, sms_message: smsMessage });
  return { UserAuthPool: { admin_create_user_config: { invite_message_template: texts } } };
}

function verificationTexts(value: unknown): Instead {
  const texts = asObject(value);
  return {
    UserAuthPool: {
      verification_message_template: given({
        email_message: texts.emailMessageUsingCode,
        email_message_by_link: texts.emailMessageUsingLink,
        email_subject: texts.emailSubjectUsingCode,
        email_subject_by_link: texts.emailSubjectUsingLink,
        sms_message: texts.smsMessage,
      }),
    },
  };
}

/** Terraform has limits of attributes as strings. */
function limit(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

function userAttribute(attribute: unknown): object {
  const one = asObject(attribute);
  const length = given({ min_length: limit(one.stringMinLength), max_length: limit(one.stringMaxLength) });
  const size = given({ min_value: limit(one.numberMinValue), max_value: limit(one.numberMaxValue) });
  return given({
    name: one.name,
    attribute_data_type: one.attributeDataType ?? 'String',
    developer_only_attribute: one.developerOnlyAttribute,
    mutable: one.mutable,
    required: one.required,
    string_attribute_constraints: Object.keys(length).length > 0 ? length : undefined,
    number_attribute_constraints: Object.keys(size).length > 0 ? size : undefined,
  });
}

function tokenValidity(token: string): ByValue {
  return (seconds) => ({
    Client: { [`${token}_token_validity`]: seconds, token_validity_units: { [`${token}_token`]: 'seconds' } },
  });
}

const HOSTED_SIGN_IN = beside('aws_cognito_user_pool_domain', 'aws_cognito_user_pool_client');

/**
 * Properties of Stacktape's resources that those of the same type here have not, by type and path. Without an entry, a property is refused
 * as in any other config: with a near name, or an attribute of Terraform of the same name.
 */
export const PROPERTIES: { readonly [type: string]: Properties } = {
  'batch-job': {
    // Of the containers of Stacktape's services. AWS Batch has only a command, which is CMD.
    'container.packaging.properties.entryPoint':
      'remove it: AWS Batch keeps the ENTRYPOINT of the image. Write another one in a Dockerfile, and use dockerfile',
    'container.imageConfig': imageConfig,
    'container.secrets': containerSecrets,
    accessControl,
  },
  function: {
    packageConfig,
    accessControl,
    ...Object.fromEntries(
      ['javaVersion', 'useMaven', 'dotnetVersion', 'projectFile', 'rubyVersion', 'phpVersion'].map((name) => [
        `packaging.properties.languageSpecificConfig.${name}`,
        OTHER_LANGUAGE,
      ]),
    ),
    deployment: 'remove it: a deployment sends all events to the new code at once',
    destinations:
      'remove it: events that fail are kept in the queue for undelivered events. Send results in the code of the function',
    provisionedConcurrency: beside('aws_lambda_alias', 'aws_lambda_provisioned_concurrency_config'),
    reservedConcurrency: (value) => ({ Function: { reserved_concurrent_executions: value } }),
    volumeMounts: OWN_FUNCTION,
  },
  'sqs-queue': {
    fifoHighThroughput: (value) =>
      value === true
        ? { SqsQueue: { deduplication_scope: 'messageGroup', fifo_throughput_limit: 'perMessageGroupId' } }
        : 'remove it',
    policyStatements: `${beside('aws_sqs_queue_policy')}, unless an event of this config sends to the queue`,
    events: beside('aws_cloudwatch_event_rule', 'aws_cloudwatch_event_target'),
  },
  'sns-topic': { smsDisplayName: (value) => ({ SnsTopic: { display_name: value } }) },
  'event-bus': { archivation: beside('aws_cloudwatch_event_archive') },
  'dynamo-db-table': { provisionedThroughput: throughput },
  'kinesis-stream': {
    enableEnhancedFanOut: 'remove it, and set autoCreateConsumer of the event',
    consumers: beside('aws_kinesis_stream_consumer'),
  },
  bucket: {
    directoryUpload: 'remove it, and run aws s3 sync after each deployment',
    autoSync: 'remove it, and run aws s3 sync after each deployment',
    enableEventBusNotifications:
      'remove it: a bucket with an s3 event sends its events to EventBridge. For others: aws_s3_bucket_notification in Terraform',
  },
  'relational-database': {
    logging: (_, { engine }) => ({
      RelationalDatabase: {
        enabled_cloudwatch_logs_exports: asObject(engine).type === 'mysql' ? ['error'] : ['postgresql'],
      },
    }),
    preferredMaintenanceWindow: (value) => ({ RelationalDatabase: { maintenance_window: value } }),
    'engine.properties.readReplicas': beside('aws_db_instance'),
    ...Object.fromEntries(
      ['instances', 'minCapacity', 'maxCapacity', 'serverlessReadersCount'].map((name) => [
        `engine.properties.${name}`,
        'remove it: only clusters of Aurora have it',
      ]),
    ),
  },
  'redis-cluster': {
    enableSharding: OWN_CLUSTER,
    numShards: OWN_CLUSTER,
    enableAutomaticFailover: 'remove it: it is on if there are replicas',
    logging: beside('aws_elasticache_replication_group'),
    port: 'remove it: clusters listen on port 6379. Read the port from STP_<NAME>_PORT',
  },
  'http-api-gateway': {
    accessLogs: 'remove it: access logs are on. logging has their settings',
    customDomains: beside('aws_apigatewayv2_domain_name', 'aws_apigatewayv2_api_mapping'),
  },
  'application-load-balancer': {
    interface: (value) =>
      value === 'internal' ? { ApplicationLoadBalancer: { internal: true } } : 'remove it: load balancers are public',
    customDomains:
      'remove it: not part of this project. Set certificateArn, and create aws_route53_record in Terraform beside it',
  },
  'user-auth-pool': {
    enableHostedUi: HOSTED_SIGN_IN,
    hostedUiDomainPrefix: HOSTED_SIGN_IN,
    hostedUiCSS: beside('aws_cognito_user_pool_ui_customization'),
    customDomain: HOSTED_SIGN_IN,
    allowedOAuthFlows: HOSTED_SIGN_IN,
    allowedOAuthScopes: HOSTED_SIGN_IN,
    callbackURLs: HOSTED_SIGN_IN,
    logoutURLs: HOSTED_SIGN_IN,
    identityProviders: beside('aws_cognito_identity_provider'),
    hooks: beside('aws_cognito_user_pool'),
    requireEmailVerification: 'remove it: it has no effect in Stacktape. Set userVerificationType',
    requirePhoneNumberVerification: 'remove it: it has no effect in Stacktape. Set userVerificationType',
    mfaConfiguration: mfa,
    emailConfiguration: email,
    allowOnlyExternalIdentityProviders: beside('aws_cognito_identity_provider', 'aws_cognito_user_pool_client'),
    inviteMessageConfig: invitation,
    userVerificationMessageConfig: verificationTexts,
    schema: (value) => ({ UserAuthPool: { schema: Array.isArray(value) ? value.map(userAttribute) : [] } }),
    accessTokenValiditySeconds: tokenValidity('access'),
    idTokenValiditySeconds: tokenValidity('id'),
    refreshTokenValidityDays: (value) => ({ Client: { refresh_token_validity: value } }),
    generateClientSecret: (value) => ({ Client: { generate_secret: value } }),
    unusedAccountValidityDays: (value) => ({
      UserAuthPool: { password_policy: { temporary_password_validity_days: value } },
    }),
    'passwordPolicy.temporaryPasswordValidityDays': (value) => ({
      UserAuthPool: { password_policy: { temporary_password_validity_days: value } },
    }),
    ...Object.fromEntries(
      ['Lowercase', 'Uppercase', 'Numbers', 'Symbols'].map((kind) => [
        `passwordPolicy.require${kind}`,
        (value: unknown): Instead => ({
          UserAuthPool: { password_policy: { [`require_${kind.toLowerCase()}`]: value } },
        }),
      ]),
    ),
  },
};

/**
 * What to do about a property of a resource that Stacktape has there: a text, or attributes for `overrides`. Undefined for others.
 *
 * @param isNear also of a property whose name is only similar
 */
export function stacktapeProperty(path: readonly PropertyKey[], root: unknown, isNear = false): Instead | undefined {
  const [resources, name, properties, ...rest] = path;
  if (
    resources === 'resources' &&
    path.length === 3 &&
    valueAt(root, [resources, name ?? '', 'type']) === 'state-machine'
  ) {
    return properties === 'properties' ? OWN_STATE_MACHINE : undefined;
  }
  if (resources !== 'resources' || properties !== 'properties') return undefined;
  const { type, properties: own } = asObject(valueAt(root, [resources, name ?? '']));
  const known: Properties = { ...commonProperties(String(type)), ...PROPERTIES[String(type)] };
  const row = known[rowOf(rest.join('.'), Object.keys(known), isNear) ?? ''];
  return typeof row === 'function' ? row(valueAt(root, path), asObject(own)) : row;
}

/** Those of {@link OF_ALL_TYPES} that a type has not here. Jobs have their own alarms, and functions those of Stacktape. */
function commonProperties(type: string): Properties {
  if (type === 'batch-job') return {};
  const { alarms: _, ...others } = OF_ALL_TYPES;
  return type === 'function' ? others : OF_ALL_TYPES;
}

/** Shorter parts of names stand in too many of them. */
const SHORTEST_PART = 6;

/** The name that a property has in Stacktape, however it is spelled, or that is near: `hostedUi` is `enableHostedUi`. */
function rowOf(key: string, names: readonly string[], isNear: boolean): string | undefined {
  const plain = plainName(key);
  const same = names.find((name) => name === key) ?? names.find((name) => plainName(name) === plain);
  // Inside another property, the same start of all names would make them similar.
  if (same !== undefined || !isNear || key.includes('.')) return same;
  const outer = names.filter((name) => !name.includes('.'));
  const part = plain.length < SHORTEST_PART ? undefined : outer.find((name) => plainName(name).includes(plain));
  return part ?? suggestion(key, outer);
}

const LEFT = 'remove it: not part of this project. Leave it in its stack';

/** Resources of Stacktape that are not part of this project, by type, and what makes them instead. */
export const TYPES: { readonly [type: string]: string } = {
  'web-service': 'aws_ecs_service',
  'private-service': 'aws_ecs_service',
  'worker-service': 'aws_ecs_service',
  'multi-container-workload': 'aws_ecs_service',
  'edge-lambda-function': 'aws_lambda_function',
  'hosting-bucket': 'aws_s3_bucket_website_configuration',
  'nextjs-web': '',
  'astro-web': '',
  'nuxt-web': '',
  'sveltekit-web': '',
  'solidstart-web': '',
  'tanstack-web': '',
  'remix-web': '',
  convex: '',
  'agentcore-runtime': '',
  'agentcore-memory': '',
  'agentcore-gateway': '',
  'agentcore-browser': '',
  'agentcore-code-interpreter': '',
  bastion: 'aws_instance',
  'network-load-balancer': 'aws_lb',
  'web-app-firewall': 'aws_wafv2_web_acl',
  'open-search-domain': 'aws_opensearch_domain',
  'mongo-db-atlas-cluster': 'mongodbatlas_advanced_cluster',
  'upstash-redis': 'upstash_redis_database',
  'upstash-kafka-topic': '',
  'custom-resource-instance': 'aws_cloudformation_stack',
  'custom-resource-definition': 'aws_cloudformation_stack',
  'deployment-script': '',
  'aws-cdk-construct': 'aws_cloudformation_stack',
  cdn: 'aws_cloudfront_distribution',
};

/** Those of them that jobs read the address of. */
const READ: ReadonlySet<string> = new Set(['open-search-domain', 'mongo-db-atlas-cluster', 'upstash-redis']);

function ofResource(type: string): string | undefined {
  if (!Object.hasOwn(TYPES, type)) return undefined;
  if (READ.has(type)) {
    return (
      `not part of this project: leave it in its stack, or make it in Terraform beside it (${TYPES[type]}). Write here ` +
      'type: existing and properties: { variables: { <name>: "<value>" } }, which jobs with connectTo get'
    );
  }
  return TYPES[type] === '' ? LEFT : `${LEFT}, or in Terraform beside it: ${TYPES[type]}`;
}

const OWN_DATABASE = 'not part of this project: create the database in Terraform, and name it in existing';

/** What to do about an unknown `type` that Stacktape has at a path: a resource, a database engine, a packaging. Undefined for others. */
export function stacktapeType(type: unknown, path: readonly PropertyKey[]): string | undefined {
  const name = String(type);
  if (path[0] !== 'resources') return undefined;
  const place = path.filter((key) => key !== 'type').at(-1);
  if (path.length <= 3) return ofResource(name);
  if (place === 'engine' && /^(aurora-|mariadb$|oracle-|sqlserver-)/.test(name)) return OWN_DATABASE;
  if (place !== 'packaging') return undefined;
  if (name === 'nixpacks') return 'write a Dockerfile and use dockerfile, or external-buildpack';
  return name === 'custom-artifact' ? 'write a Dockerfile that copies the files, and use dockerfile' : undefined;
}
