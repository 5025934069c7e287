import type { LambdaFunction } from '@cdktf/provider-aws/lib/lambda-function';
import { Fn, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { z } from 'zod';
import { allStatements } from './access/added-statements';
import { companionProps } from './config/construct-props';
import { environmentPairs } from './config/environment';
import { parse } from './config/parse';
import { bundleFunction, type FunctionBundle } from './orchestration/function-bundle';
import { keepUndelivered, NodeFunction, WRITE_LOG } from './orchestration/node-function';
import { createZippedSource } from './orchestration/zipped-source';
import { ConfigError } from './problems/config-error';
import type { Companion, CompanionContext } from './resources/companion';
import { type ConnectSource, connect } from './resources/connect';
import { NODE_VERSIONS, type NodeVersion, runtimeOf } from './resources/function/packaging';
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

type Packaging = z.output<typeof functionProperties>['packaging'];

export type BundledFunctionProps = Pick<CompanionContext, 'stackName' | 'aws' | 'undeliveredEvents' | 'baseDir'> & {
  /** Settings of the function. Triggers connect its event sources. */
  readonly properties?: Omit<NonNullable<Config['properties']>, 'events' | 'connectTo'>;
  /** Resources that the function can access. Adds permissions and `STP_` variables. @default none */
  readonly connectTo?: readonly ConnectSource[];
  readonly existing?: Config['existing'];
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

  constructor(scope: Construct, id: string, given: BundledFunctionProps) {
    super(scope, id);
    const props = companionProps(this, given, functionResource, ['aws', 'undeliveredEvents']);
    const { aws, existing, properties } = props;
    if (existing !== undefined) {
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
    this.target = this.createFunction(props, checked);
    const { function: made, logGroup } = this.target;
    const url = checked.url?.enabled === true ? this.createUrl(made, checked.url, props) : undefined;
    this.arn = made.arn;
    this.invokeArn = made.invokeArn;
    this.params = { arn: made.arn, name: made.functionName, logGroupArn: logGroup?.arn, url };
  }

  /** The Lambda function, if the stack creates it. */
  get function(): LambdaFunction | undefined {
    return this.target?.function;
  }

  private createFunction(
    { stackName, aws, undeliveredEvents, baseDir, connectTo = [] }: BundledFunctionProps,
    given: z.output<typeof functionProperties>,
  ): NodeFunction {
    const { packaging, architecture, environment = {}, timeout, memory, storage, logging, tags } = given;
    const variables = environmentPairs(environment);
    const names = variables.map(([name]) => name);
    const { connections, problems } = connect(connectTo, aws, names, ['properties', 'environment']);
    if (problems.length > 0) throw new ConfigError(problems, this.node.path);
    if (connections.ingressRules.length > 0 || connections.secrets.length > 0) {
      const found = 'a database or a secret';
      const accepted =
        'a resource that a function can reach: functions are outside of the VPC, and their variables hold no secrets';
      const fix = 'connect a batch job to it, and the function to that job';
      throw new ConfigError([{ keys: ['connectTo'], found, accepted, fix }], this.node.path);
    }
    const version = nodeVersionOf(given);
    const bundle = this.bundle(baseDir, packaging.properties, version);
    return new NodeFunction(this, 'Function', {
      name: `${stackName}-${this.node.id}`,
      nameParts: [stackName, this.node.id],
      aws,
      description: `Function ${this.node.id} of ${stackName}`,
      archive: createZippedSource(this, bundle.text, 'function.zip', bundle.file),
      handler: bundle.handler,
      runtime: runtimeOf(version),
      architecture,
      memoryMb: memory,
      storageMb: storage === DEFAULT_STORAGE_MB ? undefined : storage,
      timeoutSeconds: timeout,
      variables: Object.fromEntries(
        [...variables, ...connections.environment].map(([name, value]) => [name, literal(value)]),
      ),
      statements: allStatements(
        {
          own: [keepUndelivered(undeliveredEvents.queue), ...connections.statements],
          added: given.iamRoleStatements,
          taken: [WRITE_LOG],
          property: ['properties', 'iamRoleStatements'],
        },
        this.node.path,
      ),
      undeliveredEvents: undeliveredEvents.queue,
      retentionDays: logging.disabled ? undefined : logging.retentionDays,
      tags: Object.keys(tags).length === 0 ? undefined : literals(tags),
    });
  }

  /** Loaded only for a function with an address. */
  private createUrl(...[target, url, { stackName }]: [LambdaFunction, FunctionUrl, BundledFunctionProps]): string {
    const { createFunctionUrl } = require('./function-url') as typeof import('./function-url');
    return createFunctionUrl(this, target, url, [stackName, this.node.id]);
  }

  private bundle(
    baseDir: string,
    { entryfilePath, handlerFunction, excludeDependencies, languageSpecificConfig = {} }: Packaging['properties'],
    nodeVersion: NodeVersion,
  ): FunctionBundle {
    const { tsConfigPath, outputModuleFormat } = languageSpecificConfig;
    const keys = ['properties', 'packaging', 'properties'];
    const [, file = '', named] = /^(.*?)(?::([\w$]+))?$/s.exec(entryfilePath) ?? [];
    if (named !== undefined && handlerFunction !== undefined && named !== handlerFunction) {
      const found = `handlerFunction ${handlerFunction}, and :${named} in entryfilePath`;
      const problem = { found, accepted: 'one name of the handler', fix: `remove it, or :${named}` };
      throw new ConfigError([{ keys: [...keys, 'handlerFunction'], ...problem }], this.node.path);
    }
    const bundle = bundleFunction(baseDir, file, {
      handlerName: named ?? handlerFunction,
      excluded: excludeDependencies,
      tsConfigPath,
      format: outputModuleFormat,
      nodeVersion,
    });
    if (!('problem' in bundle)) return bundle;
    throw new ConfigError([{ keys: [...keys, ...bundle.keys], ...bundle.problem }], this.node.path);
  }
}

/** The version of Node.js that the runtime has, or the packaging asks for. */
function nodeVersionOf({ runtime, packaging }: z.output<typeof functionProperties>): NodeVersion {
  const ofRuntime = NODE_VERSIONS.find((version) => runtimeOf(version) === runtime);
  return ofRuntime ?? packaging.properties.languageSpecificConfig?.nodeVersion ?? 24;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateAuthorizer.html */
function invokeArn(arn: string, { partition, region }: AwsContext): string {
  return `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`;
}

/** `arn:aws:lambda:<region>:<account>:function:<name>`, with an optional version or alias at the end. */
function nameOf(arn: string): string | undefined {
  return Token.isUnresolved(arn) ? Fn.element(Fn.split(':', arn), 6) : arn.split(':')[6];
}
