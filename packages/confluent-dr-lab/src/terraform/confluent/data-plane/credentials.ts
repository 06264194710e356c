import { each, notEmpty, type Rule } from '../../planning/rules';
import { type Pattern } from '../../schema/path';

/** What holds for the key of the resource itself, or of the blocks that are named. */
export function credentialRules(...blocks: readonly Pattern[]): Record<Pattern, Rule> {
  const places = blocks.length === 0 ? ['credentials'] : blocks.map((block) => `${block}.credentials`);
  return each(
    places.flatMap((place) => [`${place}.key`, `${place}.secret`]),
    notEmpty,
  );
}
