/**
 * Jest has each file of a package transformed for each test file. What it gets instead is a line that takes the module from those which all
 * test files share. Jest's own loading of the environment goes through here too, before there are any: it gets the file as it is.
 */
module.exports = {
  process: (_, file) => {
    const path = JSON.stringify(file);
    return {
      code: `const load = globalThis[Symbol.for('cdktf-batch-jobs shared modules')];
if (load === undefined) module._compile(require('node:fs').readFileSync(${path}, 'utf8'), ${path});
else module.exports = load(${path});`,
    };
  },
  getCacheKey: (_, file) => require('node:crypto').createHash('md5').update(file).digest('hex'),
};
