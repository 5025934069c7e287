import { z } from 'zod';
import { cpuUnitsMeant, MOST_VCPUS } from '../rules/cpu-units';
import { DEFAULT_RETENTION_DAYS, RETENTION_DAYS } from '../rules/log-retention';
import { MORE_MEMORY_DEFAULTS, MORE_MEMORY_LIMITS, MOST_MEMORY } from '../rules/memory-levels';
import { RETRY_DEFAULTS, RETRY_LIMITS, retryPlanProblem } from '../rules/retries';
import { alarms } from './alarms';
import { across, nonEmpty, numberIn, numberOf, refuse, strict } from './checked';
import { connectTo } from './connect-to';
import { environment } from './environment';
import { forEach } from './for-each';
import { iamRoleStatements } from './iam-statement';
import { limits } from './limits';
import { logForwarding } from './log-forwarding';
import { notifications } from './notifications';
import { packaging } from './packaging';
import { tags } from './tags';

const container = strict({
  /** Where the image comes from. */
  packaging,
  /** Environment variables of the container. The job definition contains their values in plain text. For a secret, use `$Secret('name.key')` (AWS Secrets Manager) or `$Parameter('/name')` (AWS Systems Manager) as the whole value. AWS reads it when the container starts. `AWS_REGION` and `AWS_DEFAULT_REGION` are the stack's region unless the job sets one of them. @default none */
  environment: environment.optional(),
});

/** The fix for a number in CPU units of ECS (1,024 per vCPU) or in thousandths of a CPU (Kubernetes). */
function cpuMeant(value: number): string | undefined {
  return (
    cpuUnitsMeant(value) ??
    (value > MOST_VCPUS ? `write the number of vCPUs; no instance has more than ${MOST_VCPUS}` : undefined)
  );
}

/** The fix for a number out of range: below the minimum it is probably in GiB, above the maximum in bytes. */
function memoryMeant(value: number): string | undefined {
  if (value > 0 && value < 4) return `memory is in MiB: write ${Math.ceil(value * 1024)} for ${value} GiB`;
  if (value > MOST_MEMORY && value % 1_048_576 === 0) return `memory is in MiB: write ${value / 1_048_576}`;
  return value > MOST_MEMORY ? 'memory is in MiB: write the number of MiB that the job needs' : undefined;
}

const resources = strict({
  /** vCPUs of the job. AWS Batch runs the job on an instance with as many free vCPUs. */
  cpu: numberIn({ unit: 'vCPUs', min: 1, max: MOST_VCPUS, why: 'EC2 jobs need whole vCPUs', meant: cpuMeant }),
  /** Memory of the job, in MiB. A job that uses more is killed. An instance reserves some memory: 7,680 fits on 8 GiB, 8,192 doesn't. */
  memory: numberIn({ unit: 'MiB', min: 4, max: MOST_MEMORY, meant: memoryMeant }),
  /** GPUs of the job. The job runs on a GPU instance. @default none */
  gpu: numberIn({ unit: 'GPUs', min: 1, max: 16, why: 'a container can only have whole GPUs' }).optional(),
  /** Instance types (`c7i.4xlarge`) or families (`c7i`) that the job can run on. Jobs with the same list share capacity. @default default_x86_64 or default_arm64 (current general-purpose instances). With gpu: g5, g6 and p4d if the region offers them, else g4dn */
  instanceTypes: z.array(nonEmpty('an instance type such as m6i.large')).min(1).optional(),
  /** Size of `/dev/shm` in MiB, such as for PyTorch's data loaders or Chromium. It counts as memory of the job. @default 64 */
  sharedMemoryMb: numberIn({ unit: 'MiB', min: 1, max: MOST_MEMORY, meant: memoryMeant }).optional(),
  /** Keeps the files of the job's containers on the instance's local NVMe disks, which are fast and have no extra cost, instead of on the root volume. The files are gone when the container ends. Each of `instanceTypes` must have an instance store, such as m6id. @default false */
  useInstanceStore: z.boolean().optional(),
  /** Processor architecture of the image and the instances. `arm64` is AWS Graviton. @default x86_64 */
  architecture: z.enum(['x86_64', 'arm64']).default('x86_64'),
});

const logging = across(
  strict({
    /** Keeps the container's output on the instance only, in rotated files that are deleted with the instance. @default false */
    disabled: z.boolean().default(false),
    /** Days that CloudWatch Logs keeps the records. @default 90 */
    retentionDays: numberOf(RETENTION_DAYS, 'days').default(DEFAULT_RETENTION_DAYS),
    /** Also sends the records to another service. @default none */
    logForwarding: logForwarding.optional(),
  }),
  ({ disabled, logForwarding }, context) => {
    if (disabled !== true || logForwarding === undefined) return;
    const accepted = 'either logging.disabled or logForwarding';
    refuse(context, { found: 'logging.disabled and logForwarding', accepted, fix: 'remove one of them' }, [
      'logForwarding',
    ]);
  },
);

const spotInterruption = strict({
  /** Restarts after Spot interruptions, in each attempt, that don't use up an attempt. AWS Batch restarts the job at once. @default 3 */
  freeRestarts: numberIn({
    unit: 'restarts',
    ...RETRY_LIMITS.freeRestarts,
    shapes: 'the job definition',
    why: 'AWS Batch starts one job up to 10 times',
  }).default(RETRY_DEFAULTS.freeRestarts),
  /** Runs the same attempt on on-demand capacity when its free restarts are used up. If `false`, the next interruption counts as a failure. @default false */
  thenOnDemand: z.boolean().default(RETRY_DEFAULTS.thenOnDemand),
});

/** Attempts and waits are separate states of the state machine, and each attempt's state has its own timeout. */
const STATES = 'the state machine';

