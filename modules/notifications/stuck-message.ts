import type { Target } from './targets';

/**
 * The message about a run that waits in its queue, as a JSONata expression over `$states.input`, which is a {@link WaitingRun}. Its value
 * has the form of that of RUN_MESSAGE.
 *
 * @see https://docs.aws.amazon.com/batch/latest/APIReference/API_JobDetail.html
 */
export const STUCK_MESSAGE = String.raw`(
  $in := $states.input;
  $job := $in.waiting[0];
  $arn := $split($in.stateMachineArn, ':');
  $region := $arn[3];
  $host := $arn[1] = 'aws-cn' ? $region & '.console.amazonaws.cn'
    : $arn[1] = 'aws-us-gov' ? $region & '.console.amazonaws-us-gov.com'
    : $region & '.console.aws.amazon.com';
  $run := $job.JobName;
  $executionArn := $replace($in.stateMachineArn, ':stateMachine:', ':execution:') & ':' & $run;
  $queue := $split($job.JobQueue, '/')[-1];
  $reason := $type($job.StatusReason) = 'string' ? $trim($job.StatusReason) : '';
  $minutes := $floor($in.afterSeconds / 60);
  $waited := $minutes < 120 ? $minutes & ' min' : $floor($minutes / 60) & ' h' & ($minutes % 60 > 0 ? ' ' & ($minutes % 60) & ' min' : '');
  $headline := $in.job & ' has waited in the queue for more than ' & $waited & ($reason != '' ? ': ' & $reason : '');
  $links := {
    'run': 'https://' & $host & '/states/home?region=' & $region & '#/v2/executions/details/' & $executionArn,
    'job': 'https://' & $host & '/batch/home?region=' & $region & '#jobs/ec2/detail/' & $job.JobId
  };
  {
    'subject': $substring($in.job & ' is waiting (' & $in.stack & ')', 0, 100),
    'short': $substring($headline, 0, 140),
    'text': $join([
      $headline,
      '',
      'Run         ' & $run,
      'Stack       ' & $in.stack & ' in ' & $region & ', account ' & $arn[4],
      'Status      ' & $job.Status & ' in ' & $queue,
      '',
      'Find out    npx batch-jobs why ' & $run,
      'See it      npx batch-jobs show ' & $run,
      'Stop it     npx batch-jobs stop ' & $run,
      '',
      'Execution   ' & $links.run,
      'Job         ' & $links.job
    ], '\n'),
    'detail': {
      'kind': 'stuck',
      'stack': $in.stack,
      'job': $in.job,
      'run': $run,
      'status': $job.Status,
      'message': $headline,
      'reason': $reason != '' ? $reason,
      'afterSeconds': $in.afterSeconds,
      'queue': $queue,
      'batchJobId': $job.JobId,
      'executionArn': $executionArn,
      'stateMachineArn': $in.stateMachineArn,
      'region': $region,
      'account': $arn[4],
      'commands': {
        'why': 'npx batch-jobs why ' & $run,
        'show': 'npx batch-jobs show ' & $run,
        'stop': 'npx batch-jobs stop ' & $run
      },
      'links': $links
    }
  }
)`;

/** Input of the notifier for a run that waits. */
export interface WaitingRun {
  readonly stack: string;
  readonly job: string;
  readonly stateMachineArn: string;
  readonly afterSeconds: number;
  readonly targets: { readonly stuck: readonly Target[] };
  /** The AWS Batch job in a list, with the names of an integration with an AWS SDK. */
  readonly waiting: readonly unknown[];
}
