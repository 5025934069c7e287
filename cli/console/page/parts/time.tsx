import type { ComponentChild } from 'preact';
import { durationText } from '../../../model/duration';
import { type Clock, dateTimeText, listTimeText } from '../../../model/time-text';
import { useNow } from './now';

/** A time of a list, with the whole one in its tooltip. */
export function Time({ at, clock }: { readonly at: number; readonly clock?: Clock }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={`${dateTimeText(at, 'local')} (${dateTimeText(at, 'utc')})`}>
      {listTimeText(at, Date.now(), clock)}
    </time>
  );
}

/** From a time to another, or to now as long as there is no other. */
export function Elapsed({ from, to }: { readonly from: number; readonly to?: number }): ComponentChild {
  return to === undefined ? <Running from={from} /> : durationText(to - from);
}

function Running({ from }: { readonly from: number }): ComponentChild {
  const passed = useNow() - from;
  // Tenths would flicker.
  return durationText(Math.floor(passed / 1000) * 1000);
}