const onOutOfMemory = strict(
  {
    /** Factor between the memory of an attempt that was killed for it and of the next attempt. The result is rounded up to whole MiB. 1.1 or more. @default 2 */
    memoryMultiplier: numberIn({ ...MORE_MEMORY_LIMITS.memoryMultiplier, fraction: true, shapes: STATES }).default(
      MORE_MEMORY_DEFAULTS.memoryMultiplier,
    ),
    /** The most memory that an attempt gets, in MiB: more than `resources.memory`, and no more than an instance of the job has. An attempt that is killed with it is followed by one with as much. */
    maxMemory: numberIn({ unit: 'MiB', min: 5, max: MOST_MEMORY, meant: memoryMeant, shapes: STATES }),
  },
  () => 'an object such as { maxMemory: 8192 }',
);

const retryConfig = across(
  strict({
    /** Total number of attempts, including the first one. A failure or a timeout uses one up, a Spot interruption doesn't. @default 1 */
    attempts: numberIn({ unit: 'attempts', ...RETRY_LIMITS.attempts, shapes: STATES }).default(RETRY_DEFAULTS.attempts),
    /** Wait before the second attempt, in seconds. @default 0 */
    retryIntervalSeconds: numberIn({ unit: 'seconds', ...RETRY_LIMITS.retryIntervalSeconds, shapes: STATES }).default(
      RETRY_DEFAULTS.retryIntervalSeconds,
    ),
    /** Factor for each further wait. With 5 seconds and a factor of 2, the waits are 5, 10 and 20 seconds. @default 1 */
    retryIntervalMultiplier: numberIn({
      ...RETRY_LIMITS.retryIntervalMultiplier,
      fraction: true,
      shapes: STATES,
    }).default(RETRY_DEFAULTS.retryIntervalMultiplier),
    /** What happens at a Spot interruption. @default three free restarts, then a failure */
    spotInterruption: spotInterruption.prefault({}),
    /** Gives more memory to each attempt that follows one that was killed for memory (`OutOfMemoryError`). Other failures don't change the memory. Takes effect from the second attempt, so `attempts` must be 2 or more. @default each attempt has the memory of `resources` */
    onOutOfMemory: onOutOfMemory.optional(),
  }),
  (value, context) => {
    const {
      attempts = RETRY_DEFAULTS.attempts,
      retryIntervalSeconds = RETRY_DEFAULTS.retryIntervalSeconds,
      retryIntervalMultiplier = RETRY_DEFAULTS.retryIntervalMultiplier,
    } = value;
    if (typeof attempts !== 'number' || typeof retryIntervalSeconds !== 'number') return;
    if (typeof retryIntervalMultiplier !== 'number') return;
    const problem = retryPlanProblem({ attempts, retryIntervalSeconds, retryIntervalMultiplier });
    if (problem === undefined) return;
    const found = `${attempts} attempts, first wait ${retryIntervalSeconds} s, multiplier ${retryIntervalMultiplier}`;
    refuse(context, { found, accepted: 'waits that add up to less than a year', fix: problem });
  },
);

/** Properties of a job. Its events can have any source. */
export const jobProps = strict({
  /** The image and its environment variables. */
  container,
  /** vCPUs, memory and GPUs. */
  resources,
  /** Timeout of one attempt, in seconds. AWS Batch then stops the attempt, and the next one follows. @default no limit */
  timeout: numberIn({
    unit: 'seconds',
    ...RETRY_LIMITS.timeout,
    shapes: STATES,
    why: 'AWS Batch rejects a timeout under 60 seconds, and an execution can last one year',
  }).optional(),
  /** Runs on Spot instances, which cost up to 90% less and which AWS can interrupt with two minutes' notice. The container then gets SIGTERM, and can exit with code 143 to be restarted. @default false */
  useSpotInstances: z.boolean().default(false),
  /** Where the container's output is stored and sent. @default kept in CloudWatch Logs for 90 days */
  logging: logging.prefault({}),
  /** Number of attempts, and the waits between them. @default one attempt */
  retryConfig: retryConfig.prefault({}),
  /** Runs the job for each item of an event: one child of an AWS Batch array job for each, at most 10,000 in an array. @default one job for each event */
  forEach: forEach.optional(),
  /** How many runs can go on at the same time, and begin in an hour and on a day. Further runs wait for their turn. @default no limit: each event starts a job at once */
  limits: limits.optional(),
  /** Who is told about runs of the job. Each kind replaces the same kind of the stack's `notifications`. @default the stack's `notifications` */
  notifications: notifications.prefault({}),
  /** CloudWatch alarms of the job. Each replaces the same one of the stack's `alarms`. @default the stack's `alarms` */
  alarms: alarms.prefault({}),
  // A whole config knows the sources.
  events: z.array(z.unknown()).default([]),
  /** Names of resources that the job uses, and `aws:ses` to send mail. The job gets permissions and `STP_` variables for them. An entry can be an object that allows less. @default none */
  connectTo: connectTo.default([]),
  /** Additional permissions of the job. @default none */
  iamRoleStatements: iamRoleStatements.default([]),
  /** Additional permissions of the role that AWS uses to start the container: to read secrets, pull the image and write the log. @default none */
  executionRoleStatements: iamRoleStatements.default([]),
  /** Tags of all resources of this job, including its AWS Batch jobs: a map, or a list of names and values as in Stacktape. @default none */
  tags: tags.default({}),
});

/** Properties of a job as you write them, without the defaults. */
export type JobProps = z.input<typeof jobProps>;

/** Properties of a job with every default filled in. */
export type ResolvedJobProps = z.output<typeof jobProps>;
