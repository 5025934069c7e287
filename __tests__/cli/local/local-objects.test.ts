import { LocalObjects, type ObjectRequest } from '../../../cli/local/local-objects';

const put = (url: string, text: string, headers = {}): ObjectRequest => ({
  method: 'PUT',
  url,
  headers,
  body: Buffer.from(text),
});
const get = (url: string, headers = {}): ObjectRequest => ({ method: 'GET', url, headers, body: Buffer.alloc(0) });

let objects: LocalObjects;
beforeEach(() => {
  objects = new LocalObjects();
});

it('gives back what was stored, whatever its key is', () => {
  expect(objects.isEmpty).toBe(true);
  objects.answer(put('/events/a%20b.json', '{"é":1}'));
  expect(objects.isEmpty).toBe(false);
  expect(objects.answer(get('/events/a%20b.json'))).toMatchObject({ status: 200, body: Buffer.from('{"é":1}') });
  expect(objects.read('/events/a b.json')?.toString()).toBe('{"é":1}');
  expect(objects.answer(get('/events/none'))).toMatchObject({ status: 404 });
});

it('gives a part', () => {
  objects.answer(put('/events/a', '0123456789'));
  const part = (range: string) => objects.answer(get('/events/a', { range }));
  expect(part('bytes=2-4')).toMatchObject({ status: 206, body: Buffer.from('234') });
  expect(part('bytes=8-99')).toMatchObject({ status: 206, headers: { 'content-range': 'bytes 8-9/10' } });
  expect(part('bytes=7-')).toMatchObject({ body: Buffer.from('789') });
  expect(part('bytes=10-12')).toMatchObject({ status: 416 });
});

it('gives the rest only of the same object', () => {
  objects.answer(put('/events/a', '0123456789'));
  const etag = objects.answer(get('/events/a')).headers?.etag;
  expect(objects.answer(get('/events/a', { range: 'bytes=5-', 'if-match': etag }))).toMatchObject({ status: 206 });
  objects.answer(put('/events/a', '9876543210'));
  expect(objects.answer(get('/events/a', { range: 'bytes=5-', 'if-match': etag }))).toMatchObject({ status: 412 });
});

it('stores once', () => {
  const once = { 'if-none-match': '*' };
  expect(objects.answer(put('/events/a', 'first', once)).status).toBe(200);
  expect(objects.answer(put('/events/a', 'second', once)).status).toBe(412);
  expect(objects.read('/events/a')?.toString()).toBe('first');
});

it('puts the parts of an upload together in their order', () => {
  const begun = objects.answer({ ...get('/events/a?uploads='), method: 'POST' });
  const [, id] = /<UploadId>(.+)<\/UploadId>/.exec(String(begun.body)) ?? [];
  objects.answer(put(`/events/a?partNumber=2&uploadId=${id}`, 'two'));
  objects.answer(put(`/events/a?partNumber=1&uploadId=${id}`, 'one'));
  expect(objects.read('/events/a')).toBeUndefined();
  const complete = { ...put(`/events/a?uploadId=${id}`, '', { 'if-none-match': '*' }), method: 'POST' };
  expect(objects.answer(complete).status).toBe(200);
  expect(objects.read('/events/a')?.toString()).toBe('onetwo');
  expect(objects.answer(complete)).toMatchObject({ status: 404 });
});

it('forgets an upload that is given up', () => {
  const begun = objects.answer({ ...get('/events/a?uploads='), method: 'POST' });
  const [, id] = /<UploadId>(.+)<\/UploadId>/.exec(String(begun.body)) ?? [];
  expect(objects.answer({ ...get(`/events/a?uploadId=${id}`), method: 'DELETE' }).status).toBe(204);
  expect(objects.answer(put(`/events/a?partNumber=1&uploadId=${id}`, 'one')).status).toBe(404);
});

it('asks for what is not stored elsewhere', () => {
  const others = new LocalObjects((path) => (path === '/inbox/list' ? Buffer.from('a\n') : undefined));
  expect(others.answer(get('/inbox/list'))).toMatchObject({ status: 200, body: Buffer.from('a\n') });
  expect(others.answer(get('/inbox/other'))).toMatchObject({ status: 404 });
});
