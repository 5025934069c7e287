import { type CompanionConfig, companionOf } from '../../../modules/resources/registry';
import type { PictureItem } from '../../model/stack';
import { type Access, companionDetail } from './companion-text';
import type { Painter } from './painter';
import { settingsOf } from './settings';

/** The box of a resource of the config that is not a job. */
export function companionItem(
  id: string,
  name: string,
  config: CompanionConfig,
  painter: Painter,
  access?: Access,
): PictureItem {
  const made = painter.resources.under(name);
  return painter.item({
    id,
    kind: config.type,
    title: name,
    detail: companionDetail(config, made, companionOf(config.type).isStore ? access : undefined, painter.readable),
    settings: settingsOf(givenTo(config), painter.readable),
    costs: made.length === 0 ? [{ withoutPrice: 'The stack makes nothing for it: its costs are not known here.' }] : [],
    made,
  });
}

/** The properties of a resource, or what names an existing one. */
export function givenTo(config: CompanionConfig) {
  if ('existing' in config && config.existing !== undefined) return config.existing;
  return ('properties' in config ? config.properties : undefined) ?? {};
}
