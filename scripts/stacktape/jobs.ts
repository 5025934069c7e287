import { config, type Difference, job, withJob } from './difference';

const JOB = 'resources.tally.properties';

/** Of `batch-job` itself. */
export const JOBS: readonly Difference[] = [
  {
    stacktape: '`iamRoleStatements` without `Action` allows everything',
    here: 'Refused',
    change: 'List the actions',
    config: withJob({ iamRoleStatements: [{ Resource: ['*'] }] }),
    outcome: { refused: [[`${JOB}.iamRoleStatements[0].Action`, 'add it']] },
    changed: withJob({ iamRoleStatements: [{ Action: ['ses:SendEmail'], Resource: ['*'] }] }),
  },
  {
    stacktape: '`overrides` has logical ids and properties of CloudFormation',
    here: 'Terraform attributes, by the names of [Overrides](../configure/overrides.md#names)',
    change: 'Write the attribute of Terraform. The error lists the names',
    config: config({ tally: { ...job(), overrides: { TallyJobDefinition: { 'RetryStrategy.Attempts': 2 } } } }),
    outcome: { refused: [['resources.tally.overrides.TallyJobDefinition', 'did you mean "JobDefinition"?']] },
    changed: config({ tally: { ...job(), overrides: { JobDefinition: { propagate_tags: false } } } }),
  },
  {
    stacktape: '`retryIntervalSeconds: 5` with a multiplier of 2 waits 10, 20 and 30 seconds',
    here: '5, 10 and 20 seconds, as its guide says',
    change: 'Nothing, or raise the interval',
    config: withJob({ retryConfig: { attempts: 3, retryIntervalSeconds: 5, retryIntervalMultiplier: 2 } }),
    outcome: { creates: { aws_sfn_state_machine: { definition: /"Seconds":5\b.*"Seconds":10\b/ } } },
  },
  {
    stacktape: '`timeout` below 60 seconds is sent to AWS Batch, which refuses each run',
    here: 'Refused at synthesis',
    change: 'Write 60 or more',
    config: withJob({ timeout: 30 }),
    outcome: { refused: [[`${JOB}.timeout`, 'use 60 to']] },
    changed: withJob({ timeout: 60 }),
  },
  {
    stacktape: 'Fractions of a vCPU are sent to AWS Batch',
    here: 'Refused: instances give whole vCPUs',
    change: 'Write a whole number',
    config: withJob({ resources: { cpu: 0.5, memory: 512 } }),
    outcome: { refused: [[`${JOB}.resources.cpu`, 'use 1']] },
    changed: withJob({}),
  },
  {
    stacktape: 'Each job has 20 GB of storage, its guide says',
    here: 'The jobs on an instance share a volume of 100 GiB',
    change: 'For more, set `compute.rootVolumeGb`',
    config: config({ tally: job() }, { compute: { rootVolumeGb: 200 } }),
    outcome: { creates: { aws_launch_template: { block_device_mappings: [{ ebs: { volume_size: 200 } }] } } },
  },
  {
    stacktape: 'An execution that you start by hand needs the input `{ "triggerEvent": "...", "jobName": "..." }`',
    here: 'Its input is the event itself, any JSON, or none',
    change: 'Send the event alone: [start a run](../operate/runs.md)',
    config: withJob({}),
    outcome: { creates: { aws_sfn_state_machine: { definition: /^(?!.*\$\.triggerEvent)/ } } },
  },
  {
    stacktape: '`nixpacks` builds an image',
    here: 'Refused',
    change: 'Write a Dockerfile, and use `dockerfile`. Or use `external-buildpack`',
    config: withJob({ container: { packaging: { type: 'nixpacks', properties: { sourceDirectoryPath: '.' } } } }),
    outcome: { refused: [[`${JOB}.container.packaging.type`, 'write a Dockerfile and use dockerfile']] },
  },
  {
    stacktape: '`buildpack` builds an image from a folder, by Railpack',
    here: 'Refused without `entryfilePath`: it is another name of `stacktape-image-buildpack`',
    change: 'Use `external-buildpack`, which builds a folder, or write a Dockerfile, and use `dockerfile`',
    config: withJob({ container: { packaging: { type: 'buildpack', properties: { sourceDirectoryPath: '.' } } } }),
    outcome: { refused: [[`${JOB}.container.packaging.type`, 'type: "external-buildpack"']] },
  },
  {
    stacktape: '`connectTo` gives a job all object, ACL and bucket actions on a bucket',
    here: 'Reading, writing, deleting and listing objects',
    change: 'Add what else the code calls to `iamRoleStatements`',
    config: withJob({ connectTo: ['crates'] }, { crates: { type: 'bucket' } }),
    outcome: { creates: { aws_iam_role_policy: { policy: /^(?!.*\*Object).*s3:GetObject/ } } },
  },
];
