/** A line in which the compiler loads a module whose exports an entry point passes on. */
const LOADED = /^(?:var|const) (\w+) = require\("([^"]+)"\);\n/gm;

/** A line in which it passes one of them on. */
const PASSED_ON = /^Object\.defineProperty\(exports, "(\w+)", .* return (\w+)\.(\w+); } }\);\n/gm;

/**
 * The compiled code of an entry point, changed to load a module when one of its exports is first used. Node.js tells the names to `import` in ES
 * modules by the line of the compiler that sets them to undefined.
 *
 * @throws Error if the compiler writes in another way than is known here
 */
export function lazyExports(code: string): string {
  const paths = new Map([...code.matchAll(LOADED)].map(([, module = '', path = '']) => [module, path]));
  const loaders = [...code.matchAll(PASSED_ON)].map(([, name, module = '', exported]) => {
    return `    ${name}: () => require(${JSON.stringify(paths.get(module))}).${exported},\n`;
  });
  const rest = code.replace(LOADED, '').replace(PASSED_ON, '');
  if (loaders.length === 0 || /\brequire\(|defineProperty\(exports, "(?!__esModule)/.test(rest)) {
    throw new Error(`The compiler writes exports in another way:\n${rest}`);
  }
  return `${rest.replace(/\/\/# sourceMappingURL=.*/, '')}
for (const [name, get] of Object.entries({
${loaders.join('')}})) {
    Object.defineProperty(exports, name, { enumerable: true, get });
}
`;
}
