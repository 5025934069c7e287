import { useMemo } from 'preact/hooks';
import { counted } from '../../../../modules/problems/phrases';
import { bandsOf, bandsText } from '../../../model/bands';
import type { RunRow } from '../../../model/run';
import type { StackPicture, StackState } from '../../../model/stack';
import { useAnswer } from '../api/answer';
import { apiPath } from '../api/client';
import { useCapacity } from '../aws/capacity';
import { DeployedLine, DeploymentBanner, useDeployment } from '../aws/deployment';
import { LinkButton } from '../parts/button';
import { PageHead } from '../parts/page-head';
import { Empty, Problem, Skeleton } from '../parts/states';
import { navigate } from '../routing/location';
import { href, type Route } from '../routing/route';
import { useConsole } from '../shell/console-state';
import { Bands } from './bands';
import { CostsCard } from './costs-card';
import { Details } from './details';
import { allResources, itemOf, RESOURCES_ID } from './items';
import { ConfigProblems } from './problems';
import { Reading } from './reading';
import { RecentRuns } from './recent-runs';
import { SharedRow } from './shared-row';
import { withCapacity } from './with-capacity';

const NONE: readonly RunRow[] = [];

/** What `GET /api/runs` answers: newest first. */
interface RunsAnswer {
  readonly runs: readonly RunRow[];
  readonly problem?: string;
}

/** The stack: what starts each job and invokes each function, what it runs on and uses, and how its last runs went. */
export function StackScreen({ route }: { readonly route: Route }) {
  const { place } = route;
  const { data, problem, isLoading, reload } = useAnswer<StackState>(apiPath('/api/stack', { place }), ['stack']);
  const runs = useAnswer<RunsAnswer>(
    apiPath('/api/runs', { place }),
    ['runs'],
    (change) => !('place' in change) || change.place === place,
  );
  const console = useConsole();
  const stackName = console?.stackName || data?.picture?.stackName || 'Stack';
  const isAws = place === 'aws';
  const capacity = useCapacity(isAws);
  const deployment = useDeployment(isAws);
  const drawn = data?.picture;
  const picture = useMemo(() => drawn && withCapacity(drawn, capacity), [drawn, capacity]);
  const rows = runs.data?.runs ?? NONE;
  return (
    <>
      <PageHead
        title={stackName}
        why={
          picture && (
            <>
              <Why picture={picture} />
              {isAws && <DeployedLine deployment={deployment.data} />}
            </>
          )
        }
        actions={picture && <Actions route={route} hasJobs={picture.jobs.length > 0} />}
      />
      {problem !== undefined && <Problem message={problem} onRetry={reload} />}
      {isAws && <DeploymentBanner answer={deployment} />}
      {data?.isStale && (
        <Reading configFile={console?.configFile ?? 'the config'} isFirst={picture === undefined && !isOld(data)} />
      )}
      {data !== undefined && <ConfigProblems state={data} />}
      {data === undefined && isLoading && <Skeleton lines={9} />}
      {picture && <Picture picture={picture} runs={rows} route={route} isOld={data !== undefined && isOld(data)} />}
      {picture && picture.jobs.length > 0 && (
        <RecentRuns
          place={place}
          runs={rows}
          isLoading={runs.data === undefined}
          problem={runs.data?.problem ?? runs.problem}
        />
      )}
    </>
  );
}

function Why({ picture }: { readonly picture: StackPicture }) {
  const { resourceCount, configFile } = picture;
  return (
    <>
      {bandsText(picture)}, {counted(resourceCount, 'resource')} from <span class="mono">{configFile}</span>.
    </>
  );
}

function Actions({ route, hasJobs }: { readonly route: Route; readonly hasJobs: boolean }) {
  const canSend = useConsole()?.isReadOnly === false && hasJobs;
  return (
    <>
      <LinkButton href={href(route.place, '/', route.query, RESOURCES_ID)}>Show Terraform JSON</LinkButton>
      {canSend && (
        <LinkButton kind="primary" href={href(route.place, '/send')}>
          Send event
        </LinkButton>
      )}
    </>
  );
}

function Picture(props: {
  readonly picture: StackPicture;
  readonly runs: readonly RunRow[];
  readonly route: Route;
  readonly isOld: boolean;
}) {
  const { picture, route } = props;
  const item = route.hash === RESOURCES_ID ? allResources(picture) : itemOf(picture, route.hash);
  const close = () => navigate(href(route.place, '/', route.query), { replace: true });
  return (
    <>
      <div class={props.isOld ? 'is-old' : ''}>
        {bandsOf(picture).length === 0 ? (
          <NoJobs configFile={picture.configFile} />
        ) : (
          <Bands picture={picture} runs={props.runs} route={route} selected={item?.id} />
        )}
        <SharedRow items={picture.shared} route={route} selected={item?.id} />
        {picture.check && <CostsCard check={picture.check} />}
      </div>
      {item && <Details key={item.id} item={item} place={route.place} onClose={close} />}
    </>
  );
}

function NoJobs({ configFile }: { readonly configFile: string }) {
  return (
    <div class="card">
      <Empty>
        This config has no jobs. Add one to <code>{configFile}</code>.
      </Empty>
    </div>
  );
}

function isOld({ problems, report }: StackState): boolean {
  return problems.length > 0 || report !== undefined;
}
