import { formatFound } from '../../../problems/found';
import type { Finding } from '../../../problems/problem';
import type { BuildpackSource } from '../language';
import type { Installation } from './installation';

/** Distributions that never had a wheel for Alpine or sources on PyPI. Checked on 2026-11-26. */
const GLIBC_ONLY: readonly string[] = [
  'ctranslate2',
  'jaxlib',
  'mediapipe',
  'onnxruntime',
  'playwright',
  'ray',
  'tensorflow',
  'torch',
  'torchvision',
];

/** Packages that cannot be installed on Alpine. A lockfile lists the files of each package. Without it, only well-known ones are detected. */
export function binaryProblems(installation: Installation, { distribution, properties }: BuildpackSource): Finding[] {
  if (distribution !== 'alpine' || (properties.customDockerBuildCommands ?? []).length > 0) return [];
  const names = [...(installation.archives ?? [])]
    .filter(([name, files]) => (files.length === 0 ? GLIBC_ONLY.includes(name) : !files.some(fitsAlpine)))
    .map(([name]) => formatFound(name));
  if (names.length === 0) return [];
  return [
    {
      found: `${names.join(', ')}: no wheel for Alpine, and no sources`,
      accepted: 'packages that can be installed in the image',
      fix: 'set requiresGlibcBinaries: true, which uses Debian',
    },
  ];
}

/** Whether a file of a distribution can be installed on Alpine: sources, or a wheel for Alpine or for any system. */
function fitsAlpine(file: string): boolean {
  return !file.endsWith('.whl') || /-any\.whl$|musllinux/.test(file);
}
