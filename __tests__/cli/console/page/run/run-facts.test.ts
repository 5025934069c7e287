/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { RunFacts } from '../../../../../cli/console/page/run/run-facts';
import type { Run } from '../../../../../cli/model/run';
import { dateTimeText } from '../../../../../cli/model/time-text';
import { at, live, NOW, run, SPOT_STORY, T0 } from '../../../model/told-runs';
import { openBrowser } from '../browser/browser';

const browser = openBrowser();

/** The facts, by their labels. */
function facts(of: Run, now = at(2_000)): Readonly<Record<string, string>> {
  browser.show(h(RunFacts, { run: of, now }));
  const labels = browser.texts('dt');
  const values = browser.texts('dd');
  return Object.fromEntries(labels.map((label, index) => [label, values[index] ?? '']));
}

it('of a run in AWS', () => {
  expect(facts(SPOT_STORY)).toEqual({
    Started: '25 Nov 2026, 14:00:02 UTC',
    Duration: '27m 41s',
    'Container time': '21m 49s in 5 starts',
    'Started by': 'schedule',
    Execution: 'nightlyReport-67cd5321',
  });
  expect(browser.get('time').getAttribute('datetime')).toBe('2026-11-25T14:00:02.000Z');
});

it('of a run that goes on', () => {
  const shown = facts(live({ outcome: 'running' }), NOW + 900);
  expect(shown).toMatchObject({ Elapsed: '7m 00s', 'Container time': '6m 00s in 1 start' });
  expect(Object.keys(shown)).not.toContain('Duration');
});

it('of a run on this machine', () => {
  const shown = facts(
    run({
      place: 'local',
      by: 'podman',
      command: 'npm run local -- nightlyReport',
      source: undefined,
      event: { bytes: 1, source: 'sample of sqs' },
    }),
  );
  expect(shown).toMatchObject({
    Started: dateTimeText(T0, 'local'),
    Container: 'Podman',
    Event: 'sample of sqs',
    Command: 'npm run local -- nightlyReport',
  });
  expect(Object.keys(shown)).not.toContain('Execution');
  expect(Object.keys(shown)).not.toContain('Started by');
});

it('the end of a run that is not known', () => {
  expect(facts(run({ endedAt: undefined, outcome: 'failed' })).Duration).toBe('unknown');
  expect(facts(run({ endedAt: at(1), outcome: 'failed' })).Duration).toBe('1s');
});

it('no container has run, and nothing is known of the event', () => {
  expect(Object.keys(facts(run({ source: undefined, event: { bytes: 0 } })))).toEqual([
    'Started',
    'Duration',
    'Execution',
  ]);
});

describe('a run that another one started', () => {
  const earlier = {
    run: 'earlier-run',
    job: 'import',
    id: 'import-1',
    outcome: 'succeeded',
  } as unknown as Run['earlier'];

  it('leads to it', () => {
    const shown = facts(run({ earlier }));
    const link = browser.get('dd a');
    expect([link.getAttribute('href'), link.getAttribute('title'), link.textContent]).toEqual([
      '/aws/runs/import-1',
      'earlier-run',
      shown['Started by'],
    ]);
    // Its source says the same.
    expect(browser.texts('dt').filter((label) => label === 'Started by')).toHaveLength(1);
  });

  it('leads nowhere where it is not of this list', () => {
    const shown = facts(run({ earlier: { ...earlier, id: undefined } as Run['earlier'] }));
    expect(shown['Started by']).not.toBe('');
    expect(browser.all('dd a')).toEqual([]);
  });

  it('has an event of its own on this machine', () => {
    const shown = facts(run({ place: 'local', earlier, source: 'sample of run' }));
    expect([shown.Event, shown['Started by']]).toEqual(['sample of run', browser.get('dd a').textContent]);
  });
});

describe('the execution', () => {
  const hash = '67cd5321'.repeat(4);

  it('leads to the AWS console', () => {
    facts(run({ links: { Execution: 'https://console.aws.amazon.com/x' } }));
    const link = browser.get('a.mono');
    expect(['href', 'target', 'rel', 'title'].map((name) => link.getAttribute(name))).toEqual([
      'https://console.aws.amazon.com/x',
      '_blank',
      'noreferrer',
      'nightlyReport-67cd5321',
    ]);
  });

  it.each([
    [`report-${hash}`, 'report-67cd532167cd5…5321'],
    [`nightlyReport-${hash}`, 'nightlyReport-67cd5321…5321'],
    ['a'.repeat(36), 'a'.repeat(36)],
    ['a'.repeat(37), `${'a'.repeat(20)}…aaaa`],
    ['a'.repeat(60), `${'a'.repeat(36)}…aaaa`],
  ])('%s is shown as %s', (name, text) => {
    expect(facts(run({ name })).Execution).toBe(text);
    browser.show(null);
    facts(run({ name, links: { Execution: 'https://x' } }));
    expect(browser.get('a.mono').textContent).toBe(text);
  });
});
