import { CommandFailure } from '../../../../cli/command/reported-error';
import { AwsFault } from '../../../../cli/operate/aws/fault';
import { iamAction } from '../../../../cli/operate/aws/iam-action';
import type { Deployment } from '../../../../cli/operate/deployment';

/** What AWS answers to a request, by the API's name of it: a response, or a function of the input. */
export type Answers = { readonly [request: string]: object | ((input: never) => object) };

const CLIENTS = {
  sfn: 'SFNClient',
  batch: 'BatchClient',
  logs: 'CloudWatchLogsClient',
  lambda: 'LambdaClient',
  sqs: 'SQSClient',
  ecs: 'ECSClient',
  autoScaling: 'AutoScalingClient',
  quotas: 'ServiceQuotasClient',
  events: 'EventBridgeClient',
  scheduler: 'SchedulerClient',
} as const;

/**
 * AWS with made-up responses, in the shapes of the API's models. A request without a response is refused, as if a permission was missing.
 */
export class FakeAws {
  /** Names of the requests, in order. */
  readonly requests: string[] = [];

  /** @param events the events of the jobs */
  constructor(
    private readonly answers: Answers,
    private readonly events: readonly object[] = [{ type: 'schedule', properties: { scheduleRate: 'rate(1 day)' } }],
  ) {}

  /** A stack with the jobs `report` and `import`. */
  deployment(): Deployment {
    const clients = Object.fromEntries(
      Object.entries(CLIENTS).map(([name, clientName]) => [
        name,
        { send: (command: SdkCommand) => this.answer(clientName, command) },
      ]),
    );
    const deployment = {
      stackName: 'reports',
      region: 'eu-west-1',
      account: '123456789012',
      undeliveredEventsName: 'reports-undelivered-events',
      config: { resources: {} },
      clients,
      arn: (service: string, resource: string) => `arn:aws:${service}:eu-west-1:123456789012:${resource}`,
      notDeployed: (what = 'Nothing') => new CommandFailure(`${what} is not deployed`),
      jobs: new Map([
        ['report', job('report', this.events)],
        ['import', job('import', this.events)],
      ]),
    };
    return deployment as unknown as Deployment;
  }

  private async answer(clientName: string, command: SdkCommand): Promise<object> {
    const name = command.constructor.name.replace(/Command$/, '');
    this.requests.push(name);
    const found = this.answers[name];
    const action = iamAction(clientName, `${name}Command`);
    if (found === undefined) {
      throw new AwsFault(`Your credentials do not allow ${action} in eu-west-1. Add it.`, 'AccessDenied', action);
    }
    return typeof found === 'function' ? (found as (input: object) => object)(command.input) : found;
  }
}

interface SdkCommand {
  readonly input: object;
}

function job(name: string, events: readonly object[]) {
  return {
    name,
    properties: {
      resources: { cpu: 2, memory: 3800, architecture: 'x86_64' },
      useSpotInstances: true,
      retryConfig: { attempts: 3 },
      events,
    },
    stateMachineName: `reports-${name}`,
    stateMachineArn: `arn:aws:states:eu-west-1:123456789012:stateMachine:reports-${name}`,
    jobDefinitionName: `reports-${name}`,
    triggerFunctionName: `reports-${name}-trigger`,
    logGroupName: `/batch-jobs/reports/${name}`,
  };
}

/** AWS's error for a thing that does not exist, or another one. */
export function fault(code: string): never {
  throw new AwsFault(`It failed (${code}). Try again.`, code, 'made:Up');
}
