import { runEndEvent } from '../../triggers/batch-job/run-end-event';
import { ObjectStore } from '../container/resolver/object-store';
import { type Ended, JobPrograms } from './job-process';

const store = new ObjectStore();
const programs = new JobPrograms();

beforeAll(() => store.start());

afterAll(async () => {
  programs.remove();
  await store.stop();
});

beforeEach(() => {
  store.requests.length = 0;
});

const STATE_MACHINE = 'arn:aws:states:eu-west-1:123456789012:stateMachine:shop-load';

/** The event of a run that has ended and was started by a text of JSON. */
function endOf(input: string): string {
  const ended = { name: 'load-1', status: 'SUCCEEDED', startedAt: 1, endedAt: 2, input } as const;
  const envelope = { id: '1', region: 'eu-west-1', account: '123456789012' };
  return JSON.stringify(runEndEvent({ stateMachineArn: STATE_MACHINE, ...ended }, envelope));
}

/** A Python job that another job's end has started prints what started that one. */
function python(input: string, more: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const program = programs.python(
    'import json, sys\nfrom batch_job import earlier_event, event\n' +
      'try: print(json.dumps(earlier_event(event())))\nexcept RuntimeError as error: sys.exit(str(error))\n',
  );
  return programs.run(program, { ...store.environment(endOf(input)), ...more });
}

describe('earlier_event in Python', () => {
  it.each([
    ['{"day": "2026-01-01"}', { day: '2026-01-01' }],
    ['{"name": "Zoë \u{1f600}", "cut": "\\ud83d"}', { name: 'Zoë \u{1f600}', cut: '\ud83d' }],
    ['"\ud83d"', '\ud83d'],
    ['null', null],
    ['{"stpPayload": 1}', { stpPayload: 1 }],
  ])('is the event of the earlier run: %j', async (input, event) => {
    const { code, stdout, stderr } = await python(input);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(event);
    expect(store.requests).toHaveLength(0);
  });

  it('is read from S3 if it was large', async () => {
    const { code, stdout, stderr } = await python(store.store('{"large": 7}'));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ large: 7 });
    expect(store.requests).toHaveLength(1);
  });

  it('is None if Step Functions left it out', async () => {
    const { code, stdout } = await python(JSON.stringify('x'.repeat(300_000)));
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'null\n' });
  });

  it('says where it is and why it cannot be read', async () => {
    expect((await python('{')).stderr).toMatch(/^detail\.input is not JSON: .* It is "\{"\n$/);
    const reference = store.store('{"large": 8}').replace(/"sha256":"[^"]+"/, `"sha256":"${'0'.repeat(64)}"`);
    const { code, stderr } = await python(reference);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^The job's event could not be read from s3:\/\/.+: the object has the SHA-256 /);
  });
});
