/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { AwsQuestions } from '../../../../../cli/console/page/aws/ask-in-aws';
import { ItemsCard } from '../../../../../cli/console/page/run/items-card';
import type { ItemCounts, Run } from '../../../../../cli/model/run';
import { run } from '../../../model/told-runs';
import { CONSOLE, openBrowser } from '../browser/browser';
import { openServer } from '../browser/server';

const browser = openBrowser();
const server = openServer();
const IN_AWS = { ...CONSOLE, aws: { kind: 'on', account: '123456789012', region: 'eu-central-1' } } as typeof CONSOLE;

/** A run of 1,200 items, of which so many have failed, and the reasons of so many are known. */
function itemRun(failed: number, known: number, differences: Partial<Run> = {}, counts: Partial<ItemCounts> = {}): Run {
  const failures = Array.from({ length: known }, (_, index) => ({ index, reason: `Exit code ${index + 1}` }));
  return run({
    items: {
      count: 1_200,
      counts: { failed, running: 0, waiting: 0, succeeded: 1_200 - failed, ...counts },
      failures,
    } as unknown as Run['items'],
    ...differences,
  });
}

function show(of: Run, state = IN_AWS): string {
  return browser.show([h(ItemsCard, { run: of }), h(AwsQuestions, {})], state).textContent;
}

it('is nothing for a run without items', () => {
  expect(show(run())).toBe('');
});

it('says how many there are in each state, as text and as a bar', () => {
  show(itemRun(2, 0, { outcome: 'running' }, { running: 10, waiting: 0, succeeded: 1_188 }));
  const label = browser.get('.items-bar').getAttribute('aria-label') as string;
  expect(browser.get('header span').textContent).toBe(`1,200: ${label}`);
  expect(label).toMatch(/1,188 succeeded/);
  const parts = browser.all('.items-part');
  expect(parts.map(({ classList, style }) => [classList[1], style.flexGrow])).toEqual([
    ['failed', '2'],
    ['running', '10'],
    ['succeeded', '1188'],
  ]);
});

it('says of a run that is over that nothing waits any more', () => {
  const label = (outcome: Run['outcome']) => {
    show(itemRun(0, 0, { outcome }, { waiting: 5, succeeded: 1_195 }));
    return browser.get('.items-bar').getAttribute('aria-label');
  };
  expect(label('running')).not.toBe(label('failed'));
});

describe('items that failed', () => {
  it('lead to their pages in AWS, with why they failed', () => {
    show(itemRun(2, 2));
    expect(browser.texts('.items-reason')).toEqual(['Exit code 1', 'Exit code 2']);
    expect(browser.all('td a').map((link) => link.getAttribute('href'))).toEqual([
      '/aws/runs/nightlyReport-67cd5321%230',
      '/aws/runs/nightlyReport-67cd5321%231',
    ]);
    expect(browser.texts('.items-more')).toEqual([]);
  });

  it('have no pages on this machine', () => {
    show(itemRun(1, 1, { place: 'local' }));
    expect([browser.texts('td'), browser.texts('a')]).toEqual([['0', 'Exit code 1'], []]);
  });

  it('are ten at first, and all of the known ones where somebody asks', async () => {
    show(itemRun(1_100, 12));
    expect(browser.all('.items-reason')).toHaveLength(10);
    await browser.click('Show 2 more of 1,100 items');
    expect(browser.all('.items-reason')).toHaveLength(12);
    expect(browser.get('.items-more').textContent).toBe('and 1,088 more');
  });

  it('of which none is known are counted, and are in a file', () => {
    show(itemRun(5, 0));
    expect([browser.get('.items-more').textContent, browser.texts('table')]).toEqual(['5 more', []]);
    const { items } = itemRun(5, 0);
    show(itemRun(5, 0, { items: { ...items, failuresUri: 's3://bucket/failed' } as Run['items'] }));
    expect(browser.get('.items-more').textContent).toBe('5 more in s3://bucket/failed');
  });

  it('are none', () => {
    show(itemRun(0, 0));
    expect([browser.texts('table'), browser.texts('.items-more')]).toEqual([[], []]);
  });
});

describe('"Run failed again"', () => {
  const isOffered = (of: Run, state = IN_AWS) => {
    show(of, state);
    return browser.texts('button').includes('Run failed again');
  };

  it('is offered for failed items of a run in AWS that is over', () => {
    expect(isOffered(itemRun(1, 1))).toBe(true);
    expect(isOffered(itemRun(0, 0))).toBe(false);
    expect(isOffered(itemRun(1, 1, { outcome: 'running' }))).toBe(false);
    expect(isOffered(itemRun(1, 1, { place: 'local' }))).toBe(false);
    expect(isOffered(itemRun(1, 1), { ...IN_AWS, isReadOnly: true })).toBe(false);
    browser.showAlone(h(ItemsCard, { run: itemRun(1, 1) }));
    expect(browser.texts('button')).toEqual([]);
  });

  it('asks, starts the items that failed, and goes to the new run', async () => {
    show(itemRun(2, 2));
    await browser.click('Run failed again');
    expect(browser.get('dialog h2').textContent).toMatch(/^Run 2 items of nightlyReport again in AWS account/);
    browser.all('dialog .btn').at(-1)?.click();
    await browser.settled();
    expect(server.last).toMatchObject({
      path: '/api/aws/rerun',
      body: { id: 'nightlyReport-67cd5321', items: 'failed' },
    });
    server.last.answer({ id: 'new' });
    await browser.settled();
    expect(browser.address).toBe('/aws/runs/new');
  });
});
