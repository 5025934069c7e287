import type { Facts } from '../../../../cli/operate/why/facts';
import { launchesIn } from '../../../../cli/operate/why/gather-environment';

const GROUP = 'AWSBatch-reports-spot-cpu-x86-64-1-asg-640012bd-4e90-3f19-9dd2-c09a23dc923d';
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

describe('launches', () => {
  const failure = { StartTime: minutesAgo(5), StatusCode: 'Failed', StatusMessage: 'no capacity' };
  const success = {
    StartTime: minutesAgo(9),
    StatusCode: 'Successful',
    Description: 'Launching a new EC2 instance: i-1',
  };
  test.each([
    ['none', [], {}],
    [
      'a failure after a launch',
      [failure, success],
      { lastLaunch: success.StartTime, launchFailure: { at: failure.StartTime, message: 'no capacity' } },
    ],
    [
      'a failure before a launch',
      [{ ...failure, StartTime: minutesAgo(12) }, success],
      { lastLaunch: success.StartTime },
    ],
    ['instances that end', [{ ...success, Description: 'Terminating EC2 instance: i-1' }], {}],
    ['a launch that goes on', [{ StartTime: minutesAgo(1), StatusCode: 'PreInService' }], {}],
  ])('%s', (_name, activities, expected) => {
    const whole = activities.map((activity) => ({
      ActivityId: '1',
      AutoScalingGroupName: GROUP,
      Cause: '',
      ...activity,
    }));
    expect(launchesIn(whole as never)).toEqual(expected satisfies Partial<Facts['environments'][number]>);
  });
});
