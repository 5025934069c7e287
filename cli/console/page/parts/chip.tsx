import type { ComponentChildren } from 'preact';
import { type IconName, outcomeLook, type Tone } from '../../../model/outcome';
import type { RunOutcome, StartOutcome } from '../../../model/run';
import { Icon } from './icon';

/** A shape and a word in one color. */
export function Chip(props: { readonly icon: IconName; readonly tone: Tone; readonly children?: ComponentChildren }) {
  return (
    <span class={`chip tone-${props.tone}`}>
      <Icon name={props.icon} />
      {props.children}
    </span>
  );
}

/** How a run, an attempt or a start is or ended. `children` replace the word. */
export function OutcomeChip(props: {
  readonly outcome: RunOutcome | StartOutcome;
  readonly children?: ComponentChildren;
}) {
  const { word, icon, tone } = outcomeLook(props.outcome);
  return (
    <Chip icon={icon} tone={tone}>
      {props.children ?? word}
    </Chip>
  );
}
