import type { LoadedConfig } from '../../../modules/stack-config/loaded-config';
import type { JobEvent } from '../../../triggers/events';
import type { WantedSample } from '../../command/event-options';
import { UsageError } from '../../command/usage-error';
import { type GivenEvent, sampleOf } from '../../local/job-event';
import { jobSampleContext } from '../../local/job-sample-context';
import type { AwsEnvironment } from '../../local/placeholders';

/** What a deployed sample is made of. */
interface SampledJob {
  readonly name: string;
  readonly properties: { readonly events: readonly JobEvent[] };
}

/**
 * A sample event for a deployed job, with the names of the deployment. Each is a new event.
 *
 * @throws UsageError if the job has no such trigger, or if a name is not known
 */
export function deployedSample(
  { file, config, region, account }: Pick<LoadedConfig, 'file' | 'config'> & AwsEnvironment,
  { name, properties: { events } }: SampledJob,
  wanted: WantedSample | undefined,
): GivenEvent {
  const sampleContext = jobSampleContext({ file, config }, name, { region, account });
  const sample = sampleOf({ name, events, sampleContext }, wanted);
  const [guess] = sampleContext.guesses;
  if (guess === undefined) return sample;
  throw new UsageError(
    `The sample event needs the name of ${guess}, which AWS chose and the config does not have. Use --event.`,
  );
}
