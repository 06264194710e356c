import { text } from '../../../schema/value';
import { ProviderError } from '../../protocol/messages';
import { type ApiClient, type Json, part, rows } from '../api-client';

/** All rows of a list, page by page. */
export async function everyRow(control: ApiClient, path: string, query: Record<string, string> = {}): Promise<Json[]> {
  const found: Json[] = [];
  let token: string | undefined;
  do {
    const page = await control.get(path, {
      ...query,
      page_size: '99',
      ...(token !== undefined && { page_token: token }),
    });
    found.push(...rows(page));
    const next = text(part(page, 'metadata').next);
    token = next === '' ? undefined : (new URL(next, 'http://localhost').searchParams.get('page_token') ?? undefined);
  } while (token !== undefined);
  return found;
}

/** The only row that has a display name. */
export function theOneNamed(
  what: string,
  name: string,
  candidates: readonly Json[],
  nameOf: (row: Json) => string,
): Json {
  const [found, another] = candidates.filter((row) => nameOf(row) === name);
  if (!found || another) {
    throw new ProviderError(
      `error reading ${what}: ${found ? 'there are several' : 'there is none'} with display_name ${JSON.stringify(name)}`,
    );
  }
  return found;
}
