import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { IconName, Tone } from '../../../model/outcome';
import { Button } from './button';
import { Icon } from './icon';
import { Prose } from './prose';

const TONES: Readonly<Record<'warn' | 'bad' | 'info', { readonly tone: Tone; readonly icon: IconName }>> = {
  warn: { tone: 'warn', icon: 'attention' },
  bad: { tone: 'bad', icon: 'cross' },
  info: { tone: 'acc', icon: 'live' },
};

/** A line above a screen that needs attention. */
export function Note(props: {
  readonly kind?: 'warn' | 'bad' | 'info';
  readonly action?: ComponentChildren;
  readonly children: ComponentChildren;
}) {
  const { tone, icon } = TONES[props.kind ?? 'warn'];
  return (
    <div class={`note ${props.kind ?? 'warn'}`} role={props.kind === 'bad' ? 'alert' : 'status'}>
      <span class={`chip tone-${tone}`}>
        <Icon name={icon} />
      </span>
      <div>{props.children}</div>
      {props.action}
    </div>
  );
}

/** Nothing is here, and what to do about it. */
export function Empty(props: { readonly children: ComponentChildren; readonly actions?: ComponentChildren }) {
  return (
    <div class="empty">
      <div>{props.children}</div>
      {props.actions && <div class="acts">{props.actions}</div>}
    </div>
  );
}

/** Something could not be had. */
export function Problem(props: { readonly message: string; readonly onRetry?: () => void }) {
  return (
    <Note
      kind="bad"
      action={
        props.onRetry && (
          <Button small onClick={props.onRetry}>
            Retry
          </Button>
        )
      }
    >
      <Prose text={props.message} />
    </Note>
  );
}

/** Gray lines, after 300 ms: what is there sooner does not flicker. */
export function Skeleton({ lines = 6 }: { readonly lines?: number }) {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!isShown) return null;
  return (
    <div class="skeleton">
      <span class="said">Loading…</span>
      {Array.from({ length: lines }, (_, index) => (
        <i key={index} />
      ))}
    </div>
  );
}
