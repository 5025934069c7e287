import { AsyncLocalStorage } from 'node:async_hooks';
import { AsyncStorages } from './async-storages';

const { run } = AsyncLocalStorage.prototype;
afterEach(() => {
  AsyncLocalStorage.prototype.run = run;
});

it('what a file has used is disabled after it, and works when it is used again', () => {
  const storages = new AsyncStorages();
  const storage = new AsyncLocalStorage<string>();
  storage.run('the file', () => {
    expect(storage.getStore()).toBe('the file');
    storages.close();
    expect(storage.getStore()).toBeUndefined();
  });
  expect(storage.run('the next file', () => storage.getStore())).toBe('the next file');
});
