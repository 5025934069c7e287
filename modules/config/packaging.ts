import { z } from 'zod';
import { IMAGE_REFERENCE, imageMeant } from '../rules/image-reference';
import { namesOfPackaging } from '../rules/packaging-types';
import { apkPackage, aptPackage, buildSecrets, credentialsSecret, registryCredentials } from './build-needs';
import { nonEmpty, strict, text } from './checked';
import { versionOf } from './language-version';

const command = z
  .array(z.string(), {
    error: (issue) =>
      issue.code === 'invalid_type' ? 'a list of words such as ["sh", "-c", "echo hello"]' : undefined,
  })
  .min(1);

const image = text({
  pattern: IMAGE_REFERENCE,
  orDirective: true,
  accepted: "an image's name, such as registry/path:tag or registry/path@sha256:..., of up to 255 characters",
  fix: (found) => {
    const meant = imageMeant(found);
    return meant === undefined ? 'write a name such as public.ecr.aws/docker/library/busybox:1.37' : `write ${meant}`;
  },
});

/** A type by any of its names. What reads the config knows one. */
function named<Type extends Parameters<typeof namesOfPackaging>[0]>(type: Type) {
  return z.literal(namesOfPackaging(type)).transform((): Type => type);
}

const prebuiltImage = strict({
  /** Uses an image that already exists. */
  type: z.literal('prebuilt-image'),
  /** Which image, and what it runs. */
  properties: strict({
    /** Image with its registry and tag or digest, such as `public.ecr.aws/docker/library/busybox:1.37`. */
    image,
    /** Command that the container runs, one list entry per word. @default the image's own CMD */
    command: command.optional(),
    /** Full ARN, including the hyphen and six characters at its end, of a Secrets Manager secret with `username` and `password` for a private registry other than ECR. @default the image is pulled anonymously */
    repositoryCredentialsSecretArn: credentialsSecret.optional(),
  }),
});

const customDockerfile = strict({
  /** Builds the image from your Dockerfile. `dockerfile` is another name of it. */
  type: named('custom-dockerfile'),
  /** Where the Dockerfile is, and how it is built. */
  properties: strict({
    /** Folder with the build context, relative to the config file. Maximum: 1 GiB. */
    buildContextPath: nonEmpty('a path'),
    /** Path of the Dockerfile, relative to `buildContextPath`. @default Dockerfile */
    dockerfilePath: nonEmpty('a path').optional(),
    /** Stage of the Dockerfile that becomes the image, by the name after `AS`. @default the last stage */
    target: nonEmpty('the name of a stage').optional(),
    /** Platform that the image is built for. It must match `resources.architecture`. @default that of `resources.architecture` */
    platform: z.enum(['linux/amd64', 'linux/arm64']).optional(),
    /** Build arguments. @default none */
    buildArgs: z
      .array(
        strict({
          /** Name of the ARG. */
          argName: nonEmpty('a name'),
          /** Value of the ARG. It is stored in the image's history. For secrets, use `buildSecrets`. */
          value: z.string(),
        }),
      )
      .optional(),
    /** Secrets that the build reads, by name: `$Secret('<name>.<key>')` or `$Parameter('<name>')`. `RUN --mount=type=secret,id=<name>` finds the value in `/run/secrets/<name>`. The value is in no image layer, and not in the build's log unless a command prints it. @default none */
    buildSecrets: buildSecrets.optional(),
    /** Private registries that base images are pulled from. Not needed for private ECR repositories: the build gets permission for exactly those that it uses. @default none: images are pulled anonymously */
    registryCredentials: registryCredentials.optional(),
    /** Command that the container runs, one list entry per word. @default the image's own CMD */
    command: command.optional(),
  }),
});

const externalBuildpack = strict({
  /** Builds the image from source with Cloud Native Buildpacks. */
  type: z.literal('external-buildpack'),
  /** Where the source is, and how it is built. */
  properties: strict({
    /** Folder with the source, relative to the config file. Maximum: 1 GiB. */
    sourceDirectoryPath: nonEmpty('a path'),
    /** Builder image. For arm64, set one that supports it. @default paketobuildpacks/builder-jammy-base, for x86_64 only */
    builder: image.optional(),
    /** Buildpacks to use, in order. @default the builder detects them */
    buildpacks: z.array(nonEmpty("a buildpack's name")).optional(),
    /** Private registries that the builder and buildpacks are pulled from. Not needed for private ECR repositories: the build gets permission for exactly those that it uses. @default none: images are pulled anonymously */
    registryCredentials: registryCredentials.optional(),
    /** Command that the container runs in the environment that the buildpacks created, one list entry per word. `/cnb/process/<type>` runs another process of the image. @default the image's default process */
    command: command.optional(),
  }),
});

