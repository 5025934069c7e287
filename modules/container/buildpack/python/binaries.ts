import { type Finding, formatFound } from '../../../config/problem';
import type { BuildpackSource } from '../language';
import type { Installation } from './installation';

/** Distributions that have neither a wheel for Alpine nor sources on PyPI, nor ever had. Checked on 2026-11-26. */
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

/** Packages that cannot be had for Alpine: a lockfile says what there is of each; else the best known ones are known. */
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
      fix: 'set requiresGlibcBinaries: true, which takes Debian',
    },
  ];
}

/** Whether a file of a distribution can be installed there: sources, or a wheel that is for it or for every system. */
function fitsAlpine(file: string): boolean {
  return !file.endsWith('.whl') || /-any\.whl$|musllinux/.test(file);
}
