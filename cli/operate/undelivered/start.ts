import { executionName } from '../../../modules/orchestration/trigger/execution-name';
import { identity } from '../../../modules/orchestration/trigger/identity';
import { ignoredEvent } from '../../../modules/orchestration/trigger/ignored-event';
import { CommandFailure } from '../../command/reported-error';
import { AwsFault } from '../aws/fault';
import type { DeployedFunction, DeployedJob, Deployment } from '../deployment';
import { Payloads } from '../payload';
import { startedRun } from '../start/answer';
import { invokeFunction, invokeTrigger } from '../start/invoke';
import type { Undelivered } from './entry';
import { refuseFailure } from './function-answer';
import { RuleInputs } from './rule-inputs';
import { streamEvent } from './stream-records';

/** What an event did when it was delivered again. */
export type Outcome =
  | { readonly outcome: 'started' | 'duplicate'; readonly run: string; readonly executionArn: string }
  /** The job starts no run for such an event, for example a test event. */
  | { readonly outcome: 'ignored' };

/** Delivers events again, as their sources would have. */
export class Starts {
  private readonly inputs: RuleInputs;

  constructor(private readonly deployment: Deployment) {
    this.inputs = new RuleInputs(deployment);
  }

  /**
   * The event as the trigger function gets it, as JSON.
   *
   * @throws CommandFailure if it cannot be known
   */
  async event({ start }: Pick<Undelivered, 'start'>): Promise<string> {
    switch (start.kind) {
      case 'event':
        return start.json;
      case 'rule':
        return this.inputs.input(start.json, start.rule);
      case 'records':
        return streamEvent(this.deployment, start.batch);
      case 'none':
        throw new CommandFailure(start.why);
    }
  }

  /**
   * Starts the run of an event, or finds the one that it has started. Safe to repeat: the run's name is made of the event's ID.
   *
   * @throws CommandFailure if no run was started
   */
  async start(entry: Undelivered, job: DeployedJob): Promise<Outcome> {
    const json = await this.event(entry);
    const invocation = 'invocation' in entry.start ? entry.start.invocation : entry.messageId;
    const event: unknown = JSON.parse(json);
    const id = identity(event, { awsRequestId: invocation });
    // Each invocation of the function is another event then. Lambda's own retries keep the ID of the first, which no caller can set.
    if (id.kind === 'invocation' && ignoredEvent(event) === undefined)
      return this.startNamed(job, executionName(job.name, id), json);
    return this.trigger(job, json, event);
  }

  /**
   * Gives an event to a function, as its source would have, and waits for the end.
   *
   * @throws CommandFailure if the function failed, or could not handle all messages of a batch
   */
  async invoke(entry: Undelivered, deployed: DeployedFunction): Promise<void> {
    const json = await this.event(entry);
    refuseFailure(await invokeFunction(this.deployment, deployed, json), deployed);
  }

  private async trigger(job: DeployedJob, json: string, event: unknown): Promise<Outcome> {
    const answer = await invokeTrigger(this.deployment, job, json);
    // The function answers nothing for events that start no run.
    if (answer.functionError === undefined && ['', 'null'].includes(answer.payload)) return { outcome: 'ignored' };
    const { name, executionArn, isDuplicate } = startedRun(answer, {
      job: job.name,
      functionName: job.triggerFunctionName,
      event,
    });
    return { outcome: isDuplicate ? 'duplicate' : 'started', run: name, executionArn };
  }

  private async startNamed(job: DeployedJob, name: string, json: string): Promise<Outcome> {
    type Sfn = typeof import('@aws-sdk/client-sfn');
    const { StartExecutionCommand } = require('@aws-sdk/client-sfn') as Sfn;
    const payloads = await Payloads.of(this.deployment, job);
    const input = await payloads.inputFor(json, name);
    const { stateMachineArn } = job;
    try {
      const { executionArn = '', startDate } = await this.deployment.clients.sfn.send(
        new StartExecutionCommand({ stateMachineArn, name, input }),
      );
      const isOld = startDate !== undefined && Date.now() - startDate.getTime() > STARTED_BEFORE_MS;
      return { outcome: isOld ? 'duplicate' : 'started', run: name, executionArn };
    } catch (error) {
      if (!(error instanceof AwsFault) || error.code !== 'ExecutionAlreadyExists') throw error;
      const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
      return { outcome: 'duplicate', run: name, executionArn };
    }
  }
}

/** Step Functions answers a repeated request with the running execution and its start, by a clock that can differ from this one's. */
const STARTED_BEFORE_MS = 60_000;
