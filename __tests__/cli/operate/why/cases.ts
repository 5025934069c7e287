import type { Facts } from '../../../../cli/operate/why/facts';
import { attempt, failed, idle, minutesAgo, RUN, runnable, running, story } from './sample-facts';

/**
 * Where a case's message comes from. `documented`: a page of AWS has it word by word. `reported`: users have reported it, with the names
 * changed. `made`: the state is made of values that the API's model allows, because no source shows the message.
 */
export type Origin = 'documented' | 'reported' | 'made';

export type Case = readonly [code: string, origin: Origin, facts: Facts];

const blocked = (statusReason: string) => runnable({ batchJob: { statusReason } });
const invalid = (statusReason: string) => runnable({ environment: { status: 'INVALID', statusReason } });
const launch = (message: string, more: object = {}) =>
  runnable({ environment: { launchFailure: { at: minutesAgo(1), message }, desiredVcpus: 2, ...more } });
const starting = (container: string) => failed({ reason: 'Task failed to start', container });
const QUOTA = {
  code: 'L-34B43A08',
  name: 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests',
  vcpus: 64,
};
const lastEvent = (outcome: 'duplicate' | 'ignored' | 'failed', more: object) =>
  idle({ lastEvent: { at: minutesAgo(3), outcome, ...more } });

/** A run of a hundred items, one of which ran out of memory: the run's reason says so, but more memory for all is not its answer. */
function itemsFailed(): Facts {
  const failures = [{ index: 17, reason: 'OutOfMemoryError: Container killed due to memory usage (exit code 137)' }];
  const counts = { waiting: 0, running: 0, succeeded: 99, failed: 1 };
  const facts = failed({ reason: '1 of 100 items failed: item 17 (OutOfMemoryError: Container killed)' });
  const told = facts.run?.story ?? story();
  const items = { count: 100, counts, failures };
  return { ...facts, run: { name: RUN, story: { ...told, error: 'ItemsFailed', items } } };
}

