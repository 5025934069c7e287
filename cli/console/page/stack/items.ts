import { bandsOf, boxesOf } from '../../../model/bands';
import type { PictureItem, StackPicture } from '../../../model/stack';

/** The fragment of the address that shows every resource. */
export const RESOURCES_ID = 'resources';

/** The box with an ID. */
export function itemOf(picture: StackPicture, id: string): PictureItem | undefined {
  if (id === '') return undefined;
  return itemsOf(picture).find((item) => item.id === id);
}

/** All resources of the stack as one box. */
export function allResources(picture: StackPicture): PictureItem {
  const addresses = new Set(itemsOf(picture).flatMap((item) => item.addresses));
  return {
    id: RESOURCES_ID,
    kind: 'resources',
    title: 'Terraform JSON',
    detail: [{ text: `what synthesis makes of ${picture.configFile}` }],
    settings: [],
    permissions: [],
    costs: [],
    addresses: [...addresses].sort(),
  };
}

function itemsOf(picture: StackPicture): PictureItem[] {
  return [...bandsOf(picture).flatMap(boxesOf), ...picture.shared];
}
