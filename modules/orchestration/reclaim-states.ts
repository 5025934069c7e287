import { EXIT_ON_SIGTERM, STATUS_REASONS } from '../rules/job-ends';
import { reclaimNames } from './state-names';
import { matchesOneOf, type StateFragment } from './states-language';

/**
 * Whether a Spot interruption ended the job after AWS Batch had used its free restarts.
 *
 * The cause also contains the ends of earlier restarts, so the job has to be parsed. A cause that isn't JSON would fail the execution in
 * States.StringToJson and hide the real error, so its shape is checked first.
 */
export function reclaimStates(
  name: string,
  next: { readonly reclaimed: string; readonly otherwise: string },
): StateFragment {
  const { entry, read, decide } = reclaimNames(name);
  const { hostGone, timedOut } = STATUS_REASONS;
  return {
    entry,
    states: {
      [entry]: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.Cause', IsPresent: false, Next: next.otherwise },
          {
            And: [
              matchesOneOf('$.Cause', ['{*"StatusReason":*}']),
              matchesOneOf('$.Cause', [`*"StatusReason":"${hostGone}*`, `*"ExitCode":${EXIT_ON_SIGTERM}*`]),
            ],
            Next: read,
          },
        ],
        Default: next.otherwise,
      },
      [read]: {
        Type: 'Pass',
        Parameters: { 'Error.$': '$.Error', 'Cause.$': '$.Cause', 'Job.$': 'States.StringToJson($.Cause)' },
        Next: decide,
      },
      [decide]: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.Job.StatusReason', IsPresent: false, Next: next.otherwise },
          { Variable: '$.Job.StatusReason', StringMatches: `${hostGone}*`, Next: next.reclaimed },
          {
            // A timeout and a person who terminates the job also cause SIGTERM.
            And: [
              { Variable: '$.Job.Container.ExitCode', IsPresent: true },
              { Variable: '$.Job.Container.ExitCode', NumericEquals: EXIT_ON_SIGTERM },
              {
                Not: { Variable: '$.Job.StatusReason', StringMatches: `${timedOut}*` },
              },
              {
                Not: {
                  And: [
                    { Variable: '$.Job.IsTerminated', IsPresent: true },
                    { Variable: '$.Job.IsTerminated', BooleanEquals: true },
                  ],
                },
              },
            ],
            Next: next.reclaimed,
          },
        ],
        Default: next.otherwise,
      },
    },
  };
}
