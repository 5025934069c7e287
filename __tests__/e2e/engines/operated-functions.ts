import { TriggerProcess } from '../../orchestration/trigger/trigger-process';
import { type AwsAnswer, failure, jsonAnswer } from './aws-answer';
import type { AwsRequest, RawRequest } from './aws-request';
import type { AppliedResource } from './terraform';

/** A function as it is deployed. */
interface DeployedFunction {
  readonly configuration: Readonly<Record<string, unknown>> & {
    readonly FunctionName: string;
    readonly FunctionArn: string;
  };
  readonly variables: Readonly<Record<string, string>>;
  readonly reserved?: number;
  /** Its bundled code. */
  readonly code: string;
}

/** Lambda of a placed stack: its functions are processes that run the bundles. moto's Lambda would need Docker. */
export class OperatedFunctions {
  private readonly functions: ReadonlyMap<string, DeployedFunction>;
  private readonly mappings: readonly Readonly<Record<string, unknown>>[];
  private readonly processes = new Map<string, TriggerProcess>();

  /**
   * @param codeOf the bundled code of a function, by the path of its archive
   * @param environment what Lambda's own variables are: the region, keys, and here the endpoint
   */
  constructor(
    resources: readonly AppliedResource[],
    codeOf: (archive: string) => string,
    private readonly environment: Readonly<Record<string, string>>,
  ) {
    const functions = resources.filter(({ type }) => type === 'aws_lambda_function');
    this.functions = new Map(
      functions.map(({ values }) => {
        const [environment] = (values.environment ?? []) as { variables: Record<string, string> }[];
        const variables = environment?.variables ?? {};
        const configuration = {
          FunctionName: String(values.function_name),
          FunctionArn: String(values.arn),
          Runtime: values.runtime,
          Role: values.role,
          Handler: values.handler,
          Description: values.description,
          Timeout: values.timeout,
          MemorySize: values.memory_size,
          CodeSha256: values.source_code_hash,
          Architectures: values.architectures,
          LastModified: '2026-11-26T08:00:00.000+0000',
          State: 'Active',
          LastUpdateStatus: 'Successful',
          PackageType: 'Zip',
          Version: '$LATEST',
          ...(Object.keys(variables).length > 0 && { Environment: { Variables: variables } }),
        };
        const reserved = (values.reserved_concurrent_executions as number | null) ?? undefined;
        const code = codeOf(String(values.filename));
        return [configuration.FunctionName, { configuration, variables, reserved, code }];
      }),
    );
    this.mappings = resources.filter(({ type }) => type === 'aws_lambda_event_source_mapping').map(mapping);
  }

  /** What Lambda answers a request. */
  async answer(request: AwsRequest, { url, headers, body }: RawRequest): Promise<AwsAnswer> {
    const { action, resource } = request;
    if (action === 'lambda:ListEventSourceMappings') return this.listed(new URL(url, 'http://aws').searchParams);
    const name = resource.split(':')[6] ?? '';
    const found = this.functions.get(name);
    if (found === undefined)
      return failure(request, 404, 'ResourceNotFoundException', `Function not found: ${resource}`);
    switch (action) {
      case 'lambda:GetFunctionConfiguration':
        return jsonAnswer(found.configuration);
      case 'lambda:GetFunction':
        return jsonAnswer({ Configuration: found.configuration, Code: { RepositoryType: 'S3' }, Tags: {} });
      case 'lambda:GetFunctionConcurrency':
        return jsonAnswer({ ReservedConcurrentExecutions: found.reserved });
      case 'lambda:InvokeFunction': {
        const isEvent = headers['x-amz-invocation-type'] === 'Event';
        const invoked = this.invoke(name, found, body.toString() || '{}');
        return isEvent ? { status: 202, headers: {}, body: '' } : invoked;
      }
      default:
        return failure(request, 400, 'InvalidParameterValueException', `${action} is not emulated`);
    }
  }

  async stop(): Promise<void> {
    await Promise.all([...this.processes.values()].map((process) => process.stop()));
  }

  private async invoke(name: string, { code, variables }: DeployedFunction, event: string): Promise<AwsAnswer> {
    const process = this.processes.get(name) ?? new TriggerProcess(code);
    this.processes.set(name, process);
    const { result, error } = await process.invokeText(event, { variables: { ...this.environment, ...variables } });
    const version = { 'x-amz-executed-version': '$LATEST' };
    if (error === undefined) return jsonAnswer(result ?? null, 200, version);
    const failed = { errorType: error.name, errorMessage: error.message, trace: [] };
    return jsonAnswer(failed, 200, { ...version, 'x-amz-function-error': 'Unhandled' });
  }

  private listed(query: URLSearchParams): AwsAnswer {
    const name = query.get('FunctionName')?.split(':').at(-1);
    const source = query.get('EventSourceArn');
    const EventSourceMappings = this.mappings.filter(
      ({ FunctionArn, EventSourceArn }) =>
        (name === undefined || String(FunctionArn).endsWith(`:${name}`)) &&
        (source === null || EventSourceArn === source),
    );
    return jsonAnswer({ EventSourceMappings });
  }
}

function mapping({ values }: AppliedResource): Readonly<Record<string, unknown>> {
  const [destination] = (values.destination_config ?? []) as { on_failure: { destination_arn: string }[] }[];
  const onFailure = destination?.on_failure[0]?.destination_arn;
  return {
    UUID: values.uuid,
    EventSourceArn: values.event_source_arn,
    FunctionArn: values.function_name,
    BatchSize: values.batch_size,
    State: 'Enabled',
    StartingPosition: values.starting_position ?? undefined,
    ...(onFailure !== undefined && { DestinationConfig: { OnFailure: { Destination: onFailure } } }),
  };
}
