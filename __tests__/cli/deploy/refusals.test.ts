import { CommandFailure } from '../../../cli/command/reported-error';
import { planSummary } from '../../../cli/deploy/plan-summary';
import { refusePlan } from '../../../cli/deploy/refusals';
import { change, stack, textOf } from './told-plan';

it('warns of a schedule that AWS does not create, although the old one is deleted', () => {
  const schedule = (event: string) => `aws_scheduler_schedule.nightlyReport_schedule-${event}_Schedule_0A1B2C3D`;
  const changed = (address: string, action: string, start: string) =>
    change(address, [action], { schedule_expression: 'rate(6 hours)', start_date: start }).resource_changes ?? [];
  const planOf = (start: string) => ({
    resource_changes: [
      ...changed(schedule('1'), 'delete', '2026-01-01T00:00:00Z'),
      ...changed(schedule('2'), 'create', start),
    ],
  });
  expect(textOf(planOf('2026-01-01T00:00:00Z'), 200).join('\n')).toMatch(
    /\n {2}Refused {2}.*2026-01-01T00:00:00Z has passed/,
  );
  const refused = () => refusePlan(planSummary(stack, planOf('2026-01-01T00:00:00Z')));
  expect(refused).toThrow(CommandFailure);
  expect(refused).toThrow(
    /^Nothing was changed, because AWS will refuse a part of the plan:\n {2}schedule of job nightlyReport will not be created: .* Remove startDate, or set a later one\.\nDo that, and run the command again\.$/,
  );
  expect(() => refusePlan(planSummary(stack, planOf('2199-01-01T00:00:00Z')))).not.toThrow();
  expect(textOf(planOf('2199-01-01T00:00:00Z'), 200).join('\n')).not.toContain('Refused');
});
