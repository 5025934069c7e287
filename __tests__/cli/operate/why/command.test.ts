import { document, lines } from '../../../../cli/operate/why/command';
import { why } from '../../../../cli/operate/why/reasons';
import { CASES } from './cases';
import { failed, idle, minutesAgo, runnable } from './sample-facts';

const terminal = (columns: number) => ({ isTTY: true, columns });
const PIPE = {};

const QUOTA = {
  code: 'L-34B43A08',
  name: 'All Standard (A, C, D, H, I, M, R, T, Z) Spot Instance Requests',
  vcpus: 64,
};
const waiting = runnable({
  queue: { running: { number: 100, isMore: true }, head: { name: 'import-1', statusReason: 'UNDETERMINED' } },
  environment: {
    desiredVcpus: 2,
    connected: 1,
    registered: 2,
    lastLaunch: minutesAgo(60),
    launchFailure: { at: minutesAgo(1), message: 'MaxSpotInstanceCountExceeded' },
    quota: QUOTA,
  },
});

test.each([80, 120])('on %i columns no line is longer, except commands and names', (columns) => {
  const all = CASES.flatMap(([, , facts]) => lines(facts, why(facts), terminal(columns)));
  expect(all.length).toBeGreaterThan(CASES.length);
  const isOneWord = (line: string) =>
    line
      .trim()
      .split(/\s{2,}/)
      .some((part) => !part.includes(' ') && part.length > 40);
  const tooLong = all.filter((line) => line.length > columns && !/batch-jobs|npm run/.test(line) && !isOneWord(line));
  expect(tooLong).toEqual([]);
});

test('in a pipe values are whole', () => {
  const text = lines(waiting, why(waiting), PIPE);
  expect(text).toContain(`  Quota           64 vCPUs, ${QUOTA.name} (L-34B43A08)`);
  expect(text).toContain('  Jobs that run   100 or more');
  expect(text).toContain('  Next job        import-1: UNDETERMINED');
  expect(text).toContain('  Instances       2 registered with ECS, 1 connected');
});

test('times are in ISO 8601 for programs', () => {
  const facts = { ...waiting, now: { ...waiting.now, isUtc: true } };
  expect(lines(facts, why(facts), PIPE)).toContainEqual(expect.stringContaining('queued 2026-11-26T11:56:00.000Z'));
  expect(lines(waiting, why(waiting), PIPE)).toContainEqual(expect.stringContaining('(4 minutes ago)'));
});

test('a long line of a log is cut on a terminal only', () => {
  const facts = failed({ exitCode: 1 }, {}, ['x '.repeat(5_000)]);
  const length = (stream: object) => lines(facts, why(facts), stream).join('').length;
  expect(length(terminal(80))).toBeLessThan(3_000);
  expect(length(PIPE)).toBeGreaterThan(10_000);
});

test('what was not checked is at the end', () => {
  const facts = {
    ...waiting,
    notes: ['Instances left out: Your credentials do not allow ecs:DescribeClusters in eu-west-1.'],
  };
  expect(lines(facts, why(facts), PIPE).at(-1)).toBe(facts.notes[0]);
});

test('the document for programs', () => {
  const facts = idle({
    rules: [{ name: 'nightly', isEnabled: false, schedule: 'rate(1 day)' }],
    mappings: [{ source: 'queue orders', uuid: '1', isEnabled: true, result: 'OK' }],
    lastEvent: { at: minutesAgo(3), outcome: 'started', run: 'report-1' },
  });
  expect(document(facts, why(facts))).toEqual({
    job: 'report',
    run: null,
    status: null,
    code: 'rule-disabled',
    sentence: 'Nothing starts report on its schedule, because the EventBridge rule nightly is disabled.',
    fix: 'Enable it: aws events enable-rule --name nightly --region eu-west-1. A deployment also enables it.',
    command: 'batch-jobs deploy',
    checked: expect.arrayContaining([
      { what: 'Rule', found: 'nightly, disabled, rate(1 day)' },
      { what: 'Source', found: 'queue orders, enabled, OK' },
    ]),
    notes: [],
  });
});
