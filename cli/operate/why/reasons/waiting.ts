import { numberInLine } from '../../../model/words/number-in-line';
import type { Facts, TaskFacts } from '../facts';
import { isRunnable, type Reason, type Values, waitingSubject } from '../reason';
import { timeText } from '../time';
import { instanceTypes } from './blocked';
import { containerValues, startReasons } from './container';

/** After this time an instance has registered, or never will. Most need two to four minutes. */
const REGISTERED_AFTER_MS = 10 * 60_000;

/** After this time an image is unusually large, or cannot be pulled. */
const STARTED_AFTER_MS = 10 * 60_000;

const isRunning = ({ run }: Facts) => run?.story.status === 'RUNNING';

/** Values of a run that is in a status of AWS Batch. */
function inStatus(facts: Facts, ...statuses: string[]): Values | undefined {
  const { run, batchJob, now } = facts;
  if (!isRunning(facts) || run === undefined || batchJob === undefined) return undefined;
  if (!statuses.includes(batchJob.status)) return undefined;
  const since = batchJob.started ?? batchJob.queued;
  return { run: run.name, since: timeText(since, now), status: batchJob.status, image: batchJob.image ?? 'the image' };
}

function lastWait({ run }: Facts) {
  return run?.story.status === 'RUNNING' ? run.story.waits.find(({ to }) => to === undefined) : undefined;
}

/** A run that is in its state machine, not in AWS Batch. */
export const STATE_MACHINE_REASONS: readonly Reason[] = [
  {
    code: 'waits-for-place',
    sentence: 'Run {run} has waited for a place since {since}{where}: a limit of the job is reached.',
    fix: 'Nothing to do: runs get a place in order of arrival. To let more run at the same time, raise limits in the config, and deploy.',
    command: 'runs {job}',
    find: (facts) => {
      const wait = lastWait(facts);
      if (facts.run === undefined || wait?.kind !== 'place') return undefined;
      const where = wait.ahead === undefined ? '' : `, as ${numberInLine(wait.ahead)}`;
      return { run: facts.run.name, job: facts.job.name, since: timeText(wait.from, facts.now), where };
    },
  },
  {
    code: 'waits-for-retry',
    sentence: 'Run {run} waits for attempt {attempt} of {attempts}, since {since}.',
    fix: 'Nothing to do. retryConfig.retryIntervalSeconds sets the wait. The log shows why the last attempt failed.',
    command: 'logs {run}',
    find: (facts) => {
      const wait = lastWait(facts);
      if (facts.run === undefined || wait?.kind !== 'retry') return undefined;
      const since = timeText(wait.from, facts.now);
      return { run: facts.run.name, attempt: wait.before, attempts: facts.job.attempts, since };
    },
  },
  {
    code: 'submission-throttled',
    sentence:
      'Run {run} waits to be submitted: AWS Batch has refused it {refusals} so far, because too many jobs are submitted at once.',
    fix: 'Nothing to do. Its state machine tries again for about a day, with at most 15 minutes between two tries.',
    find: (facts) => {
      const attempt = facts.run?.story.attempts.at(-1);
      const isRefused = attempt !== undefined && attempt.jobId === undefined && attempt.refusals > 0;
      if (facts.run === undefined || !isRunning(facts) || !(isRefused || lastWait(facts)?.kind === 'throttled')) {
        return undefined;
      }
      const refusals = attempt?.refusals ?? 0;
      return { run: facts.run.name, refusals: refusals === 1 ? 'once' : `${refusals} times` };
    },
  },
  {
    code: 'being-submitted',
    sentence: 'Run {run} has started, and its job is not in AWS Batch yet.',
    fix: 'Wait a few seconds, and ask again.',
    command: 'why {run}',
    find: (facts) => {
      const last = facts.run?.story.attempts.at(-1);
      // Between two attempts, until the next one is submitted.
      const isNew = isRunning(facts) && (last?.jobId === undefined || last.ended !== undefined);
      return isNew && facts.run !== undefined ? { run: facts.run.name } : undefined;
    },
  },
];

