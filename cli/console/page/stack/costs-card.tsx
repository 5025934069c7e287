import { counted } from '../../../../modules/problems/phrases';
import { dearestLines, leftText, moreMemoryLines, requestText, spotText, unknownText } from '../../../model/check-text';
import {
  dollarsText,
  foreignText,
  monthlyText,
  savingText,
  sourceSentences,
  standingLine,
} from '../../../model/price-text';
import type { JobCheck, StackCheck } from '../../../model/stack-check';
import { Card } from '../parts/card';
import './costs-card.css';

/** What the jobs run on, and what they and the stack cost: what `check` prints. */
export function CostsCard({ check }: { readonly check: StackCheck }) {
  const foreign = foreignText(check.prices, check.region);
  return (
    <Card title="Instances and costs" detail={foreign} class="costs">
      {check.jobs.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Job</th>
              <th scope="col">Smallest instance</th>
              <th scope="col">Left over</th>
              <th scope="col" class="num">
                Per hour
              </th>
              <th scope="col" class="num">
                If shared
              </th>
            </tr>
          </thead>
          {check.jobs.map((job) => (
            <Job key={job.job} job={job} />
          ))}
        </table>
      )}
      <Stack check={check} foreign={foreign} />
    </Card>
  );
}

function Job({ job }: { readonly job: JobCheck }) {
  const { instances, notSmaller, price, savings, moreMemory, request } = job;
  const [smallest] = instances;
  const notes = [
    ...(smallest === undefined ? [`${unknownText(job)}.`] : []),
    ...(notSmaller === undefined ? [] : [notSmaller]),
    ...savings.map((saving) => `${savingText(saving)}.`),
    ...(moreMemory === undefined
      ? []
      : [`After an attempt that was killed for memory: ${moreMemoryLines(moreMemory).join('; ')}.`]),
    ...(request.isSpot && smallest !== undefined ? [`Spot: ${spotText(job)}.`] : []),
  ];
  return (
    <tbody>
      <tr>
        <th scope="row">
          {job.job} <span class="small muted">{requestText(request)}</span>
        </th>
        <td data-label="Smallest instance">
          {smallest === undefined ? 'unknown' : `${smallest.instanceType}, ${jobsText(smallest.jobs)}`}
        </td>
        <td data-label="Left over">{leftText(job)}</td>
        <td data-label="Per hour" class="num">
          {dollarsText(price?.alone)}
        </td>
        <td data-label="If shared" class="num">
          {dollarsText(price?.full)}
        </td>
      </tr>
      {notes.length > 0 && (
        <tr class="notes">
          <td colSpan={5} class="small muted">
            {notes.join(' ')}
          </td>
        </tr>
      )}
    </tbody>
  );
}

function Stack({ check, foreign }: { readonly check: StackCheck; readonly foreign: string | undefined }) {
  const { idle, environments, prices, region } = check;
  const most = dearestLines(environments, check.atMost, foreign);
  const sum = idle.monthly === undefined ? `more than ${monthlyText(idle.known)}` : monthlyText(idle.monthly);
  return (
    <dl class="sums">
      <dt>While nothing runs</dt>
      <dd>
        {sum} per month, without what is stored
        <Lines lines={idle.costs.map(standingLine)} />
      </dd>
      {environments.length > 0 && (
        <>
          <dt>At most</dt>
          <dd>
            {most.sum ?? most.lines[0]}
            {most.sum !== undefined && <Lines lines={most.lines} />}
          </dd>
        </>
      )}
      <dt>Prices</dt>
      <dd class="small muted">{sourceSentences(prices, region).join(' ')}</dd>
    </dl>
  );
}

function Lines({ lines }: { readonly lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <ul class="small muted">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function jobsText(count: number): string {
  return `${counted(count, 'job')} at once`;
}
