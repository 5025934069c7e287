import type { z } from 'zod';
import { across, strict } from '../../modules/config/checked';
import { checkReshaping, reshaping } from '../../triggers/reshaping';
import { problemsWith, tokens } from '../stack-config/samples';

const schema = across(strict(reshaping), checkReshaping);
const inputPathsMap = { id: '$.id' };
const EVENT = { id: '1', 'detail-type': 'Order', source: 'shop' };

describe('reshaping', () => {
  it.each<z.input<typeof schema>>([
    {},
    { input: null },
    { input: { full: true } },
    { input: 'x'.repeat(8190) },
    { inputPath: '$' },
    { inputPath: '$.detail.items[0]' },
    { inputPath: tokens().TEXT },
    { inputTransformer: { inputTemplate: '{"until": <time>}', inputPathsMap: { time: '$.time' } } },
    { inputTransformer: { inputTemplate: '"any text"' } },
    { inputTransformer: { inputTemplate: '"<time> \\"<time>\\""', inputPathsMap: { time: '$.time' } } },
    {
      inputTransformer: {
        inputTemplate: '<time>',
        inputPathsMap: { time: '$.resources[0]', all: '$.detail.a-b/c[*].d_e' },
      },
    },
    {
      inputTransformer: {
        inputTemplate: '{"a": [<aws.events.event>, <aws.events.event.json>, "<aws.events.rule-name>"]}',
      },
    },
    { inputTransformer: { inputTemplate: '<aws.events.event.ingestion-time>' } },
    { inputTransformer: { inputTemplate: tokens().TEXT } },
    { inputPath: "$.detail['a b'][0][*]" },
    { inputTransformer: { inputTemplate: { a: '<aws.events.rule-arn>' } } },
  ])('may be %j', (value) => {
    expect(problemsWith(schema, value)).toEqual([]);
  });

  it.each([
    [{ inputPath: 'detail' }, 'inputPath', 'write $.detail'],
    [{ inputPath: '.detail' }, 'inputPath', 'write $.detail'],
    [{ inputPath: '$detail' }, 'inputPath', 'write $. and the path of the part'],
    [{ inputPath: '$.detail[' }, 'inputPath', 'write $. and the path of the part'],
    [{ inputPath: `$.${'x'.repeat(255)}` }, 'inputPath', 'write $. and the path of the part'],
    [
      { inputTransformer: { inputTemplate: '1', inputPathsMap: { 'a b': '$.a' } } },
      'inputTransformer.inputPathsMap["a b"]',
      'rename the placeholder, here and in inputTemplate',
    ],
    [
      { inputTransformer: { inputTemplate: '<AWSx>', inputPathsMap: { AWSx: '$.a' } } },
      'inputTransformer.inputPathsMap.AWSx',
      'rename the placeholder, here and in inputTemplate',
    ],
    [
      { inputTransformer: { inputTemplate: '<a>', inputPathsMap: { a: 'detail' } } },
      'inputTransformer.inputPathsMap.a',
      'write $.detail',
    ],
    [{ inputTransformer: {} }, 'inputTransformer.inputTemplate', 'add it: it is required'],
    [
      { inputTransformer: { inputTemplate: '' } },
      'inputTransformer.inputTemplate',
      'write what the job should receive',
    ],
    [
      { inputTransformer: { inputTemplate: `"${'x'.repeat(8191)}"` } },
      'inputTransformer.inputTemplate',
      'store the value in a bucket or parameter that the job reads',
    ],
    [{ input: 'x'.repeat(8191) }, 'input', 'store the value in a bucket or parameter that the job reads'],
    [{ input: 1, inputPath: '$.a' }, '', 'keep input and remove inputPath'],
    [{ inputPath: '$.a', inputTransformer: { inputTemplate: {} } }, '', 'keep inputPath and remove inputTransformer'],
  ])('is not %j', (value, path, fix) => {
    expect(problemsWith(schema, value)).toMatchObject([{ path, fix }]);
  });

  it.each([
    ["$.detail['requestParameters']['key']", 'write $.detail.requestParameters.key'],
    ['$.detail["a"][0]', 'write $.detail.a[0]'],
    [
      "$.detail['a b']",
      'use the part above it: EventBridge reads letters, digits, - _ / and * in names, and indices in brackets',
    ],
    [
      '$.detail.a:b',
      'use the part above it: EventBridge reads letters, digits, - _ / and * in names, and indices in brackets',
    ],
    [
      '$..id',
      'use the part above it: EventBridge reads letters, digits, - _ / and * in names, and indices in brackets',
    ],
    ['$detail', 'write $. and the path of the part'],
  ])('has no part at %s', (path, fix) => {
    const value = { inputTransformer: { inputTemplate: '<a>', inputPathsMap: { a: path } } };
    expect(problemsWith(schema, value)).toMatchObject([{ path: 'inputTransformer.inputPathsMap.a', fix }]);
  });

  it.each([
    ['any text', 'put double quotes around it: \'"any text"\''],
    ['<id> is "done"', 'put double quotes around it: \'"<id> is \\"done\\""\''],
    ['"a <id>"\n"b"', 'write one value, such as a list: \'["a <id>", "b"]\''],
    ['{"a": <id>', 'correct quotes, commas and brackets, or write the template as an object, which becomes JSON'],
    ["{'a': <id>}", 'correct quotes, commas and brackets, or write the template as an object, which becomes JSON'],
    ['{"a": <id><id>}', 'correct quotes, commas and brackets, or write the template as an object, which becomes JSON'],
    ['{<id>: 1}', 'write the key itself, and the placeholder as its value'],
    ['{"<id>": 1}', 'write the key itself, and the placeholder as its value'],
    [{ a: [{ 'x-<id>': 1 }] }, 'write the key itself, and the placeholder as its value'],
    ['{"a": <ib>}', 'did you mean "<id>"?'],
    ['{"a": "<nope>"}', 'add nope: $.detail.nope, or where it is, to inputPathsMap'],
    [{ a: '<time>' }, 'add time: $.time to inputPathsMap'],
    ['{"a": <aws.events.rule-nam>}', 'did you mean "<aws.events.rule-name>"?'],
    ['"1 < 2 and 3 > 2"', 'write the string without < and >: in EventBridge, they mark a placeholder'],
    ['"<>"', 'write the string without < and >: in EventBridge, they mark a placeholder'],
    ['{"a": "<aws.events.event.json>"}', 'write <aws.events.event.json> without quotes'],
    [{ a: '<aws.events.event>' }, 'write the template as a string: \'{"event": <aws.events.event>}\''],
  ])('has not the template %j', (inputTemplate, fix) => {
    const value = { inputTransformer: { inputTemplate, inputPathsMap } };
    expect(problemsWith(schema, value)).toMatchObject([{ path: 'inputTransformer.inputTemplate', fix }]);
  });

  it('has at most 100 names', () => {
    const names = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, '$.a']));
    const value = (count: number) => ({ inputTransformer: { inputTemplate: '"x"', inputPathsMap: names(count) } });
    expect(problemsWith(schema, value(100))).toEqual([]);
    expect(problemsWith(schema, value(101))).toMatchObject([
      { path: 'inputTransformer.inputPathsMap', found: '101 names' },
    ]);
  });
});

