import { failed, running } from '../sample-facts';
import type { Case } from './case';

const starting = (container: string) => failed({ reason: 'Task failed to start', container });

/** Cases of containers that did not start, or failed. */
export const CONTAINER: readonly Case[] = [
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
];
