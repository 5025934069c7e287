import { durationText } from '../../../model/duration';
import type { PictureItem } from '../../../model/stack';
import { useNow } from '../parts/now';

/** The line below a box's name. */
export function Detail({ item }: { readonly item: PictureItem }) {
  const text = item.detail.map((part) => part.text).join('');
  return (
    <span class="small muted cut dt" title={text}>
      {item.detail.map((part) => (part.isCode ? <span class="mono">{part.text}</span> : part.text))}
      {item.next && <Next times={item.next} />}
    </span>
  );
}

/** `, next in 23h 11m` */
function Next({ times }: { readonly times: readonly number[] }) {
  const now = useNow();
  const next = times.find((time) => time > now);
  if (next === undefined) return null;
  // Seconds would flicker.
  const minutes = Math.max(1, Math.floor((next - now) / 60_000));
  return <>, next in {minutes < 60 ? `${minutes}m` : durationText(minutes * 60_000)}</>;
}
