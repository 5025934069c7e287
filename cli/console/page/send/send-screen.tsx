import './send.css';
import type { SendAnswer } from '../../../model/send';
import { useAnswer } from '../api/answer';
import { DeploymentBanner, useDeployment } from '../aws/deployment';
import { LinkButton } from '../parts/button';
import { PageHead } from '../parts/page-head';
import { Empty, Problem, Skeleton } from '../parts/states';
import { navigate } from '../routing/location';
import { href, type Route } from '../routing/route';
import { useConsole } from '../shell/console-state';
import { type Choice, choiceOf, choiceQuery } from './choice';
import { SendForm } from './send-form';

/** Sends an event to a job: here, or in AWS. */
export function SendScreen({ route }: { readonly route: Route }) {
  const { data, problem, reload } = useAnswer<SendAnswer>('/api/send', ['stack']);
  const state = useConsole();
  const deployment = useDeployment(route.place === 'aws');
  const why =
    route.place === 'local'
      ? 'The trigger function, the state machine and the container run on this machine.'
      : 'The trigger function in AWS gets the event, as from the source.';
  return (
    <>
      <PageHead title="Send event" why={why} />
      <DeploymentBanner answer={deployment} />
      {problem !== undefined && <Problem message={problem} onRetry={reload} />}
      {problem !== undefined && data === undefined && <a href={href(route.place, '/')}>Go to Stack</a>}
      {data === undefined && problem === undefined && <Skeleton />}
      {data?.jobs.length === 0 && (
        <Empty actions={<LinkButton href={href(route.place, '/')}>Go to Stack</LinkButton>}>
          This config has no jobs. Add one to <code>{state?.configFile ?? 'the config'}</code>.
        </Empty>
      )}
      {data !== undefined && <ChosenForm route={route} {...data} />}
    </>
  );
}

function ChosenForm({ route, jobs, sources }: SendAnswer & { readonly route: Route }) {
  const { place, query } = route;
  const job = jobs.find(({ name }) => name === query.job) ?? jobs[0];
  if (job === undefined) return null;
  const go = (name: string, choice?: Choice) =>
    navigate(href(place, '/send', { job: name, ...(choice && choiceQuery(choice)) }), { replace: true });
  const isMissing = query.job !== undefined && query.job !== job.name;
  return (
    <>
      {isMissing && <Problem message={`There is no job "${query.job}" in the config.`} />}
      <SendForm
        key={place}
        place={place}
        jobs={jobs}
        sources={sources}
        job={job}
        choice={choiceOf(job, query)}
        onJob={(name) => go(name)}
        onChoice={(choice) => go(job.name, choice)}
      />
    </>
  );
}
