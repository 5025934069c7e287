import type { CloudwatchMetricAlarm } from '@cdktf/provider-aws/lib/cloudwatch-metric-alarm';
import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { allStatements } from './access/added-statements';
import { completedVariables } from './access/completed-variables';
import type { Connections } from './access/connection';
import { type ContainerVariables, containerVariables } from './access/container-variables';
import { readStatements } from './access/secret';
import { companionProps } from './config/construct-props';
import { environmentPairs } from './config/environment';
import { parse } from './config/parse';
import type { FunctionAlarmProps } from './function-alarms';
import { createFunctionCode, type MadeCode } from './function-code';
import type { FunctionNetwork } from './function-network';
import type { DoubtedPackage } from './function-packages';
import { keepUndelivered, NodeFunction, WRITE_LOG } from './orchestration/node-function';
import { CollectedProblems } from './problems/collected-problems';
import { ConfigError } from './problems/config-error';
import { foundText, foundValue } from './problems/found';
import type { Companion, CompanionContext } from './resources/companion';
import { type ConnectSource, connect } from './resources/connect';
import {
  DEFAULT_STORAGE_MB,
  type FUNCTION_PARAMS,
  functionProperties,
  functionResource,
} from './resources/function/schema';
import type { FunctionUrl } from './resources/function/url';
import type { AwsContext } from './terraform/aws-context';
import { literal, literals } from './terraform/literal';

type Config = z.input<typeof functionResource>;

export type BundledFunctionProps = Pick<CompanionContext, 'stackName' | 'aws' | 'undeliveredEvents' | 'baseDir'> & {
  /** Settings of the function. Triggers connect its event sources. */
  readonly properties?: Omit<NonNullable<Config['properties']>, 'events' | 'connectTo' | 'alarms'>;
  /** Resources that the function can access. Adds permissions and `STP_` variables. @default none */
  readonly connectTo?: readonly ConnectSource[];
  /** CloudWatch alarms of the function. @default none */
  readonly alarms?: readonly FunctionAlarmProps[];
  readonly existing?: Config['existing'];
  /** Absolute paths of files that are never part of the code of a Python function: the config file, and what synthesis writes. @default the latter */
  readonly ownFiles?: readonly string[];
  /** Network of the function, if it connects to a database or has `joinDefaultVpc`. @default none */
  readonly network?: CompanionContext['network'];
};

/**
 * A function whose code is bundled at synthesis, or an existing one.
 *
 * @throws ConfigError with all problems of the properties, or if its code cannot be bundled.
 *
 * @example
 * import type { TerraformStack } from 'cdktf';
 * import type { BatchPlatform } from 'cdktf-batch-jobs';
 * import { BundledFunction } from 'cdktf-batch-jobs/resources';
 *
 * declare const stack: TerraformStack;
 * declare const platform: BatchPlatform;
 * new BundledFunction(stack, 'authorize', {
 *   ...platform.context,
 *   properties: { packaging: { type: 'stacktape-lambda-buildpack', properties: { entryfilePath: 'authorize.ts' } } },
 * });
 */
export class BundledFunction extends Construct implements Companion<'function'> {
  readonly type = 'function';
  readonly arn: string;
  /** The ARN that API Gateway uses to invoke it. */
  readonly invokeArn: string;
  readonly params: Companion<'function', typeof FUNCTION_PARAMS>['params'];
  /** The function, if the stack creates it, as the target of triggers. */
  readonly target?: NodeFunction;
  /** Its alarms, in the order of the property. */
  readonly alarms: readonly CloudwatchMetricAlarm[];
  private doubted: readonly DoubtedPackage[] = [];

  constructor(scope: Construct, id: string, given: BundledFunctionProps) {
    super(scope, id);
    const props = companionProps(this, given, functionResource, ['aws', 'undeliveredEvents']);
    const { aws, existing, properties } = props;
    if (existing !== undefined) {
      this.alarms = [];
      this.arn = existing.arn;
      this.invokeArn = invokeArn(existing.arn, aws);
      this.params = {
        arn: existing.arn,
        name: nameOf(existing.arn),
        logGroupArn: existing.logGroupArn,
        url: undefined,
      };
      return;
    }
    const checked = parse(functionProperties, properties, this.node.path);
    const problems = new CollectedProblems();
    this.target = this.createFunction(props, checked, problems);
    const { function: made, logGroup } = this.target;
    problems.attempt(() => this.refuseAlarms(props, checked));
    this.alarms = problems.any ? [] : this.createAlarms(made, props, checked);
    const url = checked.url?.enabled === true ? this.createUrl(made, checked.url, props) : undefined;
    this.arn = made.arn;
    this.invokeArn = made.invokeArn;
    this.params = { arn: made.arn, name: made.functionName, logGroupArn: logGroup?.arn, url };
    problems.report(this.node.path);
  }

  /** The Lambda function, if the stack creates it. */
  get function(): LambdaFunction | undefined {
    return this.target?.function;
  }

  /** Packages in the bundle of its code that might not work there, and why. */
  get doubtedPackages(): readonly DoubtedPackage[] {
    return this.doubted;
  }

