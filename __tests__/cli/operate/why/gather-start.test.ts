import { lastEventIn } from '../../../../cli/operate/why/gather-start';

describe("the trigger function's newest record", () => {
  const line = (more: object) =>
    JSON.stringify({ timestamp: '2026-11-26T11:00:00.000Z', level: 'INFO', requestId: '1', ...more });
  const at = new Date('2026-11-26T11:00:00Z');
  test.each([
    [
      'a start',
      [line({ bytes: 2, executionName: 'report-1', duplicate: false })],
      { at, outcome: 'started', run: 'report-1' },
    ],
    [
      'a duplicate',
      [line({ executionName: 'report-1', duplicate: true })],
      { at, outcome: 'duplicate', run: 'report-1' },
    ],
    ['an ignored event', [line({ ignored: 'health-check' })], { at, outcome: 'ignored', detail: 'health-check' }],
    ['an error', [line({ error: { message: 'denied' } })], { at, outcome: 'failed', detail: 'denied', run: undefined }],
    [
      'the newest',
      [line({ ignored: 'preflight' }), line({ executionName: 'r', duplicate: false })],
      { at, outcome: 'started', run: 'r' },
    ],
    [
      'lines of Lambda',
      ['START RequestId: 1', '{"type":"platform.report"}', '[1]', 'null', '{"timestamp":"x"}'],
      undefined,
    ],
  ])('%s', (_name, lines, expected) => {
    expect(lastEventIn(lines)).toEqual(expected);
  });
});
