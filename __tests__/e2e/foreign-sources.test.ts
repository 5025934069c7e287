import type { BatchJobsConfig } from '../../modules/config/config';
import { describeWith, terraformAvailable, workspace } from './engines/terraform';
import { synthesize } from './synthesize';
