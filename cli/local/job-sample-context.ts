import { randomUUID } from 'node:crypto';
import type { LoadedConfig } from '../../modules/stack-config/loaded-config';
import { synthesized } from '../../modules/stack-config/synthesis-problems';
import { resolved } from '../../modules/terraform/resolved';
import type { SampleContext } from '../../triggers/sample-context';
import { type AwsEnvironment, Placeholders } from './placeholders';
import { stackSampleContext } from './stack-sample-context';
import { createStackInMemory, documentOf } from './stacks/stack-in-memory';

/** Values for a sample event of now, from a job's stack as it is in an account and region. */
export function jobSampleContext(
  { file, config }: Pick<LoadedConfig, 'file' | 'config'>,
  jobName: string,
  environment: AwsEnvironment,
): SampleContext {
  return synthesized({ file, config }, () => {
    const stack = createStackInMemory({ file, config });
    const placeholders = new Placeholders(documentOf(stack), environment);
    const fill = <T>(value: T): T => placeholders.fill(resolved(stack, value));
    return stackSampleContext(stack, config, jobName, environment, { now: () => new Date(), uuid: randomUUID }, fill);
  });
}
