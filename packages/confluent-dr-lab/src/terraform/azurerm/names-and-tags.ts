import { AzureError } from '../../azure/addresses';
import { text, type ValueObject } from '../../schema/value';
import { type Rule } from '../planning/rules';
import { isSameId } from './names';

/**
 * What Azure takes for names and tags, of whatever is given them.
 *
 * Sources: Azure's pages on naming rules (Microsoft.Network) and on tags ("Limitations"), and the provider's own validation of tags.
 */

const NETWORK_NAME = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9_])?$/;
const OF_NETWORK =
  /\/Microsoft[.]Network\/(virtualNetworks|networkSecurityGroups|networkInterfaces|publicIPAddresses|loadBalancers)\//i;

const OF_PRIVATE_ZONE = /\/Microsoft[.]Network\/privateDnsZones\//i;

/** What the provider refuses as soon as it plans. */
export const TAGS: Rule = {
  allowed: 'up to 50 tags, with keys of up to 512 characters and values of up to 256',
  accepts: (value) => {
    const tags = Object.entries((value ?? {}) as ValueObject);
    return tags.length <= 50 && tags.every(([key, tag]) => key.length <= 512 && text(tag).length <= 256);
  },
};

/** @throws AzureError for a name that nothing of a network can have */
export function requireNetworkName(what: string, name: string): void {
  if (!NETWORK_NAME.test(name)) {
    throw new AzureError(
      400,
      'InvalidResourceName',
      `Resource name ${name} of ${what} is invalid. It can be up to 80 characters long, begins with a letter or digit, ends with one or with '_', and may hold '.', '-' and '_' in between.`,
    );
  }
}

/** @throws AzureError for a name or for tags that Azure does not take */
export function requireNameAndTags({ id, name, tags }: ValueObject): void {
  if (typeof name === 'string' && OF_NETWORK.test(text(id))) {
    requireNetworkName(text(id), name);
  }
  const keys = Object.keys((tags ?? {}) as ValueObject);
  const reserved = keys.find((key) => /^(microsoft|azure|windows)/i.test(key));
  if (reserved !== undefined) {
    throw new AzureError(400, 'ReservedTagName', `The tag name ${reserved} begins with a word that is reserved.`);
  }
  const wrong = keys.filter((key) => /[<>%&\\?/]/.test(key));
  if (wrong.length > 0) {
    throw new AzureError(
      400,
      'InvalidTagNameCharacters',
      `The tag names '${wrong.join(', ')}' have reserved characters '<,>,%,&,\\,?,/' or control characters.`,
    );
  }
  if (OF_PRIVATE_ZONE.test(text(id))) {
    requireZoneTags(keys);
  }
  const twice = keys.find((key, index) => keys.findIndex((other) => isSameId(other, key)) !== index);
  if (twice !== undefined) {
    throw new AzureError(
      400,
      'DuplicateTagName',
      `The tag name ${twice} is there twice: names are compared without regard to case.`,
    );
  }
}

/** Source: the page on tags, its note on Azure DNS; which special characters it means was seen of a few, and the texts are made up. */
function requireZoneTags(keys: readonly string[]): void {
  if (keys.length > 15) {
    throw new AzureError(400, 'TooManyTags', `A private DNS zone takes up to 15 tags, and there are ${keys.length}.`);
  }
  const wrong = keys.find((key) => /^[0-9]|[^ -~]|[ ():]/.test(key));
  if (wrong !== undefined) {
    throw new AzureError(
      400,
      'InvalidTagNameCharacters',
      `The tag name '${wrong}' is none that a private DNS zone takes.`,
    );
  }
}
