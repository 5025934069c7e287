import type { BuildpackProperties } from '../../../../modules/container/buildpack/language';
import { baseImage } from '../../../../modules/rules/base-images';
import { dockerfileOf, made, problemsOf } from '../made';

export type Files = { readonly [path: string]: string };
export type Settings = BuildpackProperties['languageSpecificConfig'];

export const ENTRY = 'app/src/main/java/com/example/Nightly.java';
export const NIGHTLY =
  'package com.example;\n\npublic class Nightly {\n  public static void main(String[] args) {}\n}\n';
/** A build of Gradle with a library beside the job. */
export const GRADLE: Files = {
  'settings.gradle': "include ':app', ':library'\n",
  'gradle/libs.versions.toml': '[versions]\njava-release = "17"\n\n[libraries]\n',
  'app/build.gradle': "plugins { id 'java' }\ndependencies { implementation project(':library') }\n",
  'library/build.gradle': "plugins { id 'java-library' }\n",
  'library/src/main/java/com/example/build/Texts.java': 'package com.example.build;\n',
  'library/build/x': '',
  [ENTRY]: NIGHTLY,
};
export const pom = (text: string, name = 'app') => `<project><artifactId>${name}</artifactId>${text}</project>`;
export const PARENT =
  '<parent><groupId>com.example</groupId><artifactId>parent</artifactId><version>1</version></parent>';
/** The same of Maven. */
export const MAVEN: Files = {
  'pom.xml': pom(
    '<groupId>com.example</groupId><version>1</version><packaging>pom</packaging><modules><module>app</module><module>lib</module></modules>',
    'parent',
  ),
  'app/pom.xml': pom(
    `${PARENT}<dependencies><dependency><groupId>com.example</groupId><artifactId>lib</artifactId></dependency></dependencies>`,
  ),
  'lib/pom.xml': pom(PARENT, 'lib'),
  'lib/src/main/java/A.java': '',
  'lib/target/x': '',
  [ENTRY]: NIGHTLY,
};
export const BY_MAVEN: Settings = { useMaven: true };

export const image = (files: Files, languageSpecificConfig: Settings = {}, entryfilePath = ENTRY) =>
  made(files, { entryfilePath, languageSpecificConfig });
/** Properties that problems are about, and what was found. */
export const reports = (files: Files, languageSpecificConfig: Settings = {}, entryfilePath = ENTRY) =>
  problemsOf(files, { entryfilePath, languageSpecificConfig }).map(({ property, found }) => [
    property.join('.'),
    found,
  ]);
/** The stage in which the job runs. */
export const runs = (files: Files, languageSpecificConfig: Settings = {}) =>
  dockerfileOf(image(files, languageSpecificConfig)).find((line) => line.startsWith('FROM ') && line.includes('-jre-'));
export const jre = (version: number) => `FROM ${baseImage('Java', String(version), 'debian')}`;
export const jdk = (version: number, tool: 'gradle' | 'maven') =>
  `FROM ${baseImage('Java', String(version), 'debian', tool)} AS build`;
