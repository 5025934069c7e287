import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

/** A part of a screen with a heading. `aside` stands right in the header. */
export function Card(props: {
  readonly title: ComponentChildren;
  /** Muted, after the title. */
  readonly detail?: ComponentChildren;
  readonly aside?: ComponentChildren;
  readonly class?: string;
  readonly children?: ComponentChildren;
}) {
  const id = useId();
  return (
    <section class={`card ${props.class ?? ''}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{props.title}</h2>
        {props.detail && <span class="muted small">{props.detail}</span>}
        {props.aside && <span class="grow" />}
        {props.aside}
      </header>
      {props.children}
    </section>
  );
}
