import type { Target } from '@aws-sdk/client-eventbridge';
import { identity } from '../../../modules/orchestration/trigger/identity';
import { reshaped } from '../../../triggers/reshaped';
import { CommandFailure } from '../../command/reported-error';
import { AwsFault } from '../aws/fault';
import type { Deployment } from '../deployment';
import type { RuleTarget } from './entry';

/** What EventBridge sends to the targets of rules, as they are now. */
export class RuleInputs {
  private readonly targets = new Map<string, Promise<readonly Target[]>>();

  constructor(private readonly deployment: Deployment) {}

  /**
   * The input of a target for an event.
   *
   * @param json the event as the bus had it. Anything else is what the target was to get, and is returned unchanged
   * @throws CommandFailure if the rule does not exist any more
   */
  async input(json: string, { ruleArn, targetArn }: RuleTarget): Promise<string> {
    const event: unknown = JSON.parse(json);
    if (identity(event, { awsRequestId: '' }).kind !== 'eventbridge') return json;
    const targets = await this.targetsOf(ruleArn);
    const target = targets.find(({ Arn }) => Arn === targetArn);
    if (target === undefined) {
      throw new CommandFailure(
        `The rule ${nameOf(ruleArn)} has no target with the function any more, which could transform the event.`,
      );
    }
    const { Input, InputPath, InputTransformer } = target;
    if (Input !== undefined) return Input;
    if (InputPath === undefined && InputTransformer === undefined) return json;
    const inputTransformer = InputTransformer && {
      inputPathsMap: InputTransformer.InputPathsMap,
      inputTemplate: InputTransformer.InputTemplate,
    };
    return JSON.stringify(reshaped(event, { inputPath: InputPath, inputTransformer }, ruleArn)) ?? 'null';
  }

  private targetsOf(ruleArn: string): Promise<readonly Target[]> {
    const targets = this.targets.get(ruleArn) ?? this.list(ruleArn);
    this.targets.set(ruleArn, targets);
    return targets;
  }

  private async list(ruleArn: string): Promise<readonly Target[]> {
    type Events = typeof import('@aws-sdk/client-eventbridge');
    const { ListTargetsByRuleCommand } = require('@aws-sdk/client-eventbridge') as Events;
    const [bus, name] = nameOf(ruleArn).includes('/') ? nameOf(ruleArn).split('/') : [undefined, nameOf(ruleArn)];
    try {
      const request = new ListTargetsByRuleCommand({ Rule: name, EventBusName: bus });
      return (await this.deployment.clients.events.send(request)).Targets ?? [];
    } catch (error) {
      if (!(error instanceof AwsFault) || error.code !== 'ResourceNotFoundException') throw error;
      return [];
    }
  }
}

/** `rule/<name>` on the default bus, `rule/<bus>/<name>` on others. */
function nameOf(ruleArn: string): string {
  return ruleArn
    .split(':')
    .slice(5)
    .join(':')
    .replace(/^rule\//, '');
}
