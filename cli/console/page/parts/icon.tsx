import type { ComponentChild } from 'preact';
import type { IconName } from '../../../model/outcome';

const SHAPES: Readonly<Record<IconName, ComponentChild>> = {
  check: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M4.8 8.3l2.2 2.1 4.2-4.6" {...stroke('var(--raise)', '1.8')} />
    </>
  ),
  cross: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path d="M5.5 5.5l5 5m0-5l-5 5" {...stroke('var(--raise)', '1.8')} />
    </>
  ),
  interrupted: <path d="M8 13.5L1.8 3.5h12.4z" fill="currentColor" {...outline('1.2')} />,
  'on-demand': <path d="M8 2.2L13.8 8 8 13.8 2.2 8z" fill="currentColor" />,
  live: <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="28 10" />,
  stopped: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2" />
      <rect x="5.75" y="5.75" width="4.5" height="4.5" rx="0.5" fill="currentColor" />
    </>
  ),
  loop: <path d="M3 8a5 5 0 1 0 1.6-3.7M3 2.6v2.6h2.6" {...stroke('currentColor', '1.5')} />,
  attention: (
    <>
      <path d="M8 1.8L15 14H1z" fill="currentColor" {...outline('1')} />
      <path d="M8 6v4m0 1.6v.6" {...stroke('var(--raise)', '1.6')} />
    </>
  ),
  chevron: <path d="M4.4 6.2L8 9.8l3.6-3.6" {...stroke('currentColor', '1.6')} />,
};

/** A shape of the page. It is decoration: a word stands beside it, or the control has a name. */
export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  );
}

function stroke(color: string, width: string) {
  return {
    fill: 'none',
    stroke: color,
    'stroke-width': width,
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
  } as const;
}

function outline(width: string) {
  return { stroke: 'currentColor', 'stroke-width': width, 'stroke-linejoin': 'round' } as const;
}
