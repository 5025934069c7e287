import { objectOfUri } from '../../../cli/model/object-uri';

it('reads bucket and key, with the slashes and line breaks of the key', () => {
  expect(objectOfUri('s3://events/runs/1.json')).toEqual({ bucket: 'events', key: 'runs/1.json' });
  expect(objectOfUri('s3://events/a\nb')).toEqual({ bucket: 'events', key: 'a\nb' });
});

it.each(['', 's3://', 's3://events', 's3://events/', 's3:///key', 'https://events/key', ' s3://events/key'])(
  'refuses %j',
  (text) => {
    expect(objectOfUri(text)).toBeUndefined();
  },
);
