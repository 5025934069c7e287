import { useEffect, useState } from 'preact/hooks';

/** Whether the layout of a phone applies: the same limit as in the style sheets. */
export function useNarrow(): boolean {
  const [query] = useState(() => window.matchMedia('(max-width: 640px)'));
  const [isNarrow, setNarrow] = useState(query.matches);
  useEffect(() => {
    const follow = () => setNarrow(query.matches);
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [query]);
  return isNarrow;
}
