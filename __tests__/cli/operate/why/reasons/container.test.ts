import {
  containerValues,
  endReasons,
  exitReasons,
  startReasons,
} from '../../../../../cli/operate/why/reasons/container';
import { failed } from '../sample-facts';

const FACTS = failed({ reason: 'x', exitCode: 1 });
const values = (job: object = {}) => containerValues({ ...FACTS, job: { ...FACTS.job, ...job } }, 'It failed');

describe('a program that ended', () => {
  const codeOf = (exitCode: number | undefined) =>
    exitReasons(() => (exitCode === undefined ? undefined : { exitCode, values: {} })).find((each) => each.find(FACTS))
      ?.code;

  it.each([
    [1, 'exit-code'],
    [126, 'exit-not-executable'],
    [127, 'exit-command-missing'],
    [128, 'exit-code'],
    [131, 'exit-code'],
    [132, 'exit-crashed'],
    [133, 'exit-crashed'],
    [134, 'exit-crashed'],
    [135, 'exit-crashed'],
    [136, 'exit-crashed'],
    [137, 'exit-killed'],
    [138, 'exit-crashed'],
    [139, 'exit-crashed'],
    [140, 'exit-code'],
    [143, 'exit-terminated'],
    [1430, 'exit-code'],
    [undefined, undefined],
  ])('with %s: %s', (exitCode, code) => {
    expect(codeOf(exitCode)).toBe(code);
  });

  it('has its exit code for the sentence, besides the values of the facts', () => {
    const [first] = exitReasons(() => ({ exitCode: 137, values: { run: 'nightly-1' } }));
    expect(first?.find(FACTS)).toEqual({ run: 'nightly-1', exitCode: 137 });
  });
});

describe('a message', () => {
  const codeOf = (reasons: typeof startReasons, message: string) =>
    reasons(() => ({ message, values: {} })).find((each) => each.find(FACTS))?.code;

  // The same words mean something else of an image than of a secret.
  it.each([
    ['CannotPullContainerError: dial tcp: i/o timeout', 'image-unreachable'],
    ['ResourceInitializationError: dial tcp: i/o timeout', 'secret-unreachable'],
    ['dial tcp: i/o timeout', undefined],
    ['CannotPullContainerError: toomanyrequests: denied', 'image-rate-limit'],
    ['CannotPullContainerError: denied', 'image-denied'],
    ['CannotPullECRContainerError: odd', 'image-pull-failed'],
    ['Task failed to start', 'container-start-failed'],
  ])('at the start, %s: %s', (message, code) => {
    expect(codeOf(startReasons, message)).toBe(code);
  });

  it.each([
    ['OutOfMemoryError: Container killed due to memory usage', 'out-of-memory'],
    ['Host EC2 (instance i-1) terminated.', 'spot-interruptions'],
    ['Job attempt duration exceeded timeout', 'timeout'],
    ['Essential container in task exited', undefined],
  ])('at the end, %s: %s', (message, code) => {
    expect(codeOf(endReasons, message)).toBe(code);
  });

  it('gives its detail', () => {
    const reason = startReasons(() => ({ message: 'CannotPullContainerError: odd', values: {} })).find(
      ({ code }) => code === 'image-pull-failed',
    );
    expect(reason?.find(FACTS)).toEqual({ detail: 'odd' });
  });
});

describe('the values of the sentences', () => {
  it('name what the container asks for, GPUs only if there are any', () => {
    expect(values({ cpu: 1, memory: 512, gpu: 0 }).size).toBe('1 vCPU, 512 MiB');
    expect(values({ cpu: 2, memory: 512, gpu: 1 }).size).toBe('2 vCPUs, 512 MiB, 1 GPU');
  });

  it('advise on restarts only for Spot capacity', () => {
    expect(values({ spot: true })).toMatchObject({
      restarts: ', and its free restarts were used up',
      restartFix: expect.stringContaining('freeRestarts'),
    });
    expect(values({ spot: false })).toMatchObject({ restarts: '', restartFix: expect.stringContaining('attempts') });
  });

  it('name the timeout', () => {
    expect(values({ timeoutSeconds: 60 }).timeout).toBe('60 seconds');
    expect(values({ timeoutSeconds: undefined }).timeout).toBe('none in the config');
  });

  it('advise on memory by what the last attempt had, and could have', () => {
    expect(values({ memory: 512, maxMemory: undefined })).toMatchObject({
      memoryLimit: 'resources.memory (512 MiB)',
      memoryFix: expect.stringContaining('onOutOfMemory to give the next attempt more'),
    });
    expect(values({ memory: 512, maxMemory: 1024 })).toMatchObject({
      memoryLimit: 'the 512 MiB of its last attempt',
      memoryFix: 'Raise retryConfig.attempts, and deploy: the next attempt would have more, up to 1024 MiB.',
    });
    expect(values({ memory: 1024, maxMemory: 1024 }).memoryFix).toBe(
      'Raise retryConfig.onOutOfMemory.maxMemory, and deploy.',
    );
  });
});
