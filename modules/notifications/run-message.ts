import { ITEMS_FAILED } from '../orchestration/items/format';
import type { Target } from './targets';

/**
 * The message about the end of a run, as a JSONata expression of Step Functions over `$states.input`, which is a {@link RunEnd}.
 * Its value is `{ subject, short, text, detail }`.
 *
 * - The cause of a failed run is the AWS Batch job as JSON, or a sentence. It is read as JSON only if it has the form of a job: an error
 *   in an expression would end the execution without a message.
 * - The end of a run with items is their counts, as JSON. The first failed one says what went wrong.
 * - Properties of `detail` without a value are left out. They are documented, so names and meanings stay.
 * - Region, account and partition are those of the execution's ARN.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/eventbridge-integration.html
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html
 */
export const RUN_MESSAGE = String.raw`(
  $in := $states.input;
  $run := $in.detail;
  $arn := $split($run.executionArn, ':');
  $region := $arn[3];
  $host := $arn[1] = 'aws-cn' ? $region & '.console.amazonaws.cn'
    : $arn[1] = 'aws-us-gov' ? $region & '.console.amazonaws-us-gov.com'
    : $region & '.console.aws.amazon.com';

  $textOf := function($value) { $type($value) = 'string' ? $trim($value) : '' };
  $end := $run.status = 'SUCCEEDED' ? $run.output : $run.cause;
  $told := $textOf($end);
  $isJob := $substring($told, 0, 1) = '{' and $substring($told, -1) = '}' and $contains($told, '"JobId":');
  $job := $isJob ? $parse($end) : {};
  $isItems := $substring($told, 0, 1) = '{' and $substring($told, -1) = '}' and $contains($told, '"items":')
    and ($run.status = 'SUCCEEDED' ? $not($isJob) : $run.error = '${ITEMS_FAILED}');
  $items := $isItems ? $parse($end) : {};
  $variable := function($name) { $job.Container.Environment[Name = $name].Value };

  $error := $textOf($run.error);
  $reasons := $distinct([$textOf($job.StatusReason), $textOf($job.Container.Reason)])[$ != ''];
  $item := $items.failures[0];
  $itemsFailed := $type($items.failed) = 'number' and $type($items.items) = 'number' and $items.failed > 0
    ? $formatNumber($items.failed, '#,##0') & ' of ' & $formatNumber($items.items, '#,##0') & ' items failed'
      & ($exists($item) ? ': item ' & $item.index & ' (' & $item.reason
        & ($exists($item.exitCode) ? ', exit code ' & $item.exitCode : '') & ')' : '')
    : '';
  $reason := $count($reasons) > 0 ? $join($reasons, ': ')
    : $itemsFailed != '' ? $substring($itemsFailed, 0, 1000)
    : $isJob ? '' : $substring($told, 0, 1000);
  $exitCode := $job.Container.ExitCode;
  $attempt := $variable('STP_CURRENT_ATTEMPT');
  $seconds := $type($run.stopDate) = 'number' ? $round(($run.stopDate - $run.startDate) / 1000) : 0;

  $word := $run.status = 'SUCCEEDED' ? 'succeeded' : $run.status = 'ABORTED' ? 'was stopped'
    : $run.status = 'TIMED_OUT' ? 'timed out' : 'failed';
  $on := $exists($attempt) and $run.status in ['SUCCEEDED', 'FAILED']
    ? ' on attempt ' & $attempt & ' of ' & $in.attempts : '';
  $why := $itemsFailed != '' ? ', ' & $reason
    : $run.status = 'SUCCEEDED' ? '' : $reason != '' ? ': ' & $reason : $error != '' ? ': ' & $error : '';
  $code := $run.status = 'FAILED' and $exists($exitCode) ? ' (exit code ' & $exitCode & ')' : '';
  $headline := $in.job & ' ' & $word & $on & $why & $code;

  $time := function($millis) { $fromMillis($millis, '[Y0001]-[M01]-[D01] [H01]:[m01]:[s01]') & ' UTC' };
  $took := $seconds < 60 ? $seconds & ' s'
    : $seconds < 3600 ? $floor($seconds / 60) & ' min ' & ($seconds % 60) & ' s'
    : $floor($seconds / 3600) & ' h ' & ($floor($seconds / 60) % 60) & ' min';
  $stream := $job.Container.LogStreamName;
  $coded := function($name) { $join($split($name, '/'), '$252F') };
  $links := {
    'run': 'https://' & $host & '/states/home?region=' & $region & '#/v2/executions/details/' & $run.executionArn,
    'log': $type($in.logGroup) = 'string' ? 'https://' & $host & '/cloudwatch/home?region=' & $region
      & '#logsV2:log-groups/log-group/' & $coded($in.logGroup)
      & ($exists($stream) ? '/log-events/' & $coded($stream) : '')
  };
  $rerun := 'npx batch-jobs rerun ' & $run.name & ($itemsFailed != '' ? ' --failed' : '');
  $lines := [
    $headline,
    '',
    'Run         ' & $run.name,
    'Stack       ' & $in.stack & ' in ' & $region & ', account ' & $arn[4],
    'Started     ' & $time($run.startDate),
    $type($run.stopDate) = 'number' ? 'Ended       ' & $time($run.stopDate) & ', after ' & $took,
    $error != '' ? 'Error       ' & $error,
    '',
    'See it      npx batch-jobs show ' & $run.name,
    'Its output  npx batch-jobs logs ' & $run.name,
    $run.status != 'SUCCEEDED' or $itemsFailed != '' ? 'Run again   ' & $rerun,
    '',
    'Execution   ' & $links.run,
    $exists($links.log) ? 'Log         ' & $links.log
  ];
  {
    'subject': $substring($in.job & ' ' & $word & ' (' & $in.stack & ')', 0, 100),
    'short': $substring($headline, 0, 140),
    'text': $join($lines, '\n'),
    'detail': {
      'kind': $run.status = 'SUCCEEDED' ? 'succeeded' : 'failed',
      'stack': $in.stack,
      'job': $in.job,
      'run': $run.name,
      'status': $run.status,
      'message': $headline,
      'error': $error != '' ? $error,
      'reason': $reason != '' and ($run.status != 'SUCCEEDED' or $itemsFailed != '') ? $reason,
      'exitCode': $exitCode,
      'items': $isItems ? $sift($items, function($_, $key) { $key in ['items', 'succeeded', 'failed', 'failuresUri'] }),
      'attempt': $exists($attempt) ? $number($attempt),
      'attempts': $in.attempts,
      'startedAt': $fromMillis($run.startDate),
      'endedAt': $type($run.stopDate) = 'number' ? $fromMillis($run.stopDate),
      'seconds': $seconds,
      'batchJobId': $job.JobId,
      'logGroup': $type($in.logGroup) = 'string' ? $in.logGroup,
      'logStream': $stream,
      'executionArn': $run.executionArn,
      'stateMachineArn': $run.stateMachineArn,
      'region': $region,
      'account': $arn[4],
      'commands': {
        'show': 'npx batch-jobs show ' & $run.name,
        'logs': 'npx batch-jobs logs ' & $run.name,
        'rerun': $rerun
      },
      'links': $links
    }
  }
)`;

/** Input of the notifier: the detail of an event "Step Functions Execution Status Change", and what the job's rule adds. */
export interface RunEnd {
  readonly stack: string;
  readonly job: string;
  /** Total number of attempts of a run. */
  readonly attempts: number;
  /** Missing if the job's logging is disabled. */
  readonly logGroup?: string;
  readonly targets: { readonly failed: readonly Target[]; readonly succeeded: readonly Target[] };
  readonly detail: unknown;
}
