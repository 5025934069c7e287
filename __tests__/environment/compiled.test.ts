import vm, { createContext } from 'node:vm';
import { keepCompiled } from './compiled';

const { compileFunction } = vm;
afterEach(() => {
  vm.compileFunction = compileFunction;
});

const context = createContext();
const compiled = (text: string, filename: string, parsingContext = context) =>
  vm.compileFunction(text, ['module'], { filename, parsingContext });

const COUNTER = 'let count = 0; module.exports = () => ++count;';

it('the same text of the same file is compiled once in the context, and another text, file or context by itself', () => {
  keepCompiled(context);
  const first = compiled(COUNTER, 'counter.ts');
  expect(compiled(COUNTER, 'counter.ts')).toBe(first);
  expect(compiled(`${COUNTER} `, 'counter.ts')).not.toBe(first);
  expect(compiled(COUNTER, 'other.ts')).not.toBe(first);
  expect(compiled(COUNTER, 'counter.ts', createContext())).not.toBe(first);
});

it('each module that the code makes has its own state', () => {
  keepCompiled(context);
  const counts = [1, 2].map(() => {
    const module = { exports: () => 0 };
    compiled(COUNTER, 'counter.ts')(module);
    return [module.exports(), module.exports()];
  });
  expect(counts).toEqual([
    [1, 2],
    [1, 2],
  ]);
});
