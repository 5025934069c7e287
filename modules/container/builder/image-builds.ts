import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { type BuildContext, contextDigest } from '../build-context';
import type { ContainerImage } from '../image';
import { bytes } from '../tar';
import type { BuilderProps } from './codebuild-builder';
import { ImageRepository } from './repository';

/** Builds images: CodeBuild in your account, or the Docker engine of the machine that runs Terraform. */
export type ImageBuilderKind = 'codebuild' | 'docker';

export interface ImageBuildsProps extends Omit<BuilderProps, 'repository'> {
  readonly imageBuilder: ImageBuilderKind;
  /** @default known to Terraform only */
  readonly region?: string;
}

interface ImageBuilder {
  build(context: BuildContext, digest: string, job: string): ITerraformDependable;
}

/** The images that a stack builds: one repository, one builder, and one build per image even if several jobs use it. */
export class ImageBuilds extends Construct {
  readonly repository: ImageRepository;
  private readonly builder: ImageBuilder;

  constructor(scope: Construct, id: string, { imageBuilder, ...props }: ImageBuildsProps) {
    super(scope, id);
    this.repository = new ImageRepository(this, 'repository', props);
    const { repository } = this;
    // Only the one that is needed is loaded.
    if (imageBuilder === 'docker') {
      const { DockerBuilder } = require('./docker-builder') as typeof import('./docker-builder');
      this.builder = new DockerBuilder(this, 'docker', { ...props, repository });
    } else {
      const { CodebuildBuilder } = require('./codebuild-builder') as typeof import('./codebuild-builder');
      this.builder = new CodebuildBuilder(this, 'codebuild', { ...props, repository });
    }
  }

  /**
   * The image of a build context. A resource that depends on the image's dependencies is created after the image.
   *
   * @param job that runs it
   */
  image(context: BuildContext, job: string): ContainerImage {
    const digest = contextDigest(context);
    for (const { path, content } of context.copies ?? []) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, bytes(content));
    }
    return {
      image: this.repository.image(digest),
      isFixed: true,
      command: context.command,
      pullStatements: this.repository.pullStatements,
      init: context.init,
      completesVariables: context.launch !== undefined && context.command === undefined,
      dependencies: [this.builder.build(context, digest, job)],
    };
  }
}
