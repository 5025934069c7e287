import { counted } from '../../../../modules/problems/phrases';
import { PLACEMENT_CODES, STATUS_REASONS } from '../../../../modules/rules/job-ends';
import { OUT_OF_MEMORY } from '../../../model/words/reason';
import type { Facts } from '../facts';
import { type MessageRow, messageReasons, type Reason, type Values } from '../reason';
import { FIXES } from './fixes';

/*
 * What ends a container before or while it runs, in the words of the ECS agent, Docker and AWS Batch:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
 * The first row that matches counts, so a row is before each more general one.
 */
const PULL = 'CannotPull\\w*Error';
const within = (start: string, pattern: string) => new RegExp(`${start}[\\s\\S]*(?:${pattern})`, 'i');
const INIT = 'ResourceInitializationError';

const START: readonly MessageRow[] = [
  [
    'image-rate-limit',
    within(PULL, 'toomanyrequests|rate limit'),
    '{subject} because the registry limits how often the image can be pulled.',
    'Copy the image to Amazon ECR, or set credentials of a registry account in packaging.',
  ],
  [
    'image-no-disk-space',
    within(PULL, 'no space left on device'),
    '{subject} because the image does not fit on the disk of the instance.',
    'Raise compute.rootVolumeGb or make the image smaller, and deploy.',
    'deploy',
  ],
  [
    'image-architecture',
    within(PULL, 'no matching manifest|does not match the specified platform|platform'),
    '{subject} because its image is not built for {architecture}.',
    'Build the image for {architecture}, or set resources.architecture to that of the image, and deploy.',
    'deploy',
  ],
  [
    'image-denied',
    within(PULL, 'denied|unauthorized|not authorized|no basic auth|\\b403\\b|authentication required|credentials'),
    '{subject} because the registry does not allow the image to be pulled, or has no such repository.',
    "Check the image's name. A private registry needs credentials in packaging, and ECR of another account a repository policy.",
  ],
  [
    'image-missing',
    within(PULL, 'manifest unknown|not found|does not exist|name unknown|no such image|invalid reference'),
    '{subject} because the registry has no such image or tag.',
    'Push the image, or correct its name in packaging, and deploy. ECR lifecycle rules must not delete images in use.',
    'deploy',
  ],
  [
    'image-unreachable',
    within(
      PULL,
      'time-?out|timed out|dial tcp|canceled|connection re|no such host|unreachable|TLS|EOF|send request failed',
    ),
    '{subject} because its instance cannot reach the registry.',
    'Give the subnets a route to the internet, or VPC endpoints for ecr.api, ecr.dkr and S3.',
  ],
  [
    'image-pull-failed',
    new RegExp(`${PULL}:? *(?<detail>.*)`),
    '{subject} because its image could not be pulled: {detail}',
    'Correct what the message names, and run it again.',
    'rerun {run}',
  ],
  [
    'secret-key-missing',
    /did not contain json key (?<detail>\S+)/,
    '{subject} because its secret has no key {detail}.',
    'Add the key to the secret, or correct $Secret in container.environment, and run it again.',
    'rerun {run}',
  ],
  [
    'secret-denied',
    within(INIT, 'AccessDenied|not authorized|KMS'),
    '{subject} because its execution role is not allowed to read a secret or parameter, or to decrypt it.',
    'Allow the action in executionRoleStatements. A secret of another account or with its own KMS key also needs a policy there.',
  ],
  [
    'secret-missing',
    within(INIT, "ResourceNotFound|can't find the specified secret|ParameterNotFound|invalid (?:ssm )?parameters?"),
    '{subject} because a secret or parameter that it reads does not exist in {region}.',
    'Create it, or correct $Secret or $Parameter in container.environment, and run it again.',
    'rerun {run}',
  ],
  [
    'secret-unreachable',
    within(INIT, 'time-?out|timed out|deadline exceeded|dial tcp|canceled|connection|unreachable|send request failed'),
    '{subject} because its instance cannot reach Secrets Manager or Systems Manager.',
    'Give the subnets a route to the internet, or VPC endpoints for secretsmanager, ssm and kms.',
  ],
  [
    'log-group-missing',
    /log ?group does not exist|failed to initialize logging driver|create Cloudwatch log/i,
    '{subject} because its log group does not exist or cannot be reached.',
    'Deploy again, which creates the log group. Private subnets need a VPC endpoint for logs.',
    'deploy',
  ],
  [
    'container-resources-failed',
    new RegExp(`${INIT}:? *(?<detail>.*)`),
    '{subject} because what it needs at the start could not be read: {detail}',
    'Correct what the message names, and run it again.',
    'rerun {run}',
  ],
  [
    'architecture-mismatch',
    /exec format error/i,
    '{subject} because its program is built for another processor than {architecture}.',
    'Build the image for {architecture}, or set resources.architecture to that of the image, and deploy.',
    'deploy',
  ],
  [
    'gpu-missing',
    /could not select device driver|nvidia-container|libnvidia|NVIDIA driver/i,
    '{subject} because its container found no GPU driver on the instance.',
    'Set resources.gpu, so that the job runs on instances with the GPU image of AWS Batch, and deploy.',
    'deploy',
  ],
  [
    'command-missing',
    /executable file not found|exec: .*no such file or directory|stat .*no such file or directory/i,
    '{subject} because its image has no program of the name that its command gives.',
    "Correct the command or the image's ENTRYPOINT in packaging, and deploy.",
    'deploy',
  ],
  [
    'command-not-executable',
    /exec: .*permission denied|CannotStartContainerError[\s\S]*permission denied/i,
    '{subject} because the program of its command is not executable.',
    'Make it executable in the image (chmod +x), and deploy.',
    'deploy',
  ],
  [
    'container-start-failed',
    /(?<detail>(?:Cannot\w+Error|ContainerRuntime\w*Error|DockerTimeout\w*|InternalError)\b.*)|Task failed to start/,
    '{subject} because the container could not be started: {detail}',
    'Run it again, which often uses another instance. If it fails again, correct what the message names.',
    'rerun {run}',
  ],
];