/** A job in AWS Batch that does not wait for an instance. */
export const STATUS_REASONS: readonly Reason[] = [
  {
    code: 'running',
    sentence: 'Run {run} is running, since {since}.',
    fix: 'Nothing to do. Follow its log.',
    command: 'logs {run} --follow',
    find: (facts) => inStatus(facts, 'RUNNING'),
  },
  ...startReasons((facts) => {
    const { batchJob } = facts;
    const values = inStatus(facts, 'STARTING', 'RUNNABLE');
    const message = batchJob?.earlierReasons.at(-1);
    if (values === undefined || !message) return undefined;
    return { message, values: containerValues(facts, `Run ${values.run} is started again, and failed before`) };
  }),
  {
    code: 'image-pulled-slowly',
    sentence: 'Run {run} has an instance, which has been pulling its image since {since}.',
    fix: 'Wait, or make the image smaller. Instances in private subnets pull faster with VPC endpoints for ECR and S3.',
    find: (facts) => slowly(facts, ({ pullStopped }) => pullStopped === undefined),
  },
  {
    code: 'starting-slowly',
    sentence: 'Run {run} has an instance and its image, and its container has not started since {since}.',
    fix: 'Check that the instance reaches Secrets Manager, Systems Manager and CloudWatch Logs, which it asks before the start.',
    find: (facts) => slowly(facts, () => true),
  },
  {
    code: 'starting',
    sentence: 'Run {run} has an instance, which pulls the image and starts the container.',
    fix: 'Wait a few minutes. A smaller image starts faster.',
    find: (facts) => inStatus(facts, 'STARTING'),
  },
  {
    code: 'waits-for-job',
    sentence: 'Run {run} waits for another job to end: {jobs}.',
    fix: 'Wait for that job, or end it in the AWS Batch console.',
    find: (facts) => {
      const values = inStatus(facts, 'SUBMITTED', 'PENDING');
      const jobs = facts.batchJob?.dependsOn ?? [];
      return values && jobs.length > 0 ? { ...values, jobs: jobs.join(', ') } : undefined;
    },
  },
  {
    code: 'submitted',
    sentence: 'Run {run} is submitted, and AWS Batch has not looked at it yet.',
    fix: 'Wait a minute, and ask again. If it stays so, look at the AWS Health Dashboard.',
    command: 'why {run}',
    find: (facts) => inStatus(facts, 'SUBMITTED', 'PENDING'),
  },
  {
    code: 'ending',
    sentence: 'The job of run {run} has ended ({status}), and Step Functions learns of it within a minute.',
    fix: 'Wait a minute, and ask again.',
    command: 'why {run}',
    find: (facts) => inStatus(facts, 'SUCCEEDED', 'FAILED'),
  },
];

/** Values of a container that has been starting for unusually long. Without its ECS task, the time is unknown. */
function slowly(facts: Facts, isMeant: (task: TaskFacts) => boolean): Values | undefined {
  const { batchJob, now } = facts;
  const { task } = batchJob ?? {};
  const values = inStatus(facts, 'STARTING');
  if (values === undefined || task === undefined || !isMeant(task)) return undefined;
  const since = task.pullStopped ?? task.pullStarted ?? task.created;
  if (now.date.getTime() - since.getTime() <= STARTED_AFTER_MS) return undefined;
  return { ...values, since: timeText(since, now) };
}

/** Values of a job that waits for an instance. */
function waits(facts: Facts): Values | undefined {
  const { batchJob, queue, environments, run, now } = facts;
  if (!isRunnable(facts) || batchJob === undefined || run === undefined) return undefined;
  return {
    subject: waitingSubject(facts),
    run: run.name,
    queue: queue?.name ?? 'its queue',
    environment: environments.map(({ name }) => name).join(', ') || 'unknown',
    instanceTypes: instanceTypes(facts),
    since: timeText(batchJob.queued, now),
    cpu: facts.job.cpu,
  };
}

