import { invalid } from '../model/refusal';

/** A JSON object of a request, read field by field: a field of the wrong type is refused, as Confluent Cloud does. */
export class Body {
  public static of(value: unknown): Body {
    return new Body(isObject(value) ? value : {});
  }

  private constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  public has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null;
  }

  public object(name: string): Body {
    return Body.of(this.fields[name]);
  }

  public objects(name: string): Body[] {
    return this.list(name).map((value) => Body.of(value));
  }

  public texts(name: string): string[] {
    return this.list(name).map((value) => {
      if (typeof value !== 'string') {
        throw wrongType(name, 'a list of strings', value);
      }
      return value;
    });
  }

  /** undefined if missing or null. */
  public text(name: string): string | undefined {
    const value = this.fields[name] ?? undefined;
    if (value !== undefined && typeof value !== 'string') {
      throw wrongType(name, 'a string', value);
    }
    return value;
  }

  public number(name: string): number | undefined {
    const value = this.fields[name] ?? undefined;
    if (value !== undefined && typeof value !== 'number') {
      throw wrongType(name, 'a number', value);
    }
    return value;
  }

  public flag(name: string): boolean | undefined {
    const value = this.fields[name] ?? undefined;
    if (value !== undefined && typeof value !== 'boolean') {
      throw wrongType(name, 'true or false', value);
    }
    return value;
  }

  public requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined || value === '') {
      throw invalid(`${name} is missing.`, 400);
    }
    return value;
  }

  /** Names with values that are all strings. */
  public textMap(name: string): Record<string, string> {
    const body = this.object(name);
    return Object.fromEntries(Object.keys(body.fields).map((key) => [key, body.text(key) ?? '']));
  }

  private list(name: string): unknown[] {
    const value = this.fields[name] ?? [];
    if (!Array.isArray(value)) {
      throw wrongType(name, 'a list', value);
    }
    return value as unknown[];
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrongType(name: string, allowed: string, received: unknown): Error {
  return invalid(`${name} is ${JSON.stringify(received)}; allowed is ${allowed}.`, 400);
}