const END: readonly MessageRow[] = [
  [
    'canceled-max-vcpus',
    new RegExp(PLACEMENT_CODES.tooManyVcpus),
    '{subject} because it needs more vCPUs than the compute environment can have, so its queue canceled it.',
    'Raise compute.maxVcpus to at least {cpu}, or lower resources.cpu, and deploy.',
    'deploy',
  ],
  [
    'canceled-job-too-large',
    new RegExp(PLACEMENT_CODES.tooLarge),
    '{subject} because no instance has {size}, so its queue canceled it.',
    FIXES.tooLarge,
    'deploy',
  ],
  [
    'canceled-no-capacity',
    new RegExp(`(?:due to reason: |^)${PLACEMENT_CODES.noCapacity}`),
    '{subject} because AWS had no capacity for it, so its queue canceled it.',
    'Run it again later, or allow more instance types in resources.instanceTypes.',
    'rerun {run}',
  ],
  [
    'canceled-by-queue',
    new RegExp(`${STATUS_REASONS.canceled}(?<detail>.*)`),
    '{subject} because its queue canceled it: {detail}',
    'Correct what the reason names, and run it again.',
    'rerun {run}',
  ],
  [
    'event-too-long',
    new RegExp(STATUS_REASONS.oversized),
    '{subject} because its event does not fit next to its environment variables.',
    'Start it through its trigger function, which stores large events: batch-jobs start and rerun do.',
    'rerun {run}',
  ],
  [
    'timeout',
    /attempt duration exceeded timeout/i,
    '{subject} because its last attempt took longer than the timeout ({timeout}).',
    'Raise timeout, or find out in the log what took so long.',
    'logs {run}',
  ],
  [
    'spot-interruptions',
    new RegExp(STATUS_REASONS.hostGone),
    '{subject} because its instance was interrupted or ended{restarts}.',
    '{restartFix}',
    'rerun {run}',
  ],
  [
    'out-of-memory',
    OUT_OF_MEMORY,
    '{subject} because it used more memory than {memoryLimit}.',
    '{memoryFix}',
    'deploy',
  ],
  [
    'dependency-failed',
    /Dependent Job failed/i,
    '{subject} because a job that it depends on failed.',
    'Run it again once that job has succeeded.',
    'rerun {run}',
  ],
];

/** Exit codes of a program, the sentence for them, and the fix. `any` is the last: the first row that fits counts. */
type ExitRow = readonly [
  code: string,
  exitCodes: readonly number[] | 'any',
  sentence: string,
  fix: string,
  command: string,
];

