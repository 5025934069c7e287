const { join } = require('node:path');
const house = require('./scripts/house.json');

/** Rooms of the house, the highest first. */
const ROOMS = house.flatMap(({ rooms }) => rooms);

/** Every path in the house. */
const PATHS = ROOMS.flatMap(({ paths }) => paths);

/** A regular expression for the files at a path: a folder (`job/`), the files directly in a folder (`cli/*`), or one file. */
function pattern(path) {
  if (path.endsWith('/*')) return `${path.slice(0, -1)}[^/]+$`;
  return path.endsWith('/') ? path : `${path}$`;
}

/** The files of a room. What another room has within its folder is not in it. */
function filesOf({ paths }) {
  const more = paths.map((path) => {
    const others = PATHS.filter((other) => other !== path && isWithin(other, path));
    return others.length === 0 ? pattern(path) : `(?!${others.map(pattern).join('|')})${pattern(path)}`;
  });
  return `^(${more.join('|').replaceAll('.', '\\.')})`;
}

function isWithin(path, folder) {
  return folder.endsWith('/*') ? !path.endsWith('/') && path.startsWith(folder.slice(0, -1)) : path.startsWith(folder);
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...ROOMS.map((room, index) => ({
      name: `up-from-${room.paths[0].replace(/\/\*?$/, '')}`,
      comment: 'An import goes down or stays in its room: see scripts/house.json.',
      severity: 'error',
      from: { path: filesOf(room) },
      to: { path: ROOMS.slice(0, index).map(filesOf) },
    })).filter(({ to }) => to.path.length > 0),
    {
      name: 'no-circle',
      comment: 'A file does not import itself by way of others, not even types.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'in-no-room',
      comment: 'Each file is in a room of scripts/house.json.',
      severity: 'error',
      from: { pathNot: ROOMS.map(filesOf) },
      to: {},
    },
  ],
  options: {
    includeOnly: PATHS.map((path) => `^${path.split('/')[0]}(/|$)`),
    exclude: { path: ['^cli/init/templates/', '^__tests__/fixtures/projects/', '\\.css$'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: join(__dirname, 'tsconfig.json') },
  },
};
