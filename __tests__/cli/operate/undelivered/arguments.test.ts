import { checkedAction } from '../../../../cli/operate/undelivered/arguments';

const NONE = { all: false, json: false, yes: false, countReceives: false };

it.each([
  ['list', [], {}],
  ['show', ['a'], {}],
  ['redrive', ['a', 'b'], {}],
  ['redrive', [], { all: true }],
  ['delete', [], { all: true, json: true, yes: true }],
] as const)('%s %j %j is understood', (action, ids, options) => {
  expect(checkedAction(action, ids, { ...NONE, ...options })).toBe(action);
});

it.each([
  ['lst', [], {}, 'Unknown action "lst" of undelivered. Did you mean list?'],
  ['3f2a91c4', [], {}, 'Unknown action "3f2a91c4" of undelivered. Its actions: list, show, redrive, delete.'],
  ['list', ['a'], {}, 'The list has no arguments. Use show with the ID of an event.'],
  ['list', [], { all: true }, '--all is for redrive and delete. For a longer list, set --limit.'],
  ['show', [], {}, 'Use show with the ID of one event, as the list names it.'],
  ['show', ['a', 'b'], {}, 'Use show with the ID of one event, as the list names it.'],
  ['redrive', [], {}, 'Use redrive with the IDs of events, as the list names them, or with --all.'],
  ['delete', ['a'], { all: true }, 'Use delete with the IDs of events or with --all, not with both.'],
  ['redrive', ['a'], { json: true }, '--json cannot ask: add --yes.'],
] as const)('%s %j %j is not', (action, ids, options, text) => {
  expect(() => checkedAction(action, ids, { ...NONE, ...options })).toThrow(text);
});
