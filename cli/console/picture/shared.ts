import { counted } from '../../../modules/problems/phrases';
import type { PictureItem, Text } from '../../model/stack';
import { companionItem } from './companion-box';
import type { Painter } from './painter';
import { fact, settingsOf } from './settings';
import type { Block, SynthesizedResource } from './stack-resources';

/** What all jobs share, and what no job is connected to. Drawn after the jobs. */
export function sharedItems(painter: Painter): PictureItem[] {
  const { config, resources } = painter;
  const companions = Object.entries(config.resources).flatMap(([name, resource]) =>
    resource.type === 'batch-job' || painter.shown.has(name)
      ? []
      : [companionItem(`shared/resources/${name}`, name, resource, painter)],
  );
  const parts = [
    network(painter),
    part(painter, 'instances', 'Instances', 'batch-platform/capacity', () => [
      {
        text: `${painter.readable.value(config.compute.rootVolumeGb)} GiB volumes, at most ${painter.readable.value(config.compute.maxVcpus)} vCPUs in each environment`,
      },
    ]),
    part(painter, 'payloads', 'Large events', 'batch-platform/payloads', (made) => kept(daysOf(made))),
    part(painter, 'undelivered-events', 'Undelivered events', 'batch-platform/undelivered-events', (made) =>
      kept(retention(made)),
    ),
    part(painter, 'images', 'Image builds', 'batch-platform/images', () => [
      { text: config.imageBuilder === 'docker' ? 'by Docker, where Terraform runs' : 'by CodeBuild' },
    ]),
    part(painter, 'run-places', 'Places of runs', 'batch-platform/run-places', () => [
      { text: 'for jobs with limits: a table, and the state machine that frees and gives places' },
    ]),
    part(painter, 'notifications', 'Notifications', 'batch-platform/notifications', () => [{ text: 'of runs' }]),
    alarms(painter),
    part(painter, 'dashboard', 'Dashboard', 'stack-dashboard', () => [{ text: 'CloudWatch' }]),
    cloudFormation(painter),
  ].flat();
  const rest = resources.managed.filter((item) => painter.isLeft(item));
  const others =
    rest.length === 0
      ? []
      : [
          painter.item({
            id: 'shared/others',
            kind: 'others',
            title: 'Other resources',
            detail: [{ text: counted(rest.length, 'resource') }],
            made: rest,
          }),
        ];
  return resources.managed.length === 0 ? companions : [...parts, ...companions, ...others];
}

function part(
  painter: Painter,
  kind: string,
  title: string,
  path: string,
  detail: (made: readonly SynthesizedResource[]) => Text[],
): PictureItem[] {
  const made = painter.resources.under(path).filter((item) => painter.isLeft(item));
  return made.length === 0 ? [] : [painter.item({ id: `shared/${kind}`, kind, title, detail: detail(made), made })];
}

function network(painter: Painter): PictureItem[] {
  const made = painter.resources.under('batch-network');
  const { vpc } = painter.config;
  if (made.length === 0) return [];
  const block = made.find(({ type }) => type === 'aws_vpc')?.block;
  const range = block === undefined ? painter.readable.value(vpc.vpcId) : painter.readable.argument(block.cidr_block);
  const text = block === undefined ? `existing, ${counted(vpc.subnetIds?.length ?? 0, 'subnet')}` : subnets(made);
  return [
    painter.item({
      id: 'shared/network',
      kind: 'network',
      title: `VPC ${range}`,
      detail: [{ text }],
      settings: settingsOf(vpc, painter.readable),
      made,
    }),
  ];
}

function subnets(made: readonly SynthesizedResource[]): string {
  const of = (type: string) => made.filter((item) => item.type === type);
  const inside = of('aws_subnet').filter(({ path }) => path.includes('/Private/'));
  const open = of('aws_subnet').filter(({ block }) => block.map_public_ip_on_launch === true);
  const used = inside.length > 0 ? inside : open;
  const exits = of('aws_nat_gateway').length > 0 ? [', NAT gateway'] : inside.length > 0 ? [', endpoints'] : [];
  return `${inside.length > 0 ? 'private' : 'public'} subnets, ${counted(used.length, 'zone')}${exits.join('')}`;
}

function alarms(painter: Painter): PictureItem[] {
  const made = painter.resources.managed.filter(({ type }) => type === 'aws_cloudwatch_metric_alarm');
  if (made.length === 0) return [];
  const names = made.flatMap(({ block }) =>
    fact(painter.readable.text(String(block.alarm_name)), painter.readable.text(String(block.alarm_description ?? ''))),
  );
  return [
    painter.item({
      id: 'shared/alarms',
      kind: 'alarms',
      title: 'Alarms',
      detail: [{ text: counted(made.length, 'alarm') }],
      settings: names,
      made,
    }),
  ];
}

function cloudFormation(painter: Painter): PictureItem[] {
  const made = painter.resources.under('cloudformation-resources');
  if (made.length === 0) return [];
  const types = Object.entries(painter.config.cloudformationResources);
  return [
    painter.item({
      id: 'shared/cloudformation',
      kind: 'cloudformation',
      title: 'CloudFormation',
      detail: [{ text: counted(types.length, 'resource') }],
      settings: types.flatMap(([id, { Type }]) => fact(id, Type, true)),
      made,
    }),
  ];
}

function kept(days: number | undefined): Text[] {
  return days === undefined ? [] : [{ text: `kept ${counted(days, 'day')}` }];
}

function retention(made: readonly SynthesizedResource[]): number | undefined {
  const seconds = made.find(({ type }) => type === 'aws_sqs_queue')?.block.message_retention_seconds;
  return typeof seconds === 'number' ? seconds / 86_400 : undefined;
}

function daysOf(made: readonly SynthesizedResource[]): number | undefined {
  const rules = made.find(({ type }) => type === 'aws_s3_bucket_lifecycle_configuration')?.block.rule;
  const days = ([rules].flat() as (Block | undefined)[]).flatMap((rule) =>
    ([rule?.expiration].flat() as (Block | undefined)[]).map((expiration) => expiration?.days),
  );
  return days.find((value): value is number => typeof value === 'number');
}
