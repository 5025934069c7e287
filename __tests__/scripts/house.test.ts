import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { FLOORS, housePart } from '../../scripts/house';

const ROOT = join(__dirname, '../..');

/** The paths of all rooms, the highest first. */
const PATHS = FLOORS.flatMap(({ rooms }) => rooms).flatMap(({ paths }) => paths);

describe('the house', () => {
  it.each(PATHS)('has what it draws: %s', (path) => {
    expect(existsSync(join(ROOT, path.replace(/\*$/, '')))).toBe(true);
  });

  it('has each path once', () => {
    expect(PATHS).toEqual([...new Set(PATHS)]);
  });

  it('has a room for each folder', () => {
    const folders = ['modules', 'cli'].flatMap((parent) =>
      readdirSync(join(ROOT, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${parent}/${name}/`),
    );
    expect(folders.filter((folder) => !PATHS.includes(folder))).toEqual([]);
  });

  it('is drawn with each room, from the highest to the lowest', () => {
    const drawn = housePart().match(/[\w./*-]+/g) ?? [];
    expect([...new Set(drawn)].filter((word) => PATHS.includes(word))).toEqual(PATHS);
  });
});