/** A job that waits for an instance, and is not blocked. */
export const QUEUE_REASONS: readonly Reason[] = [
  {
    code: 'max-vcpus-in-use',
    sentence:
      '{subject} waits because other jobs use {desired} of the {maxVcpus} vCPUs that compute.maxVcpus allows: {names}.',
    fix: 'Wait until one of them ends, or raise compute.maxVcpus and deploy.',
    command: 'deploy',
    find: (facts) => {
      const found = facts.environments.find(
        ({ desiredVcpus, maxVcpus }) => desiredVcpus > 0 && desiredVcpus + facts.job.cpu > maxVcpus,
      );
      const values = waits(facts);
      if (values === undefined || found === undefined || !facts.queue?.running?.number) return undefined;
      return { ...values, desired: found.desiredVcpus, maxVcpus: found.maxVcpus, names: names(facts) };
    },
  },
  {
    code: 'instances-not-registered',
    sentence: '{subject} waits because its instance, launched {launched}, has not registered with ECS.',
    fix: 'Give the subnets a route to the internet, or VPC endpoints for ecs, ecs-agent and ecs-telemetry. Its user data must end.',
    find: (facts) => {
      const found = facts.environments.find(
        ({ registered, lastLaunch }) =>
          registered === 0 &&
          lastLaunch !== undefined &&
          facts.now.date.getTime() - lastLaunch.getTime() > REGISTERED_AFTER_MS,
      );
      const values = waits(facts);
      if (values === undefined || found?.lastLaunch === undefined || found.desiredVcpus === 0) return undefined;
      return { ...values, launched: timeText(found.lastLaunch, facts.now) };
    },
  },
  {
    code: 'agents-disconnected',
    sentence: '{subject} waits because none of the {registered} registered instances has a connection to ECS.',
    fix: 'Check the route of the subnets to ECS. AWS Batch replaces instances whose agent stays disconnected.',
    find: (facts) => {
      const found = facts.environments.find(({ registered, connected }) => registered && connected === 0);
      const values = waits(facts);
      return values && found ? { ...values, registered: found.registered ?? 0 } : undefined;
    },
  },
  {
    code: 'environment-updating',
    sentence: '{subject} waits while AWS Batch updates compute environment {environment}.',
    fix: 'Wait. Jobs that run get up to six hours to end before their instances are replaced.',
    find: (facts) => {
      const found = facts.environments.find(({ status }) => status === 'UPDATING');
      const values = waits(facts);
      return values && found ? { ...values, environment: found.name } : undefined;
    },
  },
  {
    code: 'instance-starting',
    sentence: '{subject} waits for an instance that is starting.',
    fix: 'Wait. An instance needs two to five minutes until it can take a job.',
    find: (facts) => {
      const isStarting = facts.environments.some(({ desiredVcpus, registered }) => desiredVcpus > 0 && !registered);
      return isStarting && !waitsForLong(facts) ? waits(facts) : undefined;
    },
  },
  {
    code: 'no-room',
    sentence: '{subject} waits because the running instances have no room for it: {names}.',
    fix: 'Wait. AWS Batch starts a further instance within a few minutes, or one of the jobs ends.',
    find: (facts) => (facts.queue?.running?.number ? withNames(waits(facts), facts) : undefined),
  },
  {
    code: 'behind-other-jobs',
    sentence: 'Run {run} is number {position} in queue {queue}: {head} is next.',
    fix: 'Wait. Jobs start in the order of their submission. Raise compute.maxVcpus to run more at once.',
    find: (facts) => {
      const { queue } = facts;
      const values = waits(facts);
      if (values === undefined || queue?.head === undefined) return undefined;
      const position = queue.position ?? `more than ${queue.waiting?.number ?? 100}`;
      return { ...values, position, head: queue.head.name };
    },
  },
];

/** Whether a job has waited for longer than an instance needs. */
function waitsForLong({ batchJob, environments, now }: Facts): boolean {
  const since = Math.max(
    batchJob?.queued.getTime() ?? 0,
    ...environments.map(({ lastLaunch }) => lastLaunch?.getTime() ?? 0),
  );
  return now.date.getTime() - since > REGISTERED_AFTER_MS;
}

/** After all others. */
export const WAITING_REASONS: readonly Reason[] = [
  {
    code: 'queue-unknown',
    sentence: 'Run {run} waits for an instance since {since}, and its queue or compute environment could not be read.',
    fix: 'Allow the requests that are named at the end.',
    command: 'info --policy read',
    find: (facts) => {
      const isUnknown = facts.notes.length > 0 && (facts.queue === undefined || facts.environments.length === 0);
      return isUnknown ? waits(facts) : undefined;
    },
  },
  {
    code: 'waits-for-long',
    sentence: '{subject} has waited for an instance ({instanceTypes}) since {since}, and nothing shows why.',
    fix: 'Look at the activity of Auto Scaling group AWSBatch-{environment}-asg-... in the EC2 console. If it is empty, stop the run and start it again.',
    find: (facts) => (waitsForLong(facts) ? waits(facts) : undefined),
  },
  {
    code: 'waits-for-instance',
    sentence: '{subject} waits for an instance ({instanceTypes}), since {since}.',
    fix: 'Wait: AWS Batch looks for an instance within a few minutes. If it needs more than ten, ask again.',
    command: 'why {run}',
    find: waits,
  },
];

/** After all others, for a run whose job AWS Batch does not know. */
export const FORGOTTEN_REASON: Reason = {
  code: 'job-unknown',
  sentence: 'Run {run} is running, and AWS Batch knows nothing of its job.',
  fix: 'Stop it and run it again: AWS Batch forgets jobs a week after their end, and Step Functions missed this one.',
  command: 'stop {run}',
  find: (facts) => (isRunning(facts) && facts.run !== undefined ? { run: facts.run.name } : undefined),
};

function withNames(values: Values | undefined, facts: Facts): Values | undefined {
  return values && { ...values, names: names(facts) };
}

/** Names of a few jobs that run. */
function names({ queue }: Facts): string {
  const { running, runningNames = [] } = queue ?? {};
  const shown = runningNames.slice(0, 3);
  const more = (running?.number ?? shown.length) - shown.length;
  const others = more > 0 ? ` and ${more}${running?.isMore ? ' or more' : ''} ${more === 1 ? 'other' : 'others'}` : '';
  return `${shown.join(', ')}${others}`;
}
