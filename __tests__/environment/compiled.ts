import vm, { type Context } from 'node:vm';

/** A file that a worker compiles once has no use for being kept. */
const COMPILED_ONCE = /\.test\.ts$/;

interface Compiled {
  readonly text: string;
  readonly parameters: string;
  readonly body: ReturnType<typeof vm.compileFunction>;
}

/**
 * Jest compiles each module of the project, and of itself, for each test file, though the text is the same. What is compiled is a function
 * of `module`, `exports` and `require`, which Jest calls for each file: the module itself is made anew, its code is not.
 */
export function keepCompiled(context: Context): void {
  const known = new Map<string, Compiled>();
  const { compileFunction } = vm;
  vm.compileFunction = (text, parameters = [], options = {}) => {
    const { filename = '', parsingContext } = options;
    if (parsingContext !== context || COMPILED_ONCE.test(filename)) return compileFunction(text, parameters, options);
    const names = parameters.join();
    const before = known.get(filename);
    if (before?.text === text && before.parameters === names) return before.body;
    const body = compileFunction(text, parameters, options);
    known.set(filename, { text, parameters: names, body });
    return body;
  };
}
