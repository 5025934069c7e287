import type { ComponentChildren } from 'preact';

/** Rows of a `treegrid` that are laid out by CSS, which takes their meaning from the elements of a table. */
export const ROW = 'row';

/** A cell of such a row. The row has the focus, and its name says what the cells show. */
export function GridCell(props: {
  readonly role: 'gridcell' | 'columnheader';
  readonly class: string;
  readonly children: ComponentChildren;
}) {
  return (
    <span class={props.class} role={props.role}>
      {props.children}
    </span>
  );
}
