import { COLUMNS } from './run';
import { type Span, styledLines } from './styled-text';

const FONT_SIZE = 14;
const LINE = 20;
const CHARACTER = FONT_SIZE * 0.602;
const MARGIN = 20;
const COMMAND = '$ npm start';

/** The colours of each theme are those of GitHub's pages. */
const THEMES = {
  light: `--back:#f6f8fa;--edge:#d1d9e0;--text:#1f2328;--dim:#59636e;--red:#cf222e;--green:#1a7f37;--yellow:#9a6700;--cyan:#0969da`,
  dark: `--back:#151b23;--edge:#3d444d;--text:#f0f6fc;--dim:#9198a1;--red:#f85149;--green:#3fb950;--yellow:#d29922;--cyan:#4493f8`,
};

/**
 * A recording as an SVG picture that loads no other files and has a light and a dark theme. If animated, it shows its lines one after the
 * other, once. It is still if the reader prefers reduced motion, but not every browser passes this setting on to pictures.
 */
export function picture(recorded: string, { moving }: { readonly moving: boolean }): string {
  const lines = styledLines(`${COMMAND}\n\n${recorded}`, COLUMNS);
  const width = Math.ceil(COLUMNS * CHARACTER + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  let time = 0;
  const texts = lines.map((spans, index) => {
    if (index > 0) time += pauseBefore(spans);
    const y = MARGIN + index * LINE + FONT_SIZE;
    const delay = moving ? ` style="animation-delay:${time}ms"` : '';
    return spans.length === 0 ? '' : `<text x="${MARGIN}" y="${y}"${delay}>${content(spans)}</text>\n`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>What npm start prints</title>
<style>
:root{${THEMES.light}}
@media (prefers-color-scheme:dark){:root{${THEMES.dark}}}
rect{fill:var(--back);stroke:var(--edge)}
text{fill:var(--text);font:${FONT_SIZE}px ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace;
white-space:pre}
.bold{font-weight:600}.dim{fill:var(--dim)}.red{fill:var(--red)}.green{fill:var(--green)}.yellow{fill:var(--yellow)}.cyan{fill:var(--cyan)}
${moving ? MOTION : ''}</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${texts.join('')}</svg>
`;
}

const MOTION = `text{animation:appear 1ms both}
@keyframes appear{from{opacity:0}to{opacity:1}}
@media (prefers-reduced-motion:reduce){text{animation:none}}
`;

/** Milliseconds between lines. Not taken from the recording, so that equal recordings give the same picture. */
function pauseBefore(spans: readonly Span[]): number {
  const line = spans.map(({ text }) => text).join('');
  if (/^Stack |^\$ /.test(line)) return 900;
  if (/^\d\d:\d\d/.test(line)) return 500;
  return /^\s+\|/.test(line) ? 300 : 40;
}

function content(spans: readonly Span[]): string {
  return spans
    .map(({ text, classes }) => {
      const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      return classes.length === 0 ? escaped : `<tspan class="${classes.join(' ')}">${escaped}</tspan>`;
    })
    .join('');
}