const languageSpecificConfig = strict({
  /** JavaScript, TypeScript: path of the tsconfig.json, relative to the config file. @default the nearest one */
  tsConfigPath: nonEmpty('a path').optional(),
  /** JavaScript, TypeScript: emits decorator metadata with the project's own TypeScript, which must be installed. @default `emitDecoratorMetadata` of the tsconfig.json */
  emitTsDecoratorMetadata: z.boolean().optional(),
  /** JavaScript, TypeScript: packages to install in the image instead of bundling them, in addition to those that synthesis detects. `*` for all. @default none */
  dependenciesToExcludeFromBundle: z.array(nonEmpty("a package's name")).optional(),
  /** JavaScript, TypeScript: module format of the bundle. @default esm */
  outputModuleFormat: z.enum(['cjs', 'esm']).optional(),
  /** JavaScript, TypeScript: major version of Node.js. @default the project's version (.nvmrc, .node-version, package.json), else 24 */
  nodeVersion: versionOf('Node.js').optional(),
  /** JavaScript, TypeScript: leaves out source maps, so stack traces show lines of the bundle. @default false */
  disableSourceMaps: z.boolean().optional(),
  /** JavaScript, TypeScript: folder to copy the source maps to, relative to the config file. @default none */
  outputSourceMapsTo: nonEmpty('a path').optional(),
  /** JavaScript, TypeScript: packages to leave out of the image, as with `excludeDependencies`. @default none */
  dependenciesToExcludeFromDeploymentPackage: z.array(nonEmpty("a package's name")).optional(),
  /** Python, Java: path of the file that declares the packages, relative to the config file. @default found in the entry file's folder or above */
  packageManagerFile: nonEmpty('a path').optional(),
  /** Python: installs a `requirements.txt` with uv instead of pip. @default depends on the file found */
  packageManager: z.literal('uv').optional(),
  /** Python with uv, Poetry or PDM: optional dependency sets (extras) to install. @default none */
  uvOptionalDependencies: z.array(nonEmpty('a name')).optional(),
  /** Python with uv, Poetry, PDM or Pipenv: dependency groups to add. @default none */
  uvWithGroups: z.array(nonEmpty('a name')).optional(),
  /** Python with uv, Poetry, PDM or Pipenv: dependency groups to leave out. @default none */
  uvWithoutGroups: z.array(nonEmpty('a name')).optional(),
  /** Python with uv, Poetry, PDM or Pipenv: the only dependency groups to install. @default the project's own dependencies, without development groups */
  uvOnlyGroups: z.array(nonEmpty('a name')).optional(),
  /** Python: version, such as 3.13, or '3.10' in quotes (as a number it would be 3.1). @default the project's version, else 3.12 */
  pythonVersion: versionOf('Python').optional(),
  /** Python: serves the application in the entry file (`module.py:app`) with gunicorn (WSGI) or uvicorn (ASGI), on port 8000. @default none: the function is called */
  runAppAs: z.enum(['WSGI', 'ASGI']).optional(),
  /** Python: removes comments, docstrings and line breaks, so tracebacks show other lines. @default false */
  minify: z.boolean().optional(),
  /** Java: builds with Maven instead of Gradle. @default false */
  useMaven: z.boolean().optional(),
  /** Java: major version: 8, 11, 17, 21 or 25. Java 21 builds and runs 19. @default the project's version, else 11 */
  javaVersion: versionOf('Java', ['19']).optional(),
  /** Ruby: version, such as 3.4. A version that the Gemfile doesn't accept is an error. @default the project's version, else 3.3 */
  rubyVersion: versionOf('Ruby').optional(),
  /** PHP: version, such as 8.4. @default the project's version, else 8.3 */
  phpVersion: versionOf('PHP').optional(),
  /** .NET: path of the project file, relative to the config file. @default the only one in the nearest folder, starting at the entry file's */
  projectFile: nonEmpty('a path').optional(),
  /** .NET: major version, not older than the project's TargetFramework. @default the TargetFramework. If there are several: 8, else the newest */
  dotnetVersion: versionOf('.NET').optional(),
});

const imageBuildpack = strict({
  /** Builds the image from an entry file. Its language determines how. `buildpack` and `js-bundle` are other names of it. */
  type: named('stacktape-image-buildpack'),
  /** Where the code is, and how it is built. */
  properties: strict({
    /** Entry file, relative to the config file. For Python, `module/file.py:app` selects a function. */
    entryfilePath: nonEmpty('a path'),
    /** Globs of additional files for the image, relative to the config file. A glob that matches no file is an error. Name files that might contain secrets: `.env`, not `**`. @default none */
    includeFiles: z.array(nonEmpty('a glob')).optional(),
    /** Globs of files to leave out of the image, relative to the config file. @default none */
    excludeFiles: z.array(nonEmpty('a glob')).optional(),
    /** JavaScript, TypeScript, Python: packages to leave out of the image. An error in other languages. @default none */
    excludeDependencies: z.array(nonEmpty("a package's name")).optional(),
    /** Uses a Debian base image (glibc) instead of the smaller Alpine one (musl), for native binaries that need it. Java images always have glibc. @default false */
    requiresGlibcBinaries: z.boolean().optional(),
    /** Debian or Ubuntu packages, `name` or `name=version`, that are installed before the project's packages and in the job's image. Requires `requiresGlibcBinaries` or Java. @default none */
    aptPackages: z.array(aptPackage).optional(),
    /** Alpine packages, `name` or `name=version`, that are installed before the project's packages and in the job's image. An error with `requiresGlibcBinaries` and for Java. @default none */
    apkPackages: z.array(apkPackage).optional(),
    /** Dockerfile RUN lines. They run as root after the system packages and before the project's packages are installed, and again in the job's image before the code is copied. @default none */
    customDockerBuildCommands: z.array(nonEmpty('a command')).optional(),
    /** Secrets that the build reads, by name: `$Secret('<name>.<key>')` or `$Parameter('<name>')`. Each command that installs packages, and each of `customDockerBuildCommands`, finds the value in the variable `<name>`. The value is in no image layer, and not in the build's log unless a command prints it. @default none */
    buildSecrets: buildSecrets.optional(),
    /** Settings of the entry file's language. @default each property's own default */
    languageSpecificConfig: languageSpecificConfig.optional(),
  }),
});

/** Source of the job's image, by `type`. */
export const packaging = z.discriminatedUnion('type', [
  prebuiltImage,
  customDockerfile,
  externalBuildpack,
  imageBuildpack,
]);

/** Source of the job's image, by `type`. */
export type Packaging = z.output<typeof packaging>;
