import pc from 'picocolors';
import { counted } from './phrases';
import type { Position, ReportedStatedProblem } from './problem';
import { instructionOf } from './problem-message';
import { wrapped } from './wrapped';

/** Properties of the output that a report is printed on. */
export interface ReportLayout {
  /** Width in characters. @default lines are not wrapped, so they are easier to search */
  readonly columns?: number;
  /** Whether to use colors. @default false */
  readonly colors?: boolean;
}

/**
 * A report of all problems for people: the problem and its fix, then the path of the property.
 *
 * @param source path of the file relative to the working folder
 */
export function report(
  problems: readonly ReportedStatedProblem[],
  source: string,
  { columns, colors = false }: ReportLayout = {},
) {
  const { bold, dim, green, red } = pc.createColors(colors);
  const isPlaced = problems.some(({ place }) => place !== undefined);
  const labels = problems.map(({ place }, index) => (isPlaced ? position(place) : `${index + 1}`));
  const width = Math.max(...labels.map((label) => label.length), 0) + 1;
  const indent = ' '.repeat(width + 2);
  const lines = (text: string) => wrapped(text, (columns ?? Number.POSITIVE_INFINITY) - indent.length);
  const entries = problems.map((problem, index) => {
    const instruction = instructionOf(problem.fix);
    const [first = '', ...more] = lines(problem.message);
    const joined = [more.at(-1) ?? first, instruction ?? ''].join(' ');
    // A question belongs to the sentence before it.
    const isQuestion = instruction?.endsWith('?') && lines(joined).length === 1 && !joined.includes('\n');
    const said = [first, ...more].map((line) => bold(line));
    const told = instruction === undefined ? [] : lines(instruction).map((line) => green(line));
    if (isQuestion) said.push(`${said.pop()} ${told.shift()}`);
    const places = located(problem, source, (text) => lines(text).length === 1);
    return [
      `${red((labels[index] ?? '').padStart(width))}  ${said[0]}`,
      ...[...said.slice(1), ...told, ...places.map((line) => dim(line))].map((line) =>
        line === '' ? '' : indent + line,
      ),
    ].join('\n');
  });
  return [`${bold(source)}: ${counted(problems.length, 'problem')}`, ...entries].join('\n\n');
}

function position(place: Position | undefined): string {
  return place === undefined ? '' : `${place.line}:${place.column}`;
}

/** The property, and `file:line:column`, which terminals and editors show as a link. */
function located({ path, place }: ReportedStatedProblem, source: string, fits: (text: string) => boolean): string[] {
  const link = place === undefined ? [] : [`${source}:${position(place)}`];
  const parts = path === '' ? link : [path, ...link];
  const line = parts.join('  ');
  return parts.length > 1 && fits(line) ? [line] : parts;
}
