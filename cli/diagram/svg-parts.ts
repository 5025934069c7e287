import { printable } from './printable';
import { cut } from './text-width';

/** Sizes in pixels. A README's column on GitHub is about 800 wide. */
export const WIDTH = 920;
export const PAD = 16;

/** Left edges and widths of the columns. */
export const COLUMNS = {
  source: { x: 28, width: 190 },
  job: { x: 242, width: 232 },
  capacity: { x: 498, width: 222 },
  used: { x: 744, width: 148 },
} as const;

const LIGHT = {
  bg: '#ffffff',
  raise: '#ffffff',
  line: '#dfe3e8',
  edge: '#838b96',
  t1: '#15181c',
  t2: '#4c545f',
  od: '#6a3fc0',
};
const DARK = {
  bg: '#0e1115',
  raise: '#171b21',
  line: '#2a3038',
  edge: '#6c7683',
  t1: '#e7eaee',
  t2: '#aab2bd',
  od: '#bda4ff',
};

/** Colors by class, so that a dark page gets the dark ones. */
export function style(): string {
  return `<style>${rules(LIGHT)}@media (prefers-color-scheme:dark){${rules(DARK)}}text{font-family:-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif}.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}.strong{font-weight:600}.wire{fill:none;stroke-width:1.5}</style>`;
}

function rules({ bg, raise, line, edge, t1, t2, od }: typeof LIGHT): string {
  return [
    `.page{fill:${bg};stroke:${line}}`,
    `.card{fill:${raise};stroke:${line}}`,
    `.box{fill:${bg};stroke:${line}}`,
    `.job{fill:${bg};stroke:${edge}}`,
    `.wire{stroke:${edge}}`,
    `.rule{stroke:${line}}`,
    `.strong,.plain{fill:${t1}}`,
    `.muted{fill:${t2}}`,
    `.od{fill:${od}}`,
  ].join('');
}

interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly kind: 'strong' | 'plain' | 'muted';
  /** The text is cut where it is wider. */
  readonly width: number;
  readonly isMono?: boolean;
  /** Whether `x` is its right end. */
  readonly isRight?: boolean;
}

export function text(content: string, { x, y, size, kind, width, isMono, isRight }: TextPlace): string {
  const names = [kind, ...(isMono ? ['mono'] : [])].join(' ');
  const anchor = isRight ? ' text-anchor="end"' : '';
  const shown = cut(content.replace(/\s+/g, ' ').trim(), width, size, isMono);
  return `<text class="${names}" x="${x}" y="${y}" font-size="${size}"${anchor}>${xml(shown)}</text>`;
}

/** Text of an XML document. */
export function xml(content: string): string {
  return printable(content).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