const EXIT_CODES: readonly ExitRow[] = [
  [
    'exit-killed',
    [137],
    '{subject} because its program was killed (exit code 137), most often for using too much memory.',
    'Raise resources.memory ({memory} MiB), and deploy. The log shows what it did last.',
    'logs {run}',
  ],
  [
    'exit-terminated',
    [143],
    '{subject} because its program ended on SIGTERM (exit code 143), after a Spot interruption, a timeout or a person.',
    'Run it again.',
    'rerun {run}',
  ],
  [
    'exit-command-missing',
    [127],
    '{subject} because its command was not found in the image (exit code 127).',
    'Correct the command in packaging, and deploy.',
    'deploy',
  ],
  [
    'exit-not-executable',
    [126],
    '{subject} because its command could not be executed (exit code 126).',
    'Make it executable in the image (chmod +x), and deploy.',
    'deploy',
  ],
  [
    'exit-crashed',
    [132, 133, 134, 135, 136, 138, 139],
    '{subject} because its program crashed (exit code {exitCode}).',
    'Read the end of its log.',
    'logs {run}',
  ],
  [
    'exit-code',
    'any',
    '{subject} because its program ended with exit code {exitCode}.',
    'Read the end of its log.',
    'logs {run}',
  ],
];

/** The values of texts about a run that could not start its container, or has failed. */
export function containerValues({ job, run }: Facts, subject: string): Values {
  const { cpu, memory, gpu, architecture, region, spot, timeoutSeconds } = job;
  return {
    subject,
    run: run?.name ?? '',
    region,
    architecture,
    cpu,
    memory,
    size: [counted(cpu, 'vCPU'), `${memory} MiB`, ...(gpu > 0 ? [counted(gpu, 'GPU')] : [])].join(', '),
    ...memoryValues(job, run),
    timeout: timeoutSeconds === undefined ? 'none in the config' : `${timeoutSeconds} seconds`,
    detail: 'AWS gives no reason',
    restarts: spot ? ', and its free restarts were used up' : '',
    restartFix: spot
      ? 'Raise retryConfig.spotInterruption.freeRestarts, or set thenOnDemand to true, and deploy.'
      : 'Run it again, or raise retryConfig.attempts.',
  };
}

function memoryValues({ memory, maxMemory }: Facts['job'], run: Facts['run']) {
  const last = run?.story.attempts.at(-1);
  const had = last?.resources?.memory ?? last?.memory ?? memory;
  if (maxMemory === undefined) {
    const memoryFix =
      'Raise resources.memory, or set retryConfig.onOutOfMemory to give the next attempt more, and deploy.';
    return { memoryLimit: `resources.memory (${had} MiB)`, memoryFix };
  }
  return {
    memoryLimit: `the ${had} MiB of its last attempt`,
    memoryFix:
      had < maxMemory
        ? `Raise retryConfig.attempts, and deploy: the next attempt would have more, up to ${maxMemory} MiB.`
        : 'Raise retryConfig.onOutOfMemory.maxMemory, and deploy.',
  };
}

type MessageIn = Parameters<typeof messageReasons>[1];

/** Reasons of a container that could not start. */
export function startReasons(messageIn: MessageIn): Reason[] {
  return messageReasons(START, messageIn);
}

/** Reasons of a job that was ended by AWS. */
export function endReasons(messageIn: MessageIn): Reason[] {
  return messageReasons(END, messageIn);
}

/**
 * Reasons of a program that ended by itself.
 *
 * @param exitCodeIn the exit code in the facts, with the values of the texts. Undefined if the facts have none
 */
export function exitReasons(
  exitCodeIn: (facts: Facts) => { readonly exitCode: number; readonly values: Values } | undefined,
): Reason[] {
  return EXIT_CODES.map(([code, exitCodes, sentence, fix, command]) => ({
    code,
    sentence,
    fix,
    command,
    find: (facts) => {
      const { exitCode, values } = exitCodeIn(facts) ?? {};
      const fits = exitCode !== undefined && (exitCodes === 'any' || exitCodes.includes(exitCode));
      return fits ? { ...values, exitCode } : undefined;
    },
  }));
}
