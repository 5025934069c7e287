import { counted } from '../../modules/problems/phrases';
import { PROTECTED_TAG } from '../../modules/rules/protected-types';
import { containerFacts } from './container-facts';
import { listOf, type ResourceChange, same, type Values, valuesInJson, valuesOf } from './plan-document';
import { stateMachineFacts } from './state-machine-facts';

/**
 * What the change of a resource in place means, in terms of the config. Empty if only the names of its arguments can be told, or if the
 * values are known only after the deployment.
 */
export function partFacts(type: string, path: readonly string[], change: ResourceChange['change']): string[] {
  return [...argumentFacts(type, path, change), ...protectionFacts(change)];
}

function argumentFacts(type: string, path: readonly string[], change: ResourceChange['change']): string[] {
  const [before, after] = [valuesOf(change.before), valuesOf(change.after)];
  const inJson = (argument: string, facts: (from: Values, to: Values) => string[]) => {
    const [from, to] = [valuesInJson(before[argument]), valuesInJson(after[argument])];
    return from === undefined || to === undefined ? [] : facts(from, to);
  };
  switch (type) {
    case 'aws_batch_job_definition':
      return [
        ...inJson('container_properties', containerFacts),
        ...(same(before.retry_strategy, after.retry_strategy) ? [] : ['other restarts after a Spot interruption']),
      ];
    case 'aws_sfn_state_machine':
      return inJson('definition', stateMachineFacts);
    case 'aws_iam_role_policy':
      return path[0] === 'JobRole' ? ['other permissions'] : [];
    case 'aws_cloudwatch_log_group':
      return same(before.retention_in_days, after.retention_in_days)
        ? []
        : [`logs are kept ${daysText(after.retention_in_days)} (was ${daysText(before.retention_in_days)})`];
    case 'aws_batch_compute_environment':
      return movesInstances(before, after) ? ['instances are replaced; runs on them have up to six hours'] : [];
    default:
      return [];
  }
}

/** `protect` shows in a tag, and in a setting of Terraform that no plan has. */
function protectionFacts({ before, after }: ResourceChange['change']): string[] {
  const [was, is] = [before, after].map((values) => PROTECTED_TAG in valuesOf(valuesOf(values).tags));
  if (was === is) return [];
  return [is ? 'protected from now on: no deployment deletes or replaces it' : 'no longer protected'];
}

/** 0 means that records never expire. */
function daysText(days: unknown): string {
  return days ? counted(Number(days), 'day') : 'indefinitely';
}

/** Arguments that AWS Batch changes without new instances. */
const SCALING = ['min_vcpus', 'max_vcpus', 'desired_vcpus'];

/**
 * Whether AWS Batch replaces the instances of a compute environment.
 *
 * @see https://docs.aws.amazon.com/batch/latest/userguide/infrastructure-updates.html
 */
function movesInstances(before: Values, after: Values): boolean {
  const [[from = {}], [to = {}]] = [listOf(before.compute_resources), listOf(after.compute_resources)];
  return [...new Set([...Object.keys(from), ...Object.keys(to)])].some(
    (argument) => !SCALING.includes(argument) && !same(from[argument], to[argument]),
  );
}
