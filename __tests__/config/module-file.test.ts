import { exportsOf, type ModuleExports } from '../../modules/config/module-file';

const config = { stackName: 'x' };
const fn = () => 1;

/** What `import()` gave for a file, as it was seen on Node.js 20.9, 22, 24 and 26, by itself and with tsx. */
it.each<[string, ModuleExports, ModuleExports]>([
  ['an ES module', { named: fn, default: config }, { named: fn, stackName: 'x', default: config }],
  ['an ES module without exports', {}, { default: undefined }],
  ['an ES module that says what require gives', { 'module.exports': config }, { stackName: 'x', default: config }],
  ['the same by require, Node.js 22', { default: fn, 'module.exports': undefined }, { default: fn }],
  ['the same beside a default export', { default: config, 'module.exports': fn }, { stackName: 'x', default: config }],
  ['CommonJS until Node.js 22', { default: config }, { stackName: 'x', default: config }],
  ['CommonJS since Node.js 23', { default: config, 'module.exports': config }, { stackName: 'x', default: config }],
  ['CommonJS without exports', { default: {}, 'module.exports': {} }, { default: {} }],
  ['CommonJS that is a function', { default: fn, 'module.exports': fn }, { default: fn }],
  ['CommonJS that is null', { default: null, 'module.exports': null }, { default: null }],
  ['CommonJS with a name', { named: fn, default: { named: fn } }, { named: fn, default: { named: fn } }],
  ['compiled to CommonJS', compiled({ named: fn, default: config }), { named: fn, default: config }],
  ['compiled to CommonJS without default', compiled({ named: fn }), { named: fn, default: undefined }],
])('reads the exports of %s', (_, loaded, exported) => {
  expect(exportsOf(loaded)).toEqual(exported);
});

it.each<[string, ModuleExports]>([
  ['no exports', { default: {}, 'module.exports': {} }],
  ['no exports, compiled', compiled({})],
])('lists no name that nobody wrote: %s', (_, loaded) => {
  expect(Object.keys(exportsOf(loaded))).toEqual(['default']);
});

/** As Node.js 26 imports what a compiler made of `export` statements. */
function compiled(exported: ModuleExports): ModuleExports {
  const whole = Object.defineProperty({ ...exported }, '__esModule', { value: true });
  return { ...exported, __esModule: true, default: whole, 'module.exports': whole };
}
