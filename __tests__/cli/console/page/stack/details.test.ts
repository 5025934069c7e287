/** @jest-environment-options {"browser": true} */
import { h } from 'preact';
import { Details } from '../../../../../cli/console/page/stack/details';
import type { PictureItem } from '../../../../../cli/model/stack';
import { CONSOLE, openBrowser } from '../browser/browser';

const browser = openBrowser();
const IN_AWS = { ...CONSOLE, aws: { kind: 'on', account: '123456789012', region: 'eu-central-1' } } as typeof CONSOLE;

function item(kind: string, more: Partial<PictureItem> = {}): PictureItem {
  const none = { detail: [], settings: [], permissions: [], costs: [], addresses: ['aws_lambda_function.tally'] };
  return { id: 'tally', kind, title: 'tally', ...none, ...more };
}

function show(shown: PictureItem, state = IN_AWS): void {
  browser.show(null);
  browser.show(h(Details, { item: shown, place: 'local', onClose: () => {} }), state);
}

const links = () => browser.all('.acts a').map((link) => [link.textContent, link.getAttribute('href')]);

it('a function has a link to its undelivered events, which are in AWS', () => {
  show(item('function'));
  expect(links()).toEqual([['Undelivered events', '/aws/undelivered?function=tally']]);
});

it.each<[string, PictureItem, typeof CONSOLE]>([
  ['without a connection to AWS', item('function'), CONSOLE],
  ['that a job uses', item('function', { id: 'report/uses/tally' }), IN_AWS],
  ['of elsewhere, which has no resources', item('function', { addresses: [] }), IN_AWS],
  ['which is a table', item('dynamo-db-table'), IN_AWS],
])('a function %s has none', (_, shown, state) => {
  show(shown, state);
  expect(links()).toEqual([]);
});

it('a job has links to its runs and to the form that sends an event', () => {
  show(item('job'));
  expect(links()).toEqual([
    ['Runs', '/runs?job=tally'],
    ['Send event', '/send?job=tally'],
  ]);
  show(item('job'), { ...IN_AWS, isReadOnly: true } as typeof CONSOLE);
  expect(links()).toEqual([['Runs', '/runs?job=tally']]);
});
