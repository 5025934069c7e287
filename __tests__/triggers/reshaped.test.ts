import { type Reshaping, reshaped } from '../../triggers/reshaped';

const EVENT = {
  id: '1',
  time: '2026-11-27T12:00:00Z',
  region: 'eu-west-1',
  account: '111111111111',
  detail: { name: 'say "hi"', count: 3, items: [{ id: 'a' }, { id: 'b' }], flag: true },
};
const { detail: _, ...ENVELOPE } = EVENT;

const template = (inputTemplate: unknown, inputPathsMap?: { readonly [name: string]: string }) =>
  reshaped(EVENT, { inputTransformer: { inputTemplate, ...(inputPathsMap && { inputPathsMap }) } });

it.each<[string, Reshaping, unknown]>([
  ['nothing', {}, EVENT],
  ['a fixed input', { input: { a: 1 } }, { a: 1 }],
  ['null as the input', { input: null }, null],
  ['an empty text as the input', { input: '' }, ''],
  ['the whole event', { inputPath: '$' }, EVENT],
  ['a key', { inputPath: '$.detail.count' }, 3],
  ['an index', { inputPath: '$.detail.items[1].id' }, 'b'],
  ['a quoted key', { inputPath: "$.detail['count']" }, 3],
  ['a path that is not there', { inputPath: '$.detail.none' }, undefined],
])('a target gets %s', (_name, reshaping, expected) => {
  expect(reshaped(EVENT, reshaping)).toEqual(expected);
});

describe('a template', () => {
  const paths = { name: '$.detail.name', count: '$.detail.count', items: '$.detail.items', none: '$.detail.none' };

  it('has values of any type outside of strings', () => {
    expect(template('{"a": <name>, "b": <count>, "c": <items>}', paths)).toEqual({
      a: 'say "hi"',
      b: 3,
      c: EVENT.detail.items,
    });
  });

  it('has null for a path that is not there', () => {
    expect(template('{"a": <none>}', paths)).toEqual({ a: null });
    expect(template('{"a": "<none>"}', paths)).toEqual({ a: '' });
  });

  it('has texts and JSON within strings', () => {
    expect(template('{"a": "<count> × <name>", "b": "<items>"}', paths)).toEqual({
      a: '3 × say "hi"',
      b: JSON.stringify(EVENT.detail.items),
    });
  });

  it('can be an object', () => {
    expect(template({ a: 'of <count>' }, paths)).toEqual({ a: 'of 3' });
  });

  it('keeps placeholders that it does not know, also those with names that every object has', () => {
    expect(template('"<unknown> <toString>"')).toBe('<unknown> <toString>');
    expect(template('<unknown>')).toBe('<unknown>');
  });

  it('is a text if what comes out is no JSON', () => {
    expect(template('run <count> of <name>', paths)).toBe('run 3 of "say \\"hi\\""');
  });

  it('can have a quote in a string', () => {
    expect(template('{"a": "\\"<count>\\""}', paths)).toEqual({ a: '"3"' });
  });
});

describe('the predefined variables', () => {
  it('have the event with and without its detail, and its time', () => {
    expect(template('[<aws.events.event>, <aws.events.event.json>, <aws.events.event.ingestion-time>]')).toEqual([
      ENVELOPE,
      EVENT,
      EVENT.time,
    ]);
  });

  it('have a made-up rule of the account and region of the event', () => {
    expect(template('[<aws.events.rule-arn>, <aws.events.rule-name>]')).toEqual([
      'arn:aws:events:eu-west-1:111111111111:rule/sample-rule',
      'sample-rule',
    ]);
  });

  it('have the rule of the target', () => {
    const inputTransformer = { inputTemplate: '[<aws.events.rule-arn>, <aws.events.rule-name>]' };
    const arn = 'arn:aws:events:eu-west-1:111111111111:rule/bus/mine';
    expect(reshaped(EVENT, { inputTransformer }, arn)).toEqual([arn, 'mine']);
    expect(reshaped(EVENT, { inputTransformer }, arn, 'other')).toEqual([arn, 'other']);
  });

  it('give way to paths of the same name', () => {
    expect(template('<aws.events.rule-name>', { 'aws.events.rule-name': '$.id' })).toBe('1');
  });
});
