import { capitalized } from '../../../../modules/problems/phrases';
import { durationText } from '../../../model/duration';
import { earlierText } from '../../../model/earlier-run';
import type { Run } from '../../../model/run';
import { containerTime } from '../../../model/time-split';
import { dateTimeText } from '../../../model/time-text';
import { passedText } from '../../../model/words/attempt-end';
import { Pair } from '../parts/facts';
import { runHref } from '../routing/route';

/** The line of facts below the verdict. */
export function RunFacts({ run, now }: { readonly run: Run; readonly now: number }) {
  const { place, startedAt, endedAt, source, event, earlier, name, links, command, by } = run;
  const isLive = run.outcome === 'running';
  const ended = endedAt === undefined ? 'unknown' : durationText(endedAt - startedAt);
  const containers = containerTime(run, now);
  const from = source ?? event.source;
  return (
    <dl class="facts run-facts">
      <Pair label="Started">
        <time dateTime={new Date(startedAt).toISOString()}>
          {dateTimeText(startedAt, place === 'aws' ? 'utc' : 'local')}
        </time>
      </Pair>
      <Pair label={isLive ? 'Elapsed' : 'Duration'}>{isLive ? passedText(now - startedAt) : ended}</Pair>
      {containers.starts > 0 && (
        <Pair label="Container time">
          {isLive ? passedText(containers.milliseconds) : durationText(containers.milliseconds)}{' '}
          <span class="dim">
            in {containers.starts} {containers.starts === 1 ? 'start' : 'starts'}
          </span>
        </Pair>
      )}
      {by !== undefined && <Pair label="Container">{capitalized(by)}</Pair>}
      {earlier !== undefined && (
        <Pair label="Started by">
          {earlier.id === undefined ? (
            earlierText(earlier)
          ) : (
            <a href={runHref(place, earlier.id)} title={earlier.run}>
              {earlierText(earlier)}
            </a>
          )}
        </Pair>
      )}
      {from !== undefined && (earlier === undefined || place === 'local') && (
        <Pair label={place === 'local' ? 'Event' : 'Started by'}>{from}</Pair>
      )}
      {place === 'aws' && (
        <Pair label="Execution">
          {links?.Execution === undefined ? (
            <span class="mono">{shortened(name)}</span>
          ) : (
            <a class="mono" href={links.Execution} target="_blank" rel="noreferrer" title={name}>
              {shortened(name)}
            </a>
          )}
        </Pair>
      )}
      {command !== undefined && (
        <Pair label="Command">
          <span class="mono">{command}</span>
        </Pair>
      )}
    </dl>
  );
}

/** `nightlyReport-67cd5321…c4b4`: names end in a hash of 32 digits. */
function shortened(name: string): string {
  return name.length > 36 ? `${name.slice(0, Math.max(20, name.length - 24))}…${name.slice(-4)}` : name;
}
