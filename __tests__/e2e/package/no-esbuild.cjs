// Makes a program fail that bundles something, or compiles TypeScript.
const Module = require('node:module');

const load = Module._load;
Module._load = (request, ...rest) => {
  if (/^(esbuild|tsx)(\/|$)/.test(request)) throw new Error(`${request} was loaded`);
  return load(request, ...rest);
};
