import { AwsFault } from '../../../../cli/operate/aws/fault';
import { expired, logGroupOf } from '../../../../cli/operate/logs/log-group';
import { deploymentOf } from '../fake-aws';

const NAME = '/batch-jobs/shop/report';

function groupOf(answer: unknown) {
  const deployment = deploymentOf(() => answer);
  return logGroupOf(deployment, deployment.jobNamed('report'), NAME);
}

it('has the retention that it has in AWS', async () => {
  expect(await groupOf({ logGroups: [{ logGroupName: NAME, retentionInDays: 7 }] })).toEqual({
    name: NAME,
    retentionDays: 7,
  });
  expect(await groupOf({ logGroups: [{ logGroupName: NAME }] })).toEqual({ name: NAME, retentionDays: undefined });
});

it('has that of the config if nobody may look', async () => {
  const denied = new AwsFault('no', 'AccessDeniedException', 'logs:DescribeLogGroups');
  expect(await groupOf(denied)).toEqual({ name: NAME, retentionDays: 30 });
});

it.each([{ logGroups: [] }, { logGroups: [{ logGroupName: `${NAME}2` }] }])('is missing: %j', async (answer) => {
  await expect(groupOf(answer)).rejects.toThrow(
    'Log group /batch-jobs/shop/report of job report of stack shop is not deployed in account 123456789012 in eu-west-1.',
  );
});

it('says what has expired', () => {
  const now = Date.UTC(2026, 10, 26);
  const before = (days: number) => new Date(now - days * 86_400_000);
  expect(expired({ name: NAME, retentionDays: 30 }, before(29), now)).toBeUndefined();
  expect(expired({ name: NAME, retentionDays: 30 }, before(31), now)).toBe(
    'Lines older than 30 days are gone: log group /batch-jobs/shop/report keeps them no longer.',
  );
  expect(expired({ name: NAME, retentionDays: 1 }, before(2), now)).toContain('older than 1 day are gone');
  expect(expired({ name: NAME }, before(9_999), now)).toBeUndefined();
});
