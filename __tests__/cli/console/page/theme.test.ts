import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const THEME = readFileSync(join(__dirname, '../../../../cli/console/page/theme.css'), 'utf8');

/** The colors of both themes by token. */
const COLORS = [...THEME.matchAll(/--(\w+): light-dark\((#\w{6}), (#\w{6})\);/g)];
const LIGHT: Palette = Object.fromEntries(COLORS.map(([, name, light]) => [name, light]));
const DARK: Palette = Object.fromEntries(COLORS.map(([, name, , dark]) => [name, dark]));

type Palette = Readonly<Record<string, string>>;

/** What is written or drawn on what, and the least contrast. */
const TEXT = ['t1', 't2', 't3', 'acc', 'ok', 'bad', 'warn', 'od'].flatMap((color) =>
  ['bg', 'raise', 'sub', 'logbg'].map((under) => [color, under, 4.5] as const),
);
const ON_FILLS = [
  ['onAcc', 'acc', 4.5],
  ['onOk', 'okFill', 4.5],
  ['onBad', 'badFill', 4.5],
  ['onWarn', 'warnFill', 4.5],
  ['acc', 'accBg', 4.5],
  ['t1', 'accBg', 4.5],
  ['t2', 'accBg', 4.5],
  ['ok', 'okBg', 4.5],
  ['bad', 'badBg', 4.5],
  ['t1', 'badBg', 4.5],
  ['warn', 'warnBg', 4.5],
  ['t1', 'warnBg', 4.5],
  ['t2', 'warnBg', 4.5],
  ['od', 'odBg', 4.5],
] as const;
const GRAPHICS = ['edge', 'idle', 'warnEdge', 'okFill', 'badFill', 'od'].flatMap((color) =>
  ['bg', 'raise', 'sub'].map((under) => [color, under, 3] as const),
);

it.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('the %s palette has the contrasts of WCAG 2.2', (_, palette) => {
  const faults = [...TEXT, ...ON_FILLS, ...GRAPHICS]
    .map(([color, under, least]) => ({ color, under, least, is: contrast(palette, color, under) }))
    .filter(({ is, least }) => is < least);
  expect(faults).toEqual([]);
});

it('every color is said for both themes', () => {
  const ofOne = [...THEME.matchAll(/--(\w+): #/g)].map(([, name]) => name);
  expect(ofOne).toEqual([]);
  expect(COLORS.length).toBeGreaterThan(25);
});

function contrast(palette: Palette, first: string, second: string): number {
  const [lighter = 0, darker = 0] = [luminance(palette[first]), luminance(palette[second])].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** As WCAG defines it. */
function luminance(color = ''): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((value) =>
    value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
