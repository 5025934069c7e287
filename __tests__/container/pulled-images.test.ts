import { pulledImages } from '../../modules/container/pulled-images';

const ECR = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';

const of = (lines: readonly string[], buildArgs: readonly (readonly [string, string])[] = []) =>
  pulledImages(lines.join('\n'), buildArgs, 'arm64');

it.each<[string, string[], string[]]>([
  ['one', [`FROM ${ECR}/a:1`], [`${ECR}/a:1`]],
  ['none', [], []],
  ['in small letters, with a platform and a name', [`from --platform=$BUILDPLATFORM ${ECR}/a AS build`], [`${ECR}/a`]],
  ['of an argument', [`ARG BASE=${ECR}/a:1`, 'FROM $BASE'], [`${ECR}/a:1`]],
  ['of an argument in quotes', [`ARG BASE="${ECR}/a:1"`, 'FROM "${BASE}"'], [`${ECR}/a:1`]],
  ['of two arguments in one line', [`ARG REGISTRY=${ECR} TAG=2`, 'FROM ${REGISTRY}/a:${TAG}'], [`${ECR}/a:2`]],
  ['of an argument of another', [`ARG REGISTRY=${ECR}`, 'ARG BASE=$REGISTRY/a', 'FROM ${BASE}:1'], [`${ECR}/a:1`]],
  ['of a default at its place', [`FROM \${BASE:-${ECR}/a:1}`], [`${ECR}/a:1`]],
  ['of another word where an argument is set', ['ARG SLIM=1', 'FROM a${SLIM:+-slim}${NONE:+-no}'], ['a-slim']],
  ['not of an argument without a value', ['ARG BASE', 'FROM $BASE', 'FROM a'], ['a']],
  ['for the architecture', ['FROM a:$TARGETARCH'], ['a:arm64']],
  ['each once', ['FROM a', 'FROM a'], ['a']],
  [
    'of COPY and mounts',
    ['FROM a', `COPY --chown=1 --from=${ECR}/b /x /x`, `RUN --mount=type=bind,from=${ECR}/c,target=/c cp /c/x /`],
    ['a', `${ECR}/b`, `${ECR}/c`],
  ],
  ['of the Dockerfile itself', [`# syntax=${ECR}/dockerfile:1`, 'FROM a'], [`${ECR}/dockerfile:1`, 'a']],
  ['not of comments', ['# FROM b', 'FROM a', 'RUN echo \\', '# FROM c', '  d', '#syntax=e'], ['a']],
  ['over several lines', ['FROM \\', `  ${ECR}/a \\`, '  AS x'], [`${ECR}/a`]],
  ['over several lines of Windows', ['# escape=`', 'FROM `\r', `  ${ECR}/a\r`], [`${ECR}/a`]],
])('names images: %s', (_, lines, images) => {
  expect(of(lines)).toEqual(images);
});

it('prefers the arguments of the config', () => {
  expect(of(['ARG BASE=b', 'FROM $BASE'], [['BASE', `${ECR}/a`]])).toEqual([`${ECR}/a`]);
});
