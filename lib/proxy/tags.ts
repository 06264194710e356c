/** Tags count at creation only, for others tag resources too, unless they are to follow the code. */
export function ignoredTags(followTags: boolean): string[] {
  return followTags ? [] : ['tags'];
}

/** The lifecycle of a resource of which nothing else is ignored. */
export function lifecycleOfTags(followTags: boolean): { ignoreChanges: string[] } | undefined {
  return followTags ? undefined : { ignoreChanges: ignoredTags(followTags) };
}
