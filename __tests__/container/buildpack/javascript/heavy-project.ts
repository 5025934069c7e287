export type Files = { readonly [path: string]: string };

/** `package.json` of a project. */
export const manifest = (more: object) => ({ 'package.json': JSON.stringify({ name: 'jobs', ...more }) });
/** A package in `node_modules`, of a member at a path that ends with a slash. */
export const placed = (name: string, more: object = {}, at = '') => ({
  [`${at}node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js', ...more }),
  [`${at}node_modules/${name}/index.js`]: `module.exports = '${name} is here';\n`,
});
/** A job that imports packages. */
export const importing = (...names: string[]) => ({
  'jobs/job.ts': names.map((name, i) => `import p${i} from '${name}';\nconsole.log(p${i});\n`).join(''),
});
/** A lockfile of npm with packages. */
export const locked = (packages: object) => ({
  'package-lock.json': JSON.stringify({
    lockfileVersion: 3,
    packages: Object.fromEntries(Object.entries(packages).map(([path, entry]) => [`node_modules/${path}`, entry])),
  }),
});
/** `package.json` and lockfile of a project that depends on one package. */
export const HEAVY = { ...manifest({ dependencies: { heavy: '^1.0.0' } }), ...locked({ heavy: { version: '1.0.0' } }) };

const NODE_MODULES = {
  ...placed('heavy', {}),
  ...placed('heavy', { version: '2.0.0' }, 'packages/a/'),
  ...placed('mid', { dependencies: { deep: '^1.0.0', once: '^1.0.0' } }),
  ...placed('high', { dependencies: { deep: '^2.0.0' } }),
  ...placed('deep', { version: '1.0.0' }),
  ...placed('deep', { version: '2.0.0' }, 'node_modules/high/'),
  ...placed('once'),
  ...placed('tool'),
  'node_modules/high/index.js': "module.exports = require('deep');\n",
  'node_modules/mid/index.js': "module.exports = require('once');\n",
  'node_modules/lib': '-> ../packages/b',
  'packages/b/index.js': "module.exports = require('high');\n",
};
/** The files of a workspace with what its packages are installed to, and the code of the job in `packages/a`. */
export const workspaceWith = (files: Files, code: string): Files => ({
  ...files,
  ...NODE_MODULES,
  'packages/a/src/job.ts': code,
});
/** Where that job is, and the config. */
export const MEMBER = { entryfilePath: 'src/job.ts', config: 'packages/a' };
