import { useEffect, useState } from 'preact/hooks';
import { Note, Skeleton } from '../parts/states';

/** Milliseconds after which the page says what takes so long: a loop in a config lasts until it is given up. */
const LATE_MS = 2000;

/** The config is being read, for the first time or again. */
export function Reading(props: { readonly configFile: string; readonly isFirst: boolean }) {
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), LATE_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <>
      {isLate && (
        <Note kind="info">
          Reading <code>{props.configFile}</code>. {!props.isFirst && 'Until that is done, you see the last result.'}
        </Note>
      )}
      {props.isFirst && <Skeleton lines={9} />}
    </>
  );
}
