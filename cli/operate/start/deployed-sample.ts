import { randomUUID } from 'node:crypto';
import { synthesized } from '../../../modules/config/synthesis-problems';
import { resolved } from '../../../modules/resolved';
import type { WantedSample } from '../../event-options';
import { type GivenEvent, sampleOf } from '../../local/job-event';
import { Placeholders } from '../../local/placeholders';
import { surroundingsOf } from '../../local/sample-events/stack-surroundings';
import { documentOf, stackInMemory } from '../../local/stack-in-memory';
import { UsageError } from '../../usage-error';
import type { DeployedJob, Deployment } from '../deployment';

/**
 * A sample event for a deployed job, with the names of the deployment. Each is a new event.
 *
 * @throws UsageError if the job has no such trigger, or if a name is not known
 */
export function deployedSample(
  deployment: Deployment,
  { name, properties: { events } }: DeployedJob,
  wanted: WantedSample | undefined,
): GivenEvent {
  const { file, config, region, account } = deployment;
  const surroundings = synthesized({ file, config }, () => {
    const stack = stackInMemory({ file, config });
    const placeholders = new Placeholders(documentOf(stack), { region, account });
    const fill = <T>(value: T): T => placeholders.fill(resolved(stack, value));
    return surroundingsOf(stack, config, name, { region, account }, { now: () => new Date(), uuid: randomUUID }, fill);
  });
  const sample = sampleOf({ name, events, surroundings }, wanted);
  const [guess] = surroundings.guesses;
  if (guess === undefined) return sample;
  throw new UsageError(
    `The sample event needs the name of ${guess}, which AWS chose and the config does not have. Use --event.`,
  );
}
