import house from './house.json';

/** A part of the tree. Its files can import each other and every room below. */
interface Room {
  /** Folders (`job/`), the files directly in a folder (`cli/*`), or single files. */
  readonly paths: readonly string[];
  readonly holds: string;
}

interface Floor {
  readonly floor: string;
  /** The highest first. */
  readonly rooms: readonly Room[];
}

/** The floors of the house, the highest first. The linter reads the same list. */
export const FLOORS: readonly Floor[] = house;

/** The house as a picture, and each room in a line. */
export function housePart(): string {
  return [...fenced('mermaid', picture()), '', ...fenced('text', list())].join('\n');
}

/** One box for each floor. Arrows are imports. */
function picture(): string[] {
  const boxes = FLOORS.map(({ floor, rooms }, index) => {
    const names = rooms.flatMap(({ paths }) => paths);
    return `  floor${index}["<b>${floor}</b><br>${lines(names).join('<br>')}"]`;
  });
  return ['flowchart TD', ...boxes, `  ${FLOORS.map((_, index) => `floor${index}`).join(' --> ')}`];
}

/** Names of rooms, a few in a line. */
function lines(names: readonly string[], most = 4): string[] {
  return Array.from({ length: Math.ceil(names.length / most) }, (_, line) =>
    names.slice(line * most, (line + 1) * most).join(', '),
  );
}

function list(): string[] {
  const rooms = FLOORS.flatMap((floor) => floor.rooms).map(({ paths, holds }) => [paths.join(', '), holds] as const);
  const width = Math.max(...rooms.map(([paths]) => (paths.length > LONGEST ? 0 : paths.length))) + 2;
  return rooms.flatMap(([paths, holds]) =>
    paths.length > LONGEST ? [paths, `${' '.repeat(width)}${holds}`] : [`${paths.padEnd(width)}${holds}`],
  );
}

/** Longer names of a room have their own line. */
const LONGEST = 30;

function fenced(language: string, content: readonly string[]): string[] {
  return [`\`\`\`${language}`, ...content, '```'];
}
