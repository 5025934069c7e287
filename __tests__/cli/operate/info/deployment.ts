import { Clients } from '../../../../cli/operate/aws/clients';
import { Deployment } from '../../../../cli/operate/deployment';
import { parse } from '../../../../modules/config/parse';
import { type BatchJobsConfig, batchJobsConfig } from '../../../../modules/stack-config/config';

/** Clients that never send anything. */
const CLIENTS = new Clients('eu-west-1', { accessKeyId: 'none', secretAccessKey: 'none' });

/** A config as it would be deployed. */
export function deployed(config: Partial<BatchJobsConfig>, region = 'eu-west-1'): Deployment {
  const whole = parse(batchJobsConfig, { stackName: 'shop', resources: {}, ...config, region }, 'test');
  return new Deployment('/project/batch-jobs.config.ts', whole, region, '123456789012', CLIENTS);
}