/** At least one case for each reason. */
export const CASES: readonly Case[] = [
  ['items-failed', 'made', itemsFailed()],
  // https://docs.aws.amazon.com/batch/latest/userguide/job_stuck_in_runnable.html
  [
    'blocked-max-vcpus',
    'documented',
    blocked(
      'MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE - CE(s) associated with the job queue cannot meet the CPU requirement of the job.',
    ),
  ],
  [
    'blocked-job-too-large',
    'documented',
    blocked(
      'MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT - The job resource requirement (vCPU/memory/GPU) is higher than that can be met by the CE(s) attached to the job queue.',
    ),
  ],
  [
    'blocked-instance-configuration',
    'documented',
    blocked(
      'MISCONFIGURATION:EC2_INSTANCE_CONFIGURATION_UNSUPPORTED - Your compute environment associated with this job queue has an unsupported instance type configuration.',
    ),
  ],
  [
    'blocked-service-role',
    'documented',
    blocked('MISCONFIGURATION:SERVICE_ROLE_PERMISSIONS – Batch service role has a permission issue.'),
  ],
  [
    'blocked-no-capacity',
    'documented',
    blocked(
      'CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY - Service cannot fulfill the capacity requested for instance type [c6i.large]',
    ),
  ],
  [
    'blocked-invalid-environment',
    'documented',
    blocked('ACTION_REQUIRED - CE(s) associated with the job queue are invalid.'),
  ],
  ['blocked-undetermined', 'documented', blocked('UNDETERMINED - Batch job is blocked, root cause is undetermined.')],
  ['blocked-other', 'made', blocked('MISCONFIGURATION:SOMETHING_NEW - a reason that this version does not know.')],

  // https://docs.aws.amazon.com/batch/latest/userguide/invalid_compute_environment.html
  [
    'environment-service-role-missing',
    'documented',
    invalid(
      'CLIENT_ERROR - Not authorized to perform sts:AssumeRole (Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; Request ID: dc0e2d28-2e99-11e7-b372-7fcc6fb65fe7)',
    ),
  ],
  [
    'environment-service-role-missing',
    'reported',
    invalid(
      'CLIENT_ERROR - User: batch.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/deleted (Service: AWSSecurityTokenService; Status Code: 403; Error Code: AccessDenied; Request ID: c47af09e; Proxy: null)',
    ),
  ],
  [
    'environment-spot-fleet-role',
    'documented',
    invalid(
      'CLIENT_ERROR - Parameter: SpotFleetRequestConfig.IamFleetRole is invalid. (Service: AmazonEC2; Status Code: 400; Error Code: InvalidSpotFleetRequestConfig; Request ID: 331205f0-5ae3-4cea-bac4-897769639f8d) Parameter: SpotFleetRequestConfig.IamFleetRole is invalid',
    ),
  ],
  [
    'environment-spot-service-role',
    'made',
    invalid(
      'CLIENT_ERROR - The provided credentials do not have permission to create the service-linked role for EC2 Spot Instances. (Error Code: AuthFailure.ServiceLinkedRoleCreationNotPermitted)',
    ),
  ],
  [
    'environment-pass-role',
    'made',
    invalid(
      'CLIENT_ERROR - User: arn:aws:sts::123456789012:assumed-role/AWSServiceRoleForBatch/aws-batch is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role/instances',
    ),
  ],
  [
    'environment-service-role-permission',
    'documented',
    invalid(
      'CLIENT_ERROR - User: arn:aws:sts::123456789012:assumed-role/batch-replacement-role/aws-batch is not authorized to perform: ecs:DescribeClusters on resource: arn:aws:ecs:eu-west-1:123456789012:cluster/AWSBatch-reports',
    ),
  ],
  ['environment-service-role-permission', 'made', invalid('CLIENT_ERROR - UnauthorizedOperation')],
  ['environment-instance-profile', 'reported', invalid('CLIENT_ERROR - Invalid IamInstanceProfile: ecsInstanceRole')],
  [
    'environment-user-data',
    'reported',
    invalid('CLIENT_ERROR - Launch Template UserData is not MIME multipart format'),
  ],
  [
    'environment-security-group-vpc',
    'reported',
    invalid(
      'CLIENT_ERROR - One or more security groups in the launch template are not linked to the VPCs configured in the Auto Scaling group',
    ),
  ],
  [
    'environment-security-group-vpc',
    'reported',
    invalid(
      'CLIENT_ERROR - One or more security groups in the launch configuration are not linked to the VPCs configured in the Auto Scaling group',
    ),
  ],
  [
    'environment-security-group',
    'made',
    invalid(
      "CLIENT_ERROR - The security group 'sg-0a1b2c3d' does not exist (Service: AmazonAutoScaling; Error Code: ValidationError)",
    ),
  ],
  [
    'environment-subnet',
    'made',
    invalid("CLIENT_ERROR - The subnet ID 'subnet-0a1b2c3d' does not exist (Error Code: InvalidSubnetID.NotFound)"),
  ],
  [
    'environment-key-pair',
    'reported',
    invalid(
      "CLIENT_ERROR - You must use a valid fully-formed launch template. The key pair 'operators' does not exist",
    ),
  ],
  [
    'environment-machine-image',
    'made',
    invalid(
      "CLIENT_ERROR - You must use a valid fully-formed launch template. The image id '[ami-0a1b2c3d]' does not exist",
    ),
  ],
  ['environment-placement-group', 'made', invalid("CLIENT_ERROR - The placement group 'cluster' does not exist")],
  ['environment-instance-type', 'made', invalid('CLIENT_ERROR - Instance type can only be one of [c5, c5.large, m5]')],
  ['environment-auto-scaling-group', 'made', invalid('CLIENT_ERROR - AutoScalingGroup name not found - null')],
  [
    'environment-launch-template',
    'made',
    invalid("CLIENT_ERROR - The launch template 'lt-0a1b2c3d' does not exist, or its version 3 does not"),
  ],
  ['environment-cluster', 'reported', invalid('CLIENT_ERROR - Clusters can not be blank.')],
  [
    'environment-cluster',
    'made',
    invalid('CLIENT_ERROR - Cluster not found. (Service: AmazonECS; Error Code: ClusterNotFoundException)'),
  ],
  [
    'environment-throttled',
    'made',
    invalid('CLIENT_ERROR - Rate exceeded (Service: AmazonEC2; Error Code: RequestLimitExceeded)'),
  ],
  [
    'environment-quota',
    'made',
    invalid('CLIENT_ERROR - You have reached the maximum number of things (Error Code: LimitExceeded)'),
  ],
  ['environment-internal-error', 'made', invalid('INTERNAL_ERROR - An internal error has occurred')],
  ['environment-invalid', 'made', invalid('CLIENT_ERROR - something else')],
  ['environment-invalid', 'made', runnable({ environment: { status: 'INVALID' } })],
  ['environment-disabled', 'made', runnable({ environment: { state: 'DISABLED' } })],
  ['environment-creating', 'made', runnable({ environment: { status: 'CREATING' } })],
  ['environment-deleting', 'made', runnable({ environment: { status: 'DELETING', state: 'DISABLED' } })],

  ['environment-deleted', 'made', runnable({ environment: { status: 'DELETED', state: 'DISABLED' } })],

  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ts-as-instancelaunchfailure.html
  [
    'launch-vcpu-quota-zero',
    'reported',
    launch(
      'Could not launch On-Demand Instances. VcpuLimitExceeded - You have requested more vCPU capacity than your current vCPU limit of 0 allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit. Launching EC2 instance failed.',
      { spot: false },
    ),
  ],
  [
    'launch-vcpu-quota',
    'reported',
    launch(
      'Could not launch On-Demand Instances. VcpuLimitExceeded - You have requested more vCPU capacity than your current vCPU limit of 1958 allows for the instance bucket that the specified instance type belongs to. Launching EC2 instance failed.',
      { spot: false },
    ),
  ],
  [
    'launch-spot-quota',
    'reported',
    launch(
      'Could not launch Spot Instances. MaxSpotInstanceCountExceeded - Max spot instance count exceeded. Launching EC2 instance failed.',
      { quota: QUOTA },
    ),
  ],
  [
    'launch-spot-price',
    'documented',
    launch(
      'Your Spot request price of 0.015 is lower than the minimum required Spot request fulfillment price of 0.0735. Launching EC2 instance failed.',
    ),
  ],
  [
    'launch-no-spot-capacity',
    'reported',
    launch(
      'Could not launch Spot Instances. UnfulfillableCapacity - Unable to fulfill capacity due to your request configuration. Please adjust your request and try again. Launching EC2 instance failed.',
    ),
  ],
  [
    'launch-no-spot-capacity',
    'documented',
    launch('There is no Spot capacity available that matches your request. Launching EC2 instance failed.'),
  ],
  [
    'launch-no-capacity',
    'reported',
    launch(
      'Could not launch On-Demand Instances. InsufficientInstanceCapacity - We currently do not have sufficient p3dn.24xlarge capacity in the Availability Zone you requested (us-west-2c). Our system will be working on provisioning additional capacity. Launching EC2 instance failed.',
      { spot: false },
    ),
  ],
  [
    'launch-free-plan',
    'reported',
    launch(
      "Could not launch Spot Instances. InvalidParameterCombination - The specified instance type is not eligible for Free Tier. For a list of Free Tier instance types, run 'describe-instance-types'. Launching EC2 instance failed.",
    ),
  ],
  [
    'launch-account-pending',
    'made',
    launch(
      'Could not launch On-Demand Instances. PendingVerification - Your request for accessing resources in this region is being validated. Launching EC2 instance failed.',
    ),
  ],
  ['launch-instance-quota', 'documented', launch('4 instance(s) are already running. Launching EC2 instance failed.')],
  [
    'launch-volume-quota',
    'made',
    launch(
      'VolumeLimitExceeded - You have exceeded your maximum gp3 storage limit of 50 TiB. Launching EC2 instance failed.',
    ),
  ],
  [
    'launch-no-addresses',
    'reported',
    launch(
      'There are not enough free addresses in subnet subnet-0ab1 to satisfy the requested number of instances. Launching EC2 instance failed.',
    ),
  ],
  [
    'launch-zone',
    'documented',
    launch(
      'The requested Availability Zone is no longer supported. Please retry your request by not specifying an Availability Zone or choosing eu-west-1a. Launching EC2 instance failed.',
    ),
  ],
  [
    'launch-instance-type',
    'documented',
    launch(
      'Your requested instance type (c8i.large) is not supported in your requested Availability Zone (eu-west-1c). Please retry your request by not specifying an Availability Zone or choosing eu-west-1a. Launching EC2 instance failed.',
    ),
  ],
  [
    'launch-instance-type',
    'documented',
    launch('The requested configuration is currently not supported. Launching EC2 instance failed.'),
  ],
  [
    'launch-security-group',
    'documented',
    launch('The security group sg-0a1b2c3d does not exist. Launching EC2 instance failed.'),
  ],
  [
    'launch-subnet',
    'made',
    launch("InvalidSubnetID.NotFound - The subnet ID 'subnet-0a1b2c3d' does not exist. Launching EC2 instance failed."),
  ],
  ['launch-key-pair', 'documented', launch('The key pair operators does not exist. Launching EC2 instance failed.')],
  [
    'launch-machine-image',
    'made',
    launch("InvalidAMIID.NotFound - The image id '[ami-0a1b2c3d]' does not exist. Launching EC2 instance failed."),
  ],
  [
    'launch-instance-profile',
    'made',
    launch(
      'Invalid IamInstanceProfile: arn:aws:iam::123456789012:instance-profile/gone. Launching EC2 instance failed.',
    ),
  ],
  ['launch-volume', 'documented', launch('Invalid device name upload. Launching EC2 instance failed.')],
  [
    'launch-volume',
    'documented',
    launch(
      "Value (xvdb) for parameter virtualName is invalid. Expected format: 'ephemeralNUMBER'. Launching EC2 instance failed.",
    ),
  ],
  ['launch-volume', 'documented', launch('EBS block device mappings not supported for instance-store AMIs.')],
  ['launch-volume-key', 'documented', launch('Client.InternalError: Client error on launch.')],
  [
    'launch-placement-group',
    'documented',
    launch("Placement groups may not be used with instances of type 'm1.large'. Launching EC2 instance failed."),
  ],
  [
    'launch-not-authorized',
    'made',
    launch('You are not authorized to perform this operation. Launching EC2 instance failed.'),
  ],
  [
    'launch-template',
    'made',
    launch(
      'The specified launch template, with template ID lt-0a1b2c3d, does not exist. Launching EC2 instance failed.',
    ),
  ],
  ['launch-failed', 'made', launch('Something else. Launching EC2 instance failed.')],
  ['quota-zero', 'made', runnable({ environment: { quota: { ...QUOTA, vcpus: 0 } } })],
  ['quota-too-low', 'made', runnable({ environment: { quota: { ...QUOTA, vcpus: 1 } } })],

  [
    'max-vcpus-in-use',
    'made',
    runnable({
      queue: {
        running: { number: 5, isMore: false },
        runningNames: ['report-1', 'report-2', 'import-3', 'import-4', 'import-5'],
      },
      environment: { desiredVcpus: 255, registered: 5, connected: 5 },
    }),
  ],
  ['instances-not-registered', 'made', runnable({ environment: { desiredVcpus: 2, lastLaunch: minutesAgo(20) } })],
  ['agents-disconnected', 'made', runnable({ environment: { desiredVcpus: 2, registered: 2, connected: 0 } })],
  ['behind-other-jobs', 'made', runnable({ queue: { position: 7, head: { name: 'import-1' } } })],
  [
    'behind-other-jobs',
    'made',
    runnable({ queue: { position: undefined, waiting: { number: 100, isMore: true }, head: { name: 'import-1' } } }),
  ],
  ['environment-updating', 'made', runnable({ environment: { status: 'UPDATING' } })],
  ['instance-starting', 'made', runnable({ environment: { desiredVcpus: 2, lastLaunch: minutesAgo(2) } })],
  [
    'no-room',
    'made',
    runnable({
      queue: { running: { number: 1, isMore: false }, runningNames: ['import-1'] },
      environment: { desiredVcpus: 2, registered: 1, connected: 1 },
    }),
  ],
  ['queue-disabled', 'made', runnable({ queue: { state: 'DISABLED' } })],
  [
    'queue-disabled',
    'made',
    idle({}, { queue: { ...(runnable().queue as NonNullable<Facts['queue']>), state: 'DISABLED' } }),
  ],
  ['queue-invalid', 'made', runnable({ queue: { status: 'INVALID', statusReason: 'CLIENT_ERROR - no environment' } })],
  ['waits-for-instance', 'made', runnable()],
  ['job-unknown', 'made', running()],

  ['waits-for-place', 'made', running({ attempts: [], waits: [{ kind: 'place', from: minutesAgo(1), before: 1 }] })],
  [
    'waits-for-place',
    'made',
    running({ attempts: [], waits: [{ kind: 'place', from: minutesAgo(1), before: 1, ahead: 4 }] }),
  ],
  [
    'waits-for-retry',
    'made',
    running({
      attempts: [attempt({ ended: minutesAgo(1), outcome: 'failed' })],
      waits: [{ kind: 'retry', from: minutesAgo(1), before: 2 }],
    }),
  ],
  [
    'submission-throttled',
    'made',
    running({
      attempts: [attempt({ jobId: undefined, refusals: 3 })],
      waits: [{ kind: 'throttled', from: minutesAgo(1), before: 1 }],
    }),
  ],
  ['being-submitted', 'made', running({ attempts: [] })],
  ['being-submitted', 'made', running({ attempts: [attempt({ ended: minutesAgo(0), outcome: 'failed' })] })],
  ['running', 'made', running({}, { status: 'RUNNING', started: minutesAgo(2) })],
  ['starting', 'made', running({}, { status: 'STARTING' })],
  [
    'starting-slowly',
    'made',
    running(
      {},
      {
        status: 'STARTING',
        task: { created: minutesAgo(30), pullStarted: minutesAgo(30), pullStopped: minutesAgo(25) },
      },
    ),
  ],
  [
    'image-pulled-slowly',
    'made',
    running({}, { status: 'STARTING', task: { created: minutesAgo(30), pullStarted: minutesAgo(30) } }),
  ],
  ['image-pulled-slowly', 'made', running({}, { status: 'STARTING', task: { created: minutesAgo(30) } })],
  // It waited for long, and starts only now.
  ['starting', 'made', running({}, { status: 'STARTING', queued: minutesAgo(90), task: { created: minutesAgo(1) } })],
  ['starting', 'made', running({}, { status: 'STARTING', queued: minutesAgo(90) })],
  ['waits-for-job', 'made', running({}, { status: 'PENDING', dependsOn: ['a-job'] })],
  ['submitted', 'made', running({}, { status: 'SUBMITTED' })],
  ['ending', 'made', running({}, { status: 'FAILED' })],
  [
    'image-missing',
    'made',
    running({}, { status: 'STARTING', earlierReasons: ['CannotPullContainerError: manifest unknown'] }),
  ],

  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
  [
    'image-rate-limit',
    'documented',
    starting(
      'CannotPullContainerError: inspect image has been retried 5 time(s): httpReaderSeeker: failed open: unexpected status code https://registry-1.docker.io/v2/manifests: 429 Too Many Requests - Server message: toomanyrequests: You have reached your pull rate limit',
    ),
  ],
  [
    'image-no-disk-space',
    'documented',
    starting('CannotPullContainerError: write /var/lib/docker/tmp/GetImageBlob111111111: no space left on device'),
  ],
  [
    'image-architecture',
    'documented',
    starting(
      'CannotPullContainerError: Error response from daemon: no matching manifest for linux/arm64/v8 in the manifest list entries',
    ),
  ],
  [
    'image-denied',
    'reported',
    starting(
      "CannotPullContainerError: Error response from daemon: pull access denied for some/nonsense, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ),
  ],
  [
    'image-missing',
    'reported',
    starting(
      'CannotPullContainerError: API error (404): repository 111122223333.dkr.ecr.us-east-1.amazonaws.com/repo1/image1 not found',
    ),
  ],
  [
    'image-missing',
    'documented',
    starting(
      'CannotPullContainerError: Error response from daemon: manifest for 111122223333.dkr.ecr.us-east-1.amazonaws.com/reports:v1 not found: manifest unknown: Requested image not found',
    ),
  ],
  [
    'image-unreachable',
    'reported',
    starting(
      'CannotPullECRContainerError: RequestError: send request failed caused by: Post "https://api.ecr.us-west-2.amazonaws.com/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    ),
  ],
  [
    'image-unreachable',
    'reported',
    starting(
      'CannotPullContainerError: Error response from daemon: Get "https://123456789012.dkr.ecr.us-west-2.amazonaws.com/v2/": dial tcp 3.33.139.32:443: i/o timeout',
    ),
  ],
  ['image-pull-failed', 'made', starting('CannotPullContainerError: something else')],
  [
    'secret-key-missing',
    'documented',
    starting(
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: retrieved secret from Secrets Manager did not contain json key password',
    ),
  ],
  [
    'secret-denied',
    'documented',
    starting(
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: AccessDeniedException: User is not authorized to perform: secretsmanager:GetSecretValue',
    ),
  ],
  [
    'secret-missing',
    'documented',
    starting(
      "Fetching secret data from AWS Secrets Manager in region eu-west-1: ResourceInitializationError: unable to retrieve secret from asm: ResourceNotFoundException: Secrets Manager can't find the specified secret.",
    ),
  ],
  [
    'secret-missing',
    'documented',
    starting(
      'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: invalid ssm parameters: /reports/key',
    ),
  ],
  [
    'secret-unreachable',
    'documented',
    starting(
      'ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: There is a connection issue between the task and Amazon ECR. dial tcp: i/o timeout',
    ),
  ],
  [
    'log-group-missing',
    'documented',
    starting(
      'CannotStartContainerError: Error response from daemon: failed to initialize logging driver: failed to create Cloudwatch log stream: ResourceNotFoundException: The specified log group does not exist.',
    ),
  ],
  ['container-resources-failed', 'made', starting('ResourceInitializationError: something else')],
  ['architecture-mismatch', 'made', failed({ exitCode: 255 }, {}, ['exec /usr/local/bin/report: exec format error'])],
  [
    'architecture-mismatch',
    'made',
    starting('CannotStartContainerError: Error response from daemon: exec /app: exec format error'),
  ],
  [
    'gpu-missing',
    'reported',
    starting(
      'CannotStartContainerError: Error response from daemon: could not select device driver "nvidia" with capabilities: [[gpu]]',
    ),
  ],
  [
    'command-missing',
    'reported',
    starting(
      'CannotStartContainerError: Error response from daemon: OCI runtime create failed: exec: "repotr": executable file not found in $PATH: unknown',
    ),
  ],
  [
    'command-not-executable',
    'reported',
    starting(
      'CannotStartContainerError: Error response from daemon: OCI runtime create failed: exec: "/app/run.sh": permission denied: unknown',
    ),
  ],
  [
    'container-start-failed',
    'documented',
    starting('DockerTimeoutError: Could not transition to started; timed out after waiting 3m0s'),
  ],
  [
    'container-start-failed',
    'documented',
    starting('CannotCreateContainerError: API error (400): No command specified'),
  ],
  [
    'canceled-max-vcpus',
    'documented',
    failed({
      outcome: 'canceled',
      reason: 'Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:COMPUTE_ENVIRONMENT_MAX_RESOURCE',
    }),
  ],
  [
    'canceled-job-too-large',
    'documented',
    failed({
      outcome: 'canceled',
      reason: 'Canceled by JobStateTimeLimit action due to reason: MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT',
    }),
  ],
  [
    'canceled-no-capacity',
    'documented',
    failed({
      outcome: 'canceled',
      reason: 'Canceled by JobStateTimeLimit action due to reason: CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY',
    }),
  ],
  [
    'canceled-by-queue',
    'made',
    failed({ outcome: 'canceled', reason: 'Canceled by JobStateTimeLimit action due to reason: SOMETHING:NEW' }),
  ],
  [
    'event-too-long',
    'reported',
    failed(
      { outcome: 'refused', reason: 'Container Overrides length must be at most 8192' },
      { error: 'Batch.ClientException' },
    ),
  ],
  [
    'timeout',
    'documented',
    failed({ outcome: 'timed-out', reason: 'Job attempt duration exceeded timeout (exit code 137)', exitCode: 137 }),
  ],
  [
    'spot-interruptions',
    'documented',
    failed({ outcome: 'interrupted', reason: 'Host EC2 (instance i-0a1b2c3d) terminated.' }),
  ],
  [
    'out-of-memory',
    'documented',
    failed({ container: 'OutOfMemoryError: Container killed due to memory usage', exitCode: 137 }),
  ],
  ['dependency-failed', 'documented', failed({ reason: 'Dependent Job failed' })],
  ['terminated', 'made', failed({ outcome: 'stopped', reason: 'too expensive', exitCode: 137 })],
  ['exit-killed', 'made', failed({ reason: 'Exit code 137', exitCode: 137 })],
  ['exit-terminated', 'made', failed({ reason: 'Exit code 143', exitCode: 143 })],
  ['exit-command-missing', 'made', failed({ reason: 'Exit code 127', exitCode: 127 })],
  ['exit-not-executable', 'made', failed({ reason: 'Exit code 126', exitCode: 126 })],
  ['exit-crashed', 'made', failed({ reason: 'Exit code 139', exitCode: 139 })],
  [
    'exit-code',
    'made',
    failed({ reason: 'Exit code 1', exitCode: 1 }, {}, ['Traceback (most recent call last):', 'KeyError: 1']),
  ],
  [
    'refused-queue',
    'reported',
    failed(
      { outcome: 'refused' },
      {
        error: 'Batch.ClientException',
        reason:
          'Error executing request, Exception : JobQueue reports-spot-cpu-x86-64 is not in ENABLED state., RequestId: 1',
      },
    ),
  ],
  [
    'refused-definition',
    'reported',
    failed(
      { outcome: 'refused' },
      { error: 'Batch.ClientException', reason: 'JobDefinition reports-report does not have ACTIVE revisions' },
    ),
  ],
  [
    'refused-permission',
    'made',
    failed(
      { outcome: 'refused' },
      {
        error: 'Batch.AccessDeniedException',
        reason: 'User: arn:aws:sts::123456789012:assumed-role/states is not authorized',
      },
    ),
  ],
  [
    'refused-throttled',
    'made',
    failed(
      { outcome: 'refused' },
      { error: 'Batch.AWSBatchException', reason: 'Too Many Requests (Service: AWSBatch; Status Code: 429)' },
    ),
  ],
  ['refused', 'made', failed({ outcome: 'refused' }, { error: 'Batch.ClientException', reason: 'Something is wrong' })],
  [
    'state-machine-fault',
    'made',
    failed({}, { attempts: [], error: 'States.Runtime', reason: 'An error occurred while executing the state' }),
  ],
  ['failed', 'made', failed({ reason: 'something that nobody knows' })],
  ['run-timed-out', 'made', running({ status: 'TIMED_OUT' })],
  ['stopped', 'made', running({ status: 'ABORTED', reason: 'stopped by Ada' })],
  ['redrive-pending', 'made', running({ status: 'PENDING_REDRIVE' })],
  ['skipped', 'made', idle({}, { run: { name: RUN, story: story({ status: 'SUCCEEDED', isSkipped: true }) } })],
  ['succeeded', 'made', idle({}, { run: { name: RUN, story: story({ status: 'SUCCEEDED' }) } })],

  ['state-machine-deleting', 'made', idle({}, { stateMachine: 'DELETING' })],
  [
    'function-failed',
    'made',
    idle({ function: { state: 'Failed', reason: 'The image does not exist.', isStopped: false } }),
  ],
  ['function-failed', 'made', idle({ function: { state: 'Inactive', isStopped: false } })],
  ['function-pending', 'made', idle({ function: { state: 'Pending', isStopped: false } })],
  ['function-stopped', 'made', idle({ function: { state: 'Active', isStopped: true } })],
  [
    'rule-disabled',
    'made',
    idle({ rules: [{ name: 'reports-report-Event1', isEnabled: false, schedule: 'rate(1 day)' }] }),
  ],
  ['rule-disabled', 'made', idle({ rules: [{ name: 'reports-report-Event1', isEnabled: false }] })],
  [
    'schedule-disabled',
    'made',
    idle({
      schedules: [
        { name: 'reports-report-Event1', isEnabled: true, schedule: 'rate(1 day)' },
        { name: 'reports-report-Event2', isEnabled: false, schedule: 'cron(0 9 * * ? *) Asia/Tokyo' },
      ],
    }),
  ],
  ['source-disabled', 'made', idle({ mappings: [{ source: 'queue orders', uuid: 'a-uuid', isEnabled: false }] })],
  [
    'source-failing',
    'documented',
    idle({
      mappings: [{ source: 'queue orders', uuid: 'a-uuid', isEnabled: true, result: 'PROBLEM: Function call failed' }],
    }),
  ],
  ['event-failed', 'made', lastEvent('failed', { detail: 'StartExecution failed: AccessDeniedException' })],
  [
    'undelivered',
    'made',
    idle({ undelivered: { messages: 3, queues: ['reports-undelivered-events', 'orders-dead'] } }),
  ],
  ['undelivered', 'made', idle({ undelivered: { messages: 1, queues: ['reports-undelivered-events'] } })],
  ['event-duplicate', 'made', lastEvent('duplicate', { run: RUN })],
  ['event-ignored', 'made', lastEvent('ignored', { detail: 's3-test-event' })],
  ['no-events', 'made', idle({}, { job: { ...runnable().job, events: [] } })],
  ['never-started', 'made', idle({})],

  // Other words for the same causes.
  [
    'environment-service-role-missing',
    'made',
    invalid('CLIENT_ERROR - The role with name batch-service cannot be found. (Error Code: NoSuchEntity)'),
  ],
  [
    'environment-service-role-permission',
    'made',
    invalid('CLIENT_ERROR - You are not authorized to perform this operation.'),
  ],
  ['environment-subnet', 'made', invalid("CLIENT_ERROR - The vpc ID 'vpc-0a1b2c3d' does not exist")],
  ['environment-internal-error', 'made', invalid('INTERNAL_ERROR - Failed to describe clusters of the account')],
  [
    'launch-vcpu-quota-zero',
    'made',
    launch('Could not launch Spot Instances. MaxSpotInstanceCountExceeded - Max spot instance count exceeded', {
      quota: { ...QUOTA, vcpus: 0 },
    }),
  ],
  [
    'launch-no-capacity',
    'made',
    launch('ReservationCapacityExceeded - Unable to launch instances. Launching EC2 instance failed.', { spot: false }),
  ],
  ['launch-placement-group', 'made', launch('InvalidPlacementGroup.Unknown. Launching EC2 instance failed.')],
  ['launch-template', 'made', launch('InvalidLaunchTemplateId.NotFound. Launching EC2 instance failed.')],
  [
    'launch-not-authorized',
    'documented',
    launch('Access denied. The default Service-Linked Role for Auto Scaling could not be created.'),
  ],
  ['container-start-failed', 'made', failed({ reason: 'Task failed to start' })],
  [
    'image-missing',
    'reported',
    starting(
      'CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to resolve ref docker.io/library/reports:latest: docker.io/library/reports:latest: not found',
    ),
  ],
  [
    'image-architecture',
    'reported',
    starting(
      'CannotPullContainerError: image with reference reports was found but does not match the specified platform: wanted linux/arm64, actual: linux/amd64',
    ),
  ],
  [
    'image-denied',
    'documented',
    starting(
      'CannotPullContainerError: failed to resolve reference: unexpected status from HEAD request: 403 Forbidden',
    ),
  ],
  [
    'architecture-mismatch',
    'reported',
    failed({ exitCode: 1 }, {}, ['standard_init_linux.go:228: exec user process caused: exec format error']),
  ],
  [
    'image-unreachable',
    'reported',
    starting(
      'CannotPullContainerError: ref pull has been retried 1 time(s): failed to copy: httpReadSeeker: failed open: failed to do request: Get https://prod-eu-west-1-starport-layer-bucket.s3.eu-west-1.amazonaws.com/1: dial tcp 52.218.1.1:443: i/o timeout',
    ),
  ],
  ['function-missing', 'made', idle({ function: { state: 'Missing', isStopped: false } })],
  ['rule-missing', 'made', idle({ missingRules: 1 })],
  ['schedule-missing', 'made', idle({ missingSchedules: 2 })],
  ['source-missing', 'made', idle({ missingSources: 2 })],
  ['waits-for-long', 'made', runnable({ batchJob: { queued: minutesAgo(40) } })],
  [
    'waits-for-long',
    'made',
    runnable({ batchJob: { queued: minutesAgo(40) }, environment: { desiredVcpus: 2, registered: undefined } }),
  ],
  [
    'instance-starting',
    'made',
    runnable({ batchJob: { queued: minutesAgo(40) }, environment: { desiredVcpus: 2, lastLaunch: minutesAgo(3) } }),
  ],
  ['queue-unknown', 'made', { ...runnable(), queue: undefined, environments: [], notes: ['The queue left out: ...'] }],
];