  private createFunction(
    props: BundledFunctionProps,
    given: z.output<typeof functionProperties>,
    problems: CollectedProblems,
  ): NodeFunction {
    const { stackName, aws, undeliveredEvents, baseDir, ownFiles, connectTo = [] } = props;
    const { architecture, environment = {}, timeout, memory, storage, logging, tags } = given;
    const place = ['properties', 'environment'];
    const names = environmentPairs(environment).map(([name]) => name);
    const { connections, problems: unconnected } = connect(connectTo, aws, names, place);
    problems.attempt(() => {
      if (unconnected.length > 0) throw new ConfigError(unconnected, this.node.path);
    });
    const { variables, secrets } = problems.attempt(() =>
      containerVariables(aws, environment, connections, this.node.path, place),
    ) ?? { variables: [], secrets: [] };
    const joined = problems.attempt(() => this.join(props, given, connections, secrets));
    const { doubted = [], ...code } =
      problems.attempt(() => createFunctionCode(this, { baseDir, ownFiles }, given, secrets.length > 0)) ?? NO_CODE;
    this.doubted = doubted;
    const statements = problems.attempt(() =>
      allStatements(
        {
          own: [
            keepUndelivered(undeliveredEvents.queue),
            ...connections.statements,
            ...readStatements(
              aws,
              secrets.map(([, secret]) => secret),
            ),
            ...(joined?.statements ?? []),
          ],
          added: given.iamRoleStatements,
          taken: [WRITE_LOG],
          property: ['properties', 'iamRoleStatements'],
        },
        this.node.path,
      ),
    );
    return new NodeFunction(this, 'Function', {
      name: `${stackName}-${this.node.id}`,
      nameParts: [stackName, this.node.id],
      aws,
      description: `Function ${this.node.id} of ${stackName}`,
      ...code,
      architecture,
      memoryMb: memory,
      storageMb: storage === DEFAULT_STORAGE_MB ? undefined : storage,
      timeoutSeconds: timeout,
      variables: literalVariables(completedVariables(variables, connections.completed), secrets),
      network: joined?.network,
      needs: joined?.endpoints,
      statements: statements ?? [],
      undeliveredEvents: undeliveredEvents.queue,
      retentionDays: logging.disabled ? undefined : logging.retentionDays,
      tags: Object.keys(tags).length === 0 ? undefined : literals(tags),
    });
  }

  /** Undefined for a function that is outside of the network. */
  private join(
    { stackName, aws, network }: BundledFunctionProps,
    { joinDefaultVpc }: z.output<typeof functionProperties>,
    { ingressRules, gatewayEndpoints }: Pick<Connections, 'ingressRules' | 'gatewayEndpoints'>,
    secrets: ContainerVariables['secrets'],
  ): FunctionNetwork | undefined {
    if (!joinDefaultVpc && ingressRules.length === 0) return undefined;
    if (network === undefined) {
      const accepted = 'a network, such as platform.network: the function is in it';
      const problem = { found: foundValue(undefined), accepted, fix: 'add network' };
      throw new ConfigError([{ keys: ['network'], ...problem }], this.node.path);
    }
    const readsSecrets = secrets.some(([, { store }]) => store === 'secret');
    const services = [...(readsSecrets ? (['secretsmanager'] as const) : []), ...gatewayEndpoints];
    // Loaded only if needed: most functions are outside.
    const { joinNetwork } = require('./function-network') as typeof import('./function-network');
    return joinNetwork(this, { stackName, name: this.node.id, aws, network, ingressRules, services });
  }

  private refuseAlarms({ alarms = [] }: BundledFunctionProps, given: z.output<typeof functionProperties>): void {
    if (alarms.length > 0) functionAlarmParts().checkedAlarms(alarms, this.node.path);
    else if (given.alarms.length > 0) {
      const accepted = 'alarms beside properties, whose notificationTargets are objects';
      const problem = { found: foundText('alarms in properties'), accepted, fix: 'move it out of properties' };
      throw new ConfigError([{ keys: ['properties', 'alarms'], ...problem }], this.node.path);
    }
  }

  private createAlarms(
    { functionName }: LambdaFunction,
    { alarms = [], stackName, aws }: BundledFunctionProps,
    given: z.output<typeof functionProperties>,
  ): CloudwatchMetricAlarm[] {
    if (alarms.length === 0) return [];
    const tags = Object.keys(given.tags).length === 0 ? undefined : literals(given.tags);
    return functionAlarmParts().createFunctionAlarms(this, alarms, {
      stackName,
      aws,
      tags,
      name: this.node.id,
      functionName,
    });
  }

  /** Loaded only for a function with an address. */
  private createUrl(...[target, url, { stackName }]: [LambdaFunction, FunctionUrl, BundledFunctionProps]): string {
    const { createFunctionUrl } = require('./function-url') as typeof import('./function-url');
    return createFunctionUrl(this, target, url, [stackName, this.node.id]);
  }
}

/** Stands for code with problems, while the rest of the function is looked at. */
const NO_CODE: MadeCode = {
  archive: { outputPath: '', outputBase64Sha256: '' },
  handler: '',
  runtime: 'nodejs24.x',
};

/** Loaded only for a function with alarms. */
function functionAlarmParts() {
  return require('./function-alarms') as typeof import('./function-alarms');
}

/** The variables, with references to secrets, and the variable that lists the names of these for the function's start. */
function literalVariables(
  variables: ContainerVariables['variables'],
  secrets: ContainerVariables['secrets'],
): { readonly [name: string]: string } {
  const references = secrets.map(([name, { valueFrom }]) => ({ name, value: valueFrom }));
  const listed = secrets.length === 0 ? [] : [{ name: 'STP_SECRETS', value: secrets.map(([name]) => name).join(' ') }];
  return Object.fromEntries([...variables, ...references, ...listed].map(({ name, value }) => [name, literal(value)]));
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
function invokeArn(arn: string, { partition, region }: AwsContext): string {
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

/** `arn:aws:lambda:<region>:<account>:function:<name>`, with an optional version or alias at the end. */
function nameOf(arn: string): string | undefined {
  return Token.isUnresolved(arn) ? Fn.element(Fn.split(':', arn), 6) : arn.split(':')[6];
}
