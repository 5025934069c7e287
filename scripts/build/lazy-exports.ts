/** A compiled line that loads a module which an entry point re-exports. */
const LOADED = /^(?:var|const) (\w+) = require\("([^"]+)"\);\n/gm;

/** A compiled line that re-exports one name of it. */
const PASSED_ON = /^Object\.defineProperty\(exports, "(\w+)", .* return (\w+)\.(\w+); } }\);\n/gm;

/**
 * Changes the compiled code of an entry point to load a module when one of its exports is first used. For `import` in ES modules, Node.js
 * finds the names in the compiled line that sets them to undefined.
 *
 * @throws Error if the compiler writes exports in an unknown form
 */
export function lazyExports(code: string): string {
  const paths = new Map([...code.matchAll(LOADED)].map(([, module = '', path = '']) => [module, path]));
  const loaders = [...code.matchAll(PASSED_ON)].map(([, name, module = '', exported]) => {
    return `    ${name}: () => require(${JSON.stringify(paths.get(module))}).${exported},\n`;
  });
  const rest = code.replace(LOADED, '').replace(PASSED_ON, '');
  if (loaders.length === 0 || /\brequire\(|defineProperty\(exports, "(?!__esModule)/.test(rest)) {
    throw new Error(`The compiler writes exports in an unknown form:\n${rest}`);
  }
  return `${rest}
for (const [name, get] of Object.entries({
${loaders.join('')}})) {
    Object.defineProperty(exports, name, { enumerable: true, get });
}
`;
}