describe('an input that looks like one event each time', () => {
  it.each([
    [{ input: EVENT }, 'input'],
    [{ input: { ...EVENT, detail: {} } }, 'input'],
    [{ inputTransformer: { inputTemplate: EVENT } }, 'inputTransformer.inputTemplate'],
    [{ inputTransformer: { inputTemplate: JSON.stringify(EVENT) } }, 'inputTransformer.inputTemplate'],
    // Only the id makes it a different event.
    [
      { inputTransformer: { inputTemplate: { ...EVENT, detail: '<detail>' }, inputPathsMap: { detail: '$.detail' } } },
      'inputTransformer.inputTemplate',
    ],
    [
      {
        inputTransformer: {
          inputTemplate: '{"id":"1","source":"a","detail-type":"b","detail":<detail>}',
          inputPathsMap: { detail: '$.detail' },
        },
      },
      'inputTransformer.inputTemplate',
    ],
    // In a fixed input nothing is filled in.
    [{ input: { ...EVENT, id: '<id>' } }, 'input'],
  ])('is refused: %j', (value, path) => {
    expect(problemsWith(schema, value)).toMatchObject([
      {
        path,
        accepted: 'a value other than an EventBridge event that always has the same id',
        fix: 'rename id, detail-type or source: each event would count as a duplicate and start nothing',
      },
    ]);
  });

  it.each([
    { input: { ...EVENT, id: '' } },
    { input: { ...EVENT, id: 1 } },
    { input: { id: '1', source: 'shop' } },
    { input: [EVENT] },
    { input: { ...EVENT, id: tokens().TEXT } },
    { inputTransformer: { inputTemplate: { ...EVENT, id: '<id>' }, inputPathsMap } },
    { inputTransformer: { inputTemplate: '{"id":<id>,"source":"a","detail-type":"b"}', inputPathsMap } },
    { inputTransformer: { inputTemplate: '{"id":"order-<id>","source":"a","detail-type":"b"}', inputPathsMap } },
    { inputTransformer: { inputTemplate: '"id detail-type source"' } },
  ])('is not %j', (value) => {
    expect(problemsWith(schema, value)).toEqual([]);
  });
});
