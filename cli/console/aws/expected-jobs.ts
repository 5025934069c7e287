import type { LoadedConfig } from '../../../modules/stack-config/loaded-config';
import { expectedJobs } from '../../operate/info/expected';
import type { ExpectedJobs } from './deployed-stack';

/** What a config would deploy to a region, as JSON. Synthesizes the config. */
export function expectedJobsOf({ file, config }: Pick<LoadedConfig, 'file' | 'config'>, region: string): ExpectedJobs {
  const jobs = expectedJobs({ file, config, region, stackName: config.stackName });
  return [...jobs].map(([job, { names, ...parts }]) => ({ job, ...parts, names: [...names] }));
}
