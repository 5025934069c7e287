import { z } from 'zod';
import { across, type CheckContext, isToken, numberIn, numberOf, refuse, strict, text } from '../../config/checked';
import { connectTo } from '../../config/connect-to';
import { checkSecrets } from '../../config/environment';
import { iamRoleStatements } from '../../config/iam-statement';
import { logGroupArn } from '../../config/log-group-arn';
import { checkNames, nameValue } from '../../config/name-values';
import { tags } from '../../config/tags';
import { asObject } from '../../config/value-at';
import { formatFound, foundValue } from '../../problems/found';
import { formatCount } from '../../problems/phrases';
import { ANY_NAME, arnFix } from '../../rules/arn-fix';
import { MAX_FUNCTION_SECONDS } from '../../rules/function-timeout';
import { nodeVersionIn, pythonVersionIn, RUNTIMES, type Runtime } from '../../rules/lambda-runtimes';
import { DEFAULT_RETENTION_DAYS, RETENTION_DAYS } from '../../rules/log-retention';
import { QUOTAS } from '../../rules/quotas';
import { companionSchema } from '../companion-schema';
import { checkDurations, functionAlarms } from './alarms';
import { isBuilt, isPython, PYTHON_SETTINGS, packaging } from './packaging';
import { url } from './url';

/** Variables that Lambda reserves: https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const RESERVED_VARIABLES: readonly string[] = [
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
];

const variableName = text({
  pattern: /^[a-zA-Z]\w+$/,
  accepted: 'a name of two or more letters, digits and underscores, starting with a letter',
  fix: 'use a name such as TOKEN_ISSUER',
});

const variableValue = z.union([z.string(), z.number(), z.boolean()]);

const environment = z
  .union([
    z.array(
      nameValue({
        /** Name of the variable: letters, digits and underscores, starting with a letter. It can't be one that Lambda sets, such as `AWS_REGION`. */
        name: variableName,
        /** Value of the variable. Numbers and booleans become strings. A variable with an empty string is left out. */
        value: variableValue,
      }),
    ),
    z.record(variableName, variableValue),
  ])
  .superRefine((value, context) => checkVariables(value, context), { when: () => true });

const logging = strict({
  /** Turns the log off. @default false */
  disabled: z.boolean().default(false),
  /** Days that CloudWatch Logs keeps the records. @default 90 */
  retentionDays: numberOf(RETENTION_DAYS, 'days').default(DEFAULT_RETENTION_DAYS),
});

/** Size of `/tmp` without a setting, in MiB. */
export const DEFAULT_STORAGE_MB = 512;

/** Properties of a function that the stack creates. */
function propertiesWith<Events extends z.ZodType>(events: Events) {
  const properties = strict({
    /** Source of the code. */
    packaging,
    /** Runtime of the code: any with `custom-artifact`, else one of the file's language, with the version in `nodeVersion` or `pythonVersion` if there is one. @default that of the version, else nodejs24.x. For a Python file: the project's version, else python3.12 */
    runtime: z.enum(RUNTIMES).optional(),
    /** Processor architecture. arm64 costs a fifth less. @default arm64 */
    architecture: z.enum(['x86_64', 'arm64']).default('arm64'),
    /** Environment variables of the function. A value can be `$Secret('<name>.<key>')` or `$Parameter('<name>')`, which the function reads when it starts. @default none */
    environment: environment.optional(),
    /** Names of resources that the function uses, and `aws:ses`. The function gets permissions and `STP_` variables for them. An entry can be an object that allows less. @default none */
    connectTo: connectTo.default([]),
    /** Places the function in the VPC of the jobs, without a public address. Connecting to a database or Redis does so too. It reaches Amazon S3, the tables of Amazon DynamoDB and the secrets that it connects to, and other services and the internet only through `vpc.privateSubnets`, or through the subnets of your VPC. @default false */
    joinDefaultVpc: z.boolean().default(false),
    /** Timeout of an invocation, in seconds. An HTTP API waits 29 seconds for a response, and 10 for an authorizer's response. @default 10 */
    timeout: numberIn({ unit: 'seconds', min: 1, max: MAX_FUNCTION_SECONDS }).default(10),
    /** Memory in MiB, 128 to 10,240. CPU is in proportion: one vCPU at 1,769 MiB. @default 1024 */
    memory: numberIn({ unit: 'MiB', min: 128, max: 10_240 }).default(1024),
    /** Size of `/tmp` in MiB, 512 to 10,240. Those above 512 cost extra. @default 512 */
    storage: numberIn({ unit: 'MiB', min: 512, max: 10_240 }).default(DEFAULT_STORAGE_MB),
    /** Statements of the function's role, in addition to those of `connectTo`. @default none */
    iamRoleStatements: iamRoleStatements.default([]),
    /** Event sources that invoke the function: the same as of a job. The function returns its own answer to HTTP requests, and an event can invoke it more than once. @default none: other resources invoke it */
    events,
    /** An HTTPS address of the function, without an API. @default none */
    url: url.optional(),
    /** Where the function's output is stored. @default each property's own default */
    logging: logging.prefault({}),
    /** CloudWatch alarms of the function. @default none */
    alarms: functionAlarms.default([]),
    /** Tags of all resources of this function: a map, or a list of names and values as in Stacktape. @default none */
    tags: tags.default({}),
  });
  return across(properties, ({ runtime, packaging, alarms, timeout }, context) => {
    checkDurations(alarms, timeout, context);
    const { type, properties: code } = asObject(packaging);
    const { handler, entryfilePath, languageSpecificConfig } = asObject(code);
    if (type === 'custom-artifact') {
      if (handler !== undefined || runtime === 'provided.al2023') return;
      const fix = 'add the file and its function, such as index.js:handler';
      const finding = { found: foundValue(undefined), accepted: 'a handler, except with provided.al2023', fix };
      refuse(context, finding, ['packaging', 'properties', 'handler']);
    } else if (typeof entryfilePath === 'string' && isBuilt(entryfilePath)) {
      const language = isPython(entryfilePath) ? PYTHON : JAVASCRIPT;
      checkSettings(asObject(languageSpecificConfig), language, context);
      if (isRuntime(runtime)) checkRuntime(runtime, asObject(languageSpecificConfig), language, context);
    }
  });
}

