import { setTimeout as sleep } from 'node:timers/promises';
import { call, invokeItself } from '../../../../modules/container/builder/function/aws';
import { isBuilt, startWhenFree } from '../../../../modules/container/builder/function/build-start';
import { answer, type WaitingRequest } from '../../../../modules/container/builder/function/cloudformation';
import { StartError } from '../../../../modules/orchestration/trigger/start-error';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn(async () => undefined) }));
jest.mock('../../../../modules/container/builder/function/aws');
jest.mock('../../../../modules/container/builder/function/cloudformation');

const REQUEST = {
  RequestType: 'Create',
  RequestId: 'request-id',
  LogicalResourceId: 'Image',
  ResourceProperties: {
    RepositoryName: 'jobs',
    Tag: 'abc',
    ProjectName: 'images',
    Buildspec: '{}',
    Image: 'i',
    ContextUri: 'u',
  },
} as unknown as WaitingRequest;
const FULL = new StartError('AccountLimitExceededException', 'Cannot have more than 1 builds', false);

/** Answers of ECR and CodeBuild, the last one again and again. */
let images: (object | Error)[];
let builds: (object | Error)[];
const next = (answers: (object | Error)[]) => {
  const [one = {}] = answers.length > 1 ? answers.splice(0, 1) : answers;
  if (one instanceof Error) throw one;
  return one as never;
};
const waits = () => jest.mocked(sleep).mock.calls.map(([ms]) => ms ?? 0);
const startsOfBuilds = () => jest.mocked(call).mock.calls.filter(([, action]) => action === 'StartBuild');

beforeEach(() => {
  jest.clearAllMocks();
  images = [{ imageDetails: [] }];
  builds = [{}];
  jest.mocked(call).mockImplementation(async (_, action) => next(action === 'StartBuild' ? builds : images));
  jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
  jest.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => jest.restoreAllMocks());

it.each<[object | Error, boolean]>([
  [{ imageDetails: [{}] }, true],
  [{ imageDetails: [] }, false],
  [{}, false],
  [new StartError('ImageNotFoundException', 'gone', false), false],
])('after %j, the tag is there: %s', async (reply, expected) => {
  images = [reply];
  expect(await isBuilt(REQUEST.ResourceProperties)).toBe(expected);
  expect(call).toHaveBeenCalledWith('ecr', 'DescribeImages', {
    repositoryName: 'jobs',
    imageIds: [{ imageTag: 'abc' }],
  });
});

it('another error of ECR or CodeBuild is one of the request', async () => {
  images = [new StartError('AccessDenied', 'no', false)];
  await expect(isBuilt(REQUEST.ResourceProperties)).rejects.toThrow('no');
  builds = [new StartError('AccessDenied', 'never', false)];
  await expect(startWhenFree(REQUEST)).rejects.toThrow('never');
});

it('a free machine builds at once', async () => {
  await startWhenFree(REQUEST);
  expect([startsOfBuilds().length, waits()]).toEqual([1, []]);
});

it('each wait for a machine is twice as long as the one before, from half a second to half a minute', async () => {
  builds = [...Array(8).fill(FULL), {}];
  await startWhenFree(REQUEST);
  expect(waits()).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  jest.mocked(Math.random).mockReturnValue(0);
  jest.mocked(sleep).mockClear();
  builds = [FULL, {}];
  await startWhenFree(REQUEST);
  expect(waits()).toEqual([250]);
});

it('an image that is there after a wait is not built again', async () => {
  builds = [FULL];
  images = [{ imageDetails: [{}] }];
  await startWhenFree(REQUEST);
  expect(startsOfBuilds()).toHaveLength(1);
  expect(answer).toHaveBeenCalledWith(REQUEST, { status: 'SUCCESS' });
});

it.each([
  [75_500, 'StartBuild'],
  [75_499, 'Invoke'],
])('with %i ms left and half a second to wait, what comes next is %s', async (left, expected) => {
  const now = 1_000_000;
  jest.spyOn(Date, 'now').mockReturnValue(now);
  builds = [FULL, {}];
  await startWhenFree(REQUEST, { getRemainingTimeInMillis: () => left });
  expect(startsOfBuilds()).toHaveLength(expected === 'StartBuild' ? 2 : 1);
  if (expected === 'Invoke') expect(invokeItself).toHaveBeenCalledWith({ ...REQUEST, waitingSince: now });
  else expect(invokeItself).not.toHaveBeenCalled();
});

it('after 50 minutes it gives up, and says what to do', async () => {
  jest.spyOn(Date, 'now').mockReturnValue(50 * 60_000);
  builds = [FULL, {}];
  await startWhenFree({ ...REQUEST, waitingSince: 1 });
  builds = [FULL];
  await expect(startWhenFree({ ...REQUEST, waitingSince: 0 })).rejects.toThrow(
    /^No machine was free for 50 minutes: Cannot have more than 1 builds\. What was built meanwhile stays: deploy again to go on, or ask AWS/,
  );
});

it('an account that may run no build says so at once', async () => {
  builds = [new StartError('AccountLimitExceededException', 'Cannot have more than 0 builds in queue', false)];
  await expect(startWhenFree(REQUEST)).rejects.toThrow(
    /^Cannot have more than 0 builds in queue\. Ask AWS to raise the AWS CodeBuild quota/,
  );
  expect(waits()).toEqual([]);
});
