import type { ResolvedConfig } from '../../../modules/stack-config/config';
import type { PictureItem } from '../../model/stack';
import { ArnText } from './arn-text';
import { type Cost, costsOf, withPriceNote } from './costs';
import { Names } from './names';
import { PermissionTexts } from './permissions';
import { Readable } from './readable';
import type { StackResources, SynthesizedResource } from './stack-resources';
import { StatementText } from './statement-text';

/** What is particular to a box. The rest follows from its resources. */
export type Drawing = Pick<PictureItem, 'id' | 'kind' | 'title' | 'detail'> &
  Partial<Pick<PictureItem, 'settings' | 'schedule' | 'limits' | 'queue' | 'job'>> & {
    readonly costs?: readonly Cost[];
    readonly made: readonly SynthesizedResource[];
    /** Whether another box shows the resources, too: that of what all jobs share. @default false */
    readonly isShared?: boolean;
  };

/** Draws the boxes of a picture, and keeps account of the resources that have one. */
export class Painter {
  readonly names: Names;
  readonly readable: Readable;
  private readonly permissions: PermissionTexts;
  private readonly drawn = new Set<string>();
  /** Names of resources of the config that have a box. */
  readonly shown = new Set<string>();

  constructor(
    readonly config: ResolvedConfig,
    readonly resources: StackResources,
    place: { readonly partition: string; readonly resolve: (value: unknown) => unknown },
  ) {
    this.names = new Names(config, resources);
    this.readable = new Readable(this.names, config.region, place.partition, place.resolve);
    const statements = new StatementText(new ArnText(this.names, this.readable), this.readable);
    this.permissions = new PermissionTexts(this.names, resources, statements);
  }

  item({ made, isShared = false, settings = [], costs = [], ...rest }: Drawing): PictureItem {
    if (!isShared) for (const { address } of made) this.drawn.add(address);
    return {
      ...rest,
      settings,
      permissions: this.permissions.of(made),
      costs: withPriceNote([...costs, ...costsOf(made)]),
      addresses: made.map(({ address }) => address),
    };
  }

  /** Whether no box has the resource yet. */
  isLeft({ address }: SynthesizedResource): boolean {
    return !this.drawn.has(address);
  }
}