/** A language whose code is built at synthesis. */
interface Language {
  readonly name: string;
  /** Whether a setting of `languageSpecificConfig` is for it. */
  readonly has: (setting: string) => boolean;
  /** Name of its runtimes. */
  readonly platform: string;
  /** Setting of the version. */
  readonly setting: string;
  /** The version in a runtime, as the setting has it. */
  readonly versionIn: (runtime: Runtime) => string | undefined;
}

const PYTHON: Language = {
  name: 'Python',
  has: (setting) => PYTHON_SETTINGS.includes(setting),
  platform: 'Python',
  setting: 'pythonVersion',
  versionIn: pythonVersionIn,
};

const JAVASCRIPT: Language = {
  name: 'JavaScript or TypeScript',
  has: (setting) => !PYTHON_SETTINGS.includes(setting),
  platform: 'Node.js',
  setting: 'nodeVersion',
  versionIn: (runtime) => nodeVersionIn(runtime)?.toString(),
};

function checkSettings(settings: object, { name, has }: Language, context: CheckContext): void {
  for (const setting of Object.keys(settings).filter((one) => !has(one))) {
    const other = PYTHON_SETTINGS.includes(setting) ? PYTHON.name : JAVASCRIPT.name;
    const finding = {
      found: `a setting for ${other}, of a file in ${name}`,
      accepted: `settings of ${name}`,
      fix: 'remove it',
    };
    refuse(context, finding, ['packaging', 'properties', 'languageSpecificConfig', setting]);
  }
}

function checkRuntime(
  runtime: Runtime,
  settings: { readonly [setting: string]: unknown },
  language: Language,
  context: CheckContext,
): void {
  const { platform, setting, versionIn } = language;
  const [own, version] = [versionIn(runtime), settings[setting]];
  if (own === undefined) {
    const accepted = `a runtime of ${platform}, for a file in ${language.name}`;
    const fix = 'remove it, or build the code before synthesis, and use custom-artifact';
    refuse(context, { code: 'conflict', found: foundValue(runtime), accepted, fix }, ['runtime']);
  } else if (version !== undefined && String(version) !== own && `${version}0` !== own) {
    const found = `${formatFound(runtime)} and ${setting} ${formatFound(version)}`;
    const accepted = `one version of ${platform}`;
    refuse(context, { code: 'conflict', found, accepted, fix: 'remove one of them' }, ['runtime']);
  }
}

function isRuntime(runtime: unknown): runtime is Runtime {
  return RUNTIMES.some((one) => one === runtime);
}

/** An AWS Lambda function. Takes the schema of its events, because event sources are above resources. */
export function functionSchema<Events extends z.ZodType>(events: Events) {
  return companionSchema(
    'function',
    propertiesWith(events),
    strict({
      /** ARN of the function. It must be in the stack's region. */
      arn: text({
        pattern: /^arn:[\w-]+:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/,
        orDirective: true,
        accepted: 'the ARN of a function, with an optional version or alias at its end',
        fix: (found) =>
          arnFix({ example: 'arn:aws:lambda:eu-west-1:123456789012:function:orders', name: ANY_NAME }, found),
      }),
      /** ARN of its log group. @default not known */
      logGroupArn: logGroupArn.optional(),
    }),
  );
}

/** Triggers connect the events of a construct. */
const UNKNOWN_EVENTS = z.array(z.unknown()).default([]);

/** Properties of a function that is used as a construct, whose events are triggers. */
export const functionProperties = propertiesWith(UNKNOWN_EVENTS);

/** A function that is used as a construct. */
export const functionResource = functionSchema(UNKNOWN_EVENTS);

function nameProblems(name: string) {
  if (!RESERVED_VARIABLES.includes(name)) return [];
  return [{ accepted: 'a name that Lambda does not reserve', fix: 'rename or remove it: Lambda sets this variable' }];
}

function checkVariables(value: unknown, context: CheckContext): void {
  checkNames(value, context, nameProblems);
  checkSecrets(value, context);
  const parts: unknown[] = Array.isArray(value)
    ? value.flatMap((item) => [item?.name, item?.value])
    : Object.entries(asObject(value)).flat();
  const known = parts.filter((part) => !isUnknown(part));
  const size = known.reduce<number>((sum, part) => sum + Buffer.byteLength(String(part)), 0);
  const most = QUOTAS.functionEnvironment;
  if (size <= most) return;
  const fix = 'store large values elsewhere, and set a variable to the location';
  refuse(context, {
    found: `${formatCount(size)} bytes of names and values`,
    accepted: `at most ${formatCount(most)} bytes, the maximum of Lambda`,
    fix,
  });
}

function isUnknown(part: unknown): boolean {
  return (
    (typeof part !== 'string' && typeof part !== 'number' && typeof part !== 'boolean') ||
    (typeof part !== 'boolean' && isToken(part))
  );
}

/** What others can ask of a function. */
export const FUNCTION_PARAMS = ['name', 'arn', 'logGroupArn', 'url'] as const;
