import type { z } from 'zod';
import { across, strict } from '../../../modules/config/checked';
import { checkReshaping, reshaping } from '../../../modules/config/events/reshaping';
import { problemsWith, tokens } from '../samples';

const schema = across(strict(reshaping), checkReshaping);
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
    { inputTransformer: { inputTemplate: 'any text' } },
    { inputTransformer: { inputTemplate: { a: '<aws.events.rule-arn>' } } },
  ])('may be %j', (value) => {
    expect(problemsWith(schema, value)).toEqual([]);
  });

  it.each([
    [{ inputPath: 'detail' }, 'inputPath', 'write $.detail'],
    [{ inputPath: '.detail' }, 'inputPath', 'write $.detail'],
    [{ inputPath: '$detail' }, 'inputPath', 'write $. and the way to the part'],
    [{ inputPath: `$.${'x'.repeat(255)}` }, 'inputPath', 'write $. and the way to the part'],
    [
      { inputTransformer: { inputTemplate: '<a b>', inputPathsMap: { 'a b': '$.a' } } },
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
      { inputTransformer: { inputTemplate: 'x'.repeat(8193) } },
      'inputTransformer.inputTemplate',
      'put the value into a bucket or parameter that the job reads',
    ],
    [{ input: 'x'.repeat(8191) }, 'input', 'put the value into a bucket or parameter that the job reads'],
    [{ input: 1, inputPath: '$.a' }, '', 'keep input and remove inputPath'],
    [{ inputPath: '$.a', inputTransformer: { inputTemplate: {} } }, '', 'keep inputPath and remove inputTransformer'],
  ])('is not %j', (value, path, fix) => {
    expect(problemsWith(schema, value)).toMatchObject([{ path, fix }]);
  });

  it('has at most 100 names', () => {
    const names = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`n${i}`, '$.a']));
    const value = (count: number) => ({ inputTransformer: { inputTemplate: 'x', inputPathsMap: names(count) } });
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
    // The id alone makes it an event of its own; what else varies does not.
    [{ inputTransformer: { inputTemplate: { ...EVENT, detail: '<detail>' } } }, 'inputTransformer.inputTemplate'],
    [
      { inputTransformer: { inputTemplate: '{"id":"1","source":"a","detail-type":"b","detail":<detail>}' } },
      'inputTransformer.inputTemplate',
    ],
    // In a fixed input nothing is filled in.
    [{ input: { ...EVENT, id: '<id>' } }, 'input'],
  ])('is refused: %j', (value, path) => {
    expect(problemsWith(schema, value)).toMatchObject([
      {
        path,
        accepted: 'anything but an event of EventBridge with the same id each time',
        fix: 'rename id, detail-type or source: every firing would count as the same event and start nothing',
      },
    ]);
  });

  it.each([
    { input: { ...EVENT, id: '' } },
    { input: { ...EVENT, id: 1 } },
    { input: { id: '1', source: 'shop' } },
    { input: [EVENT] },
    { input: { ...EVENT, id: tokens().TEXT } },
    { inputTransformer: { inputTemplate: { ...EVENT, id: '<id>' } } },
    { inputTransformer: { inputTemplate: '{"id":<id>,"source":"a","detail-type":"b"}' } },
    { inputTransformer: { inputTemplate: '{"id":"order-<id>","source":"a","detail-type":"b"}' } },
    { inputTransformer: { inputTemplate: 'id detail-type source' } },
  ])('is not %j', (value) => {
    expect(problemsWith(schema, value)).toEqual([]);
  });
});
