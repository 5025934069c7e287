/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { EventCard } from '../../../../../cli/console/page/event/event-card';
import type { RunEvent } from '../../../../../cli/model/run';
import { run } from '../../../model/told-runs';
import { CONSOLE, openBrowser } from '../browser/browser';

const browser = openBrowser();

/** The card of a run's event, and its address to download it. */
function show(event: RunEvent, isReadOnly = false): string {
  return browser.show(h(EventCard, { run: run({ event }) }), { ...CONSOLE, isReadOnly }).textContent;
}

const DOWNLOAD = '/api/event?place=aws&id=nightlyReport-67cd5321';

it('leads to the editor with the event, where runs can be started', () => {
  show({ bytes: 2, text: '{}' });
  expect(browser.button('Edit and send').getAttribute('href')).toBe(
    '/aws/send?job=nightlyReport&run=nightlyReport-67cd5321',
  );
  show({ bytes: 2, text: '{}' }, true);
  expect(browser.texts('a')).toEqual(['Download']);
});

it('leads to the editor before the console has said anything', () => {
  browser.showAlone(h(EventCard, { run: run({ event: { bytes: 2, text: '{}' } }) }));
  expect(browser.texts('a')).toEqual(['Edit and send', 'Download']);
});

describe('an event that is not shown', () => {
  it('is not known', () => {
    expect(show({ bytes: 0 })).toMatch(/The event is not known\.$/);
    expect(browser.texts('.card-body a')).toEqual([]);
  });

  it('is too large', () => {
    expect(show({ bytes: 300_000, s3Uri: 's3://bucket/key' })).toMatch(
      /The event is too large to be shown here\.Stored at s3:\/\/bucket\/keyDownload the event$/,
    );
    const link = browser.button('Download the event');
    expect([link.getAttribute('href'), link.getAttribute('download')]).toEqual([
      DOWNLOAD,
      'nightlyReport-67cd5321.json',
    ]);
    expect(show({ bytes: 300_000 })).not.toContain('Stored');
  });
});

describe('JSON', () => {
  it('is a tree, or a text that is laid out', async () => {
    show({ bytes: 7, text: '{"a":1}' });
    expect(browser.all('[role="tree"]')).toHaveLength(1);
    await browser.click('JSON');
    expect(browser.get('pre').textContent).toBe('{\n  "a": 1\n}');
    expect(browser.all('[role="tree"]')).toEqual([]);
    await browser.click('Tree');
    expect(browser.all('[role="tree"]')).toHaveLength(1);
  });

  it('is downloaded, and copied as it was sent', async () => {
    show({ bytes: 7, text: '{"a":1}' });
    const link = browser.button('Download');
    expect([link.getAttribute('href'), link.getAttribute('download')]).toEqual([DOWNLOAD, 'event.json']);
    browser.all('.event-bar button').at(-1)?.click();
    await browser.settled();
    expect(browser.clipboard).toBe('{"a":1}');
  });
});

describe('a text that is no JSON', () => {
  it('is shown as it is, without another view', () => {
    show({ bytes: 7, text: 'no {JSON' });
    expect(browser.get('pre').textContent).toBe('no {JSON');
    expect(browser.texts('fieldset')).toEqual([]);
  });

  it('is cut after 64,000 characters', () => {
    show({ bytes: 64_000, text: 'x'.repeat(64_000) });
    expect(browser.get('pre').textContent).toHaveLength(64_000);
    expect(browser.texts('p')).toEqual([]);
    show({ bytes: 65_000, text: 'x'.repeat(65_000) });
    expect(browser.get('pre').textContent).toHaveLength(64_000);
    expect(browser.texts('p')).toEqual(['The first 64.0 KB of 65.0 KB. Download the event to see the rest.']);
  });
});
