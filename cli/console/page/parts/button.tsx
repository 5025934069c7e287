import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ComponentChildren } from 'preact';
import type { IconName } from '../../../model/outcome';
import { Icon } from './icon';

interface Look {
  readonly kind?: 'primary' | 'danger' | 'plain';
  /** 28 px high, for headers of cards. */
  readonly small?: boolean;
  readonly icon?: IconName;
  readonly children?: ComponentChildren;
}

/** Does something here. */
export function Button({
  kind,
  small,
  icon,
  children,
  class: more,
  ...rest
}: Look & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'icon'>) {
  return (
    <button type="button" {...rest} class={classes(kind, small, more)}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** Leads to another screen. */
export function LinkButton({
  kind,
  small,
  icon,
  children,
  class: more,
  ...rest
}: Look & AnchorHTMLAttributes<HTMLAnchorElement>) {
  return (
    <a {...rest} class={classes(kind, small, more)}>
      {icon && <Icon name={icon} />}
      {children}
    </a>
  );
}

function classes(kind: Look['kind'], small: boolean | undefined, more: unknown): string {
  return ['btn', kind, small && 'small', more].filter(Boolean).join(' ');
}
