import type { LoadedConfig } from '../../../modules/stack-config/loaded-config';
import { sampleOf } from '../../local/job-event';
import { jobSampleContext } from '../../local/job-sample-context';
import { DEFAULT_REGION, jobProperties, regionOf } from '../../local/local-job';
import { ACCOUNT } from '../../local/nobodys-account';
import type { AwsEnvironment } from '../../local/placeholders';
import type { SampleEvent } from '../../model/send';
import { deployedSample } from '../../operate/start/deployed-sample';

/** The sample event that is wanted. */
export interface SampleRequest {
  readonly job: string;
  /** @default the job's first trigger */
  readonly type?: string;
  /** Position among the job's triggers of the type, from 1. @default 1 */
  readonly place?: number;
  /** Where the job is deployed. @default the sample is for a run on this machine */
  readonly deployment?: AwsEnvironment;
}

/**
 * The sample event that `local` or `start` would use.
 *
 * @throws UsageError if there is no such job or trigger
 */
export function sampleEventText(
  loaded: LoadedConfig,
  { job, type, place = 1, deployment }: SampleRequest,
): SampleEvent {
  const properties = jobProperties(loaded.config, job);
  const wanted = type === undefined ? undefined : { type, place };
  const sample =
    deployment === undefined
      ? localSample(loaded, job, properties, wanted)
      : deployedSample({ ...loaded, ...deployment }, { name: job, properties }, wanted);
  const { source, event, note } = sample;
  return { text: JSON.stringify(event, undefined, 2), source, ...(note !== undefined && { note }) };
}

function localSample(
  loaded: LoadedConfig,
  name: string,
  { events }: ReturnType<typeof jobProperties>,
  wanted: Parameters<typeof sampleOf>[1],
) {
  const region = regionOf(loaded.config, undefined) ?? DEFAULT_REGION;
  return sampleOf(
    { name, events, sampleContext: jobSampleContext(loaded, name, { region, account: ACCOUNT }) },
    wanted,
  );
}
