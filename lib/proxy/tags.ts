import { isUnresolved, type Problems } from '../validation/problems';

type Tags = Readonly<Record<string, string>>;

/** Tags count at creation only, for others tag resources too, unless they are to follow the code. */
export function ignoredTags(followTags: boolean): string[] {
  return followTags ? [] : ['tags'];
}

/** The lifecycle of a resource of which nothing else is ignored. */
export function lifecycleOfTags(followTags: boolean): { ignoreChanges: string[] } | undefined {
  return followTags ? undefined : { ignoreChanges: ignoredTags(followTags) };
}

/**
 * What Azure takes for tags, whose names it compares without regard to case. Source: Azure's page on tags, "Limitations".
 */
export function checkTags(problems: Problems, tags: Tags = {}): void {
  const names = namesOf(tags);
  checkCount(problems, names, 50, { allowed: 'up to 50 tags', on: 'a resource' });
  names.forEach((name, index) => {
    const plain = name.toLowerCase();
    // cdktf loses the one that JavaScript has for itself.
    const isLost = name === '__proto__';
    problems.require(!isLost && /^[^<>%&\\?/]{1,512}$/.test(name) && !/^(microsoft|azure|windows)/.test(plain), {
      property: 'tags',
      received: name,
      allowed:
        'names of 1 to 512 characters without < > % & \\ ? and /, not beginning with microsoft, azure or windows, and not __proto__',
      advice: 'Rename the tag.',
    });
    problems.require(names.findIndex((other) => other.toLowerCase() === plain) === index, {
      property: 'tags',
      received: name,
      allowed: 'names that differ in more than case',
      advice: 'Azure takes them for one tag; take one out.',
    });
    problems.require(tags[name].length <= 256, {
      property: `tags['${name}']`,
      received: `${tags[name].length} characters`,
      allowed: 'up to 256 characters',
      advice: 'Azure refuses longer ones; shorten it.',
    });
  });
}

/** The same of private zones, which take fewer. Source: the same page, its note on Azure DNS. */
export function checkZoneTags(problems: Problems, tags: Tags = {}): void {
  const names = namesOf(tags);
  checkCount(problems, names, 15, { allowed: 'up to 15 tags beside ProxyDns.privateZones', on: 'a private zone' });
  for (const name of names) {
    problems.require(/^[A-Za-z][A-Za-z0-9._-]*$/.test(name), {
      property: 'tags',
      received: name,
      allowed:
        'names of letters, digits, dots, underscores and hyphens, beginning with a letter, beside ProxyDns.privateZones',
      advice: 'Azure takes no other on a private zone; rename the tag.',
    });
  }
}

/** None of a map that only Terraform knows. */
const namesOf = (tags: Tags): string[] => (isUnresolved(tags) ? [] : Object.keys(tags));

function checkCount(
  problems: Problems,
  names: readonly string[],
  most: number,
  { allowed, on }: { readonly allowed: string; readonly on: string },
): void {
  problems.require(names.length <= most, {
    property: 'tags',
    received: `${names.length} tags`,
    allowed,
    advice: `Azure takes no more on ${on}; take some out.`,
  });
}
