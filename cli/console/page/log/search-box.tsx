import { useRef } from 'preact/hooks';
import { counted, formatCount } from '../../../../modules/problems/phrases';
import { HITS } from '../../../model/log';
import { Icon } from '../parts/icon';
import type { Found, Query } from './use-search';

/** Where a text is searched for, and how many lines have it. */
export function SearchBox(props: {
  readonly query: Query | undefined;
  readonly found: Found | undefined;
  /** Which of the hits is shown, from 0; -1 for none. */
  readonly current: number;
  readonly onQuery: (query: Query | undefined) => void;
  readonly onStep: (by: 1 | -1) => void;
  readonly onLeave: () => void;
}) {
  const { query, found, current } = props;
  const input = useRef<HTMLInputElement>(null);
  const text = typeof query === 'object' ? query.text : '';
  return (
    <span class="log-search">
      <span class="log-search-field">
        <input
          ref={input}
          type="text"
          class="input small"
          placeholder={query === 'errors' ? 'Errors' : 'Search'}
          aria-label="Search the log"
          spellcheck={false}
          autocomplete="off"
          value={text}
          onInput={(event) => {
            const { value } = event.currentTarget;
            props.onQuery(value === '' ? undefined : { text: value });
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') props.onStep(event.shiftKey ? -1 : 1);
            else if (event.key === 'Escape') {
              props.onQuery(undefined);
              props.onLeave();
            } else return;
            event.preventDefault();
          }}
        />
        {found === undefined ? <kbd>/</kbd> : <span class="log-count">{countText(found, current)}</span>}
      </span>
      {found !== undefined && (
        <>
          <button type="button" class="log-step up" aria-label="Previous match" onClick={() => props.onStep(-1)}>
            <Icon name="chevron" />
          </button>
          <button type="button" class="log-step" aria-label="Next match" onClick={() => props.onStep(1)}>
            <Icon name="chevron" />
          </button>
        </>
      )}
      <span class="said" role="status">
        {found?.problem ?? (found?.isComplete ? `${counted(found.count, 'line')} found` : '')}
      </span>
    </span>
  );
}

/** `3 of 128`, `3 of 1,000 (12,345)`. */
function countText({ hits, count, isComplete, problem }: Found, current: number): string {
  if (problem !== undefined) return 'Failed';
  if (count === 0) return isComplete ? 'None' : '…';
  const named = current === -1 ? '' : `${formatCount(current + 1)} of `;
  const all = count > HITS ? `${formatCount(hits.length)} (${formatCount(count)})` : formatCount(count);
  return `${named}${all}${isComplete ? '' : '…'}`;
}
