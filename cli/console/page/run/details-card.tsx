import { outcomeLook } from '../../../model/outcome';
import type { Run } from '../../../model/run';
import { detailsOf } from '../../../model/run-details';
import type { TimelineRow } from '../../../model/timeline/row';
import { Card } from '../parts/card';
import { Chip, OutcomeChip } from '../parts/chip';
import { FactValue, Pair } from '../parts/facts';
import { Note } from '../parts/states';

/** What is known of the selected row, and of the run in AWS. */
export function DetailsCard({
  run,
  row,
  now,
}: {
  readonly run: Run;
  readonly row?: TimelineRow;
  readonly now: number;
}) {
  const details = detailsOf(run, row, now);
  // Those of the run have links.
  const ofRun = run.facts ?? [];
  const own = (details?.facts ?? []).filter(({ label }) => !ofRun.some((fact) => fact.label === label));
  const facts = [...own, ...ofRun];
  if (details === undefined && facts.length === 0) return null;
  const outcome = details?.start?.outcome ?? details?.attempt?.outcome;
  return (
    <Card
      title={details?.title ?? 'Details'}
      aside={outcome && <OutcomeChip outcome={outcome}>{row?.outcomeWord ?? outcomeLook(outcome).word}</OutcomeChip>}
    >
      <dl class="kv">
        {facts.map((fact) => (
          <Pair key={fact.label} label={fact.label}>
            {fact.label === 'Capacity' && fact.value === 'On-demand' && run.policy.isSpot ? (
              <Chip icon="on-demand" tone="od">
                On-demand
              </Chip>
            ) : (
              <FactValue fact={fact} />
            )}
          </Pair>
        ))}
      </dl>
      {run.place === 'aws' &&
        run.notes?.map((note) => (
          <div key={note} class="card-body">
            <Note>{note}</Note>
          </div>
        ))}
    </Card>
  );
}
