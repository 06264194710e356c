import { type FastifyRequest } from 'fastify';
import { invalid } from '../refusal';
import { type Content } from './plane';

/** A JSON object of a request, read field by field: a field of the wrong type is refused, as Confluent Cloud does. */
export class Body {
  /** Refuses a body that is missing, of a media type that the plane does not read, no JSON or no object. */
  public static in({ body }: FastifyRequest): Body {
    const value = (body as Content | undefined)?.json();
    if (!isObject(value)) {
      const received = value === undefined ? 'empty' : JSON.stringify(value);
      throw invalid(`The body of the request is ${received}; allowed is a JSON object.`, 400);
    }
    return new Body(value);
  }

  private constructor(private readonly fields: Readonly<Record<string, unknown>>) {}

  public has(name: string): boolean {
    return this.fields[name] !== undefined && this.fields[name] !== null;
  }

  /** One without fields if missing or null. */
  public object(name: string): Body {
    const value = this.fields[name] ?? {};
    if (!isObject(value)) {
      throw wrongType(name, 'an object', value);
    }
    return new Body(value);
  }

  public objects(name: string): Body[] {
    return this.list(name).map((value) => {
      if (!isObject(value)) {
        throw wrongType(name, 'a list of objects', value);
      }
      return new Body(value);
    });
  }

  /** A list that must be there, though it may hold nothing. */
  public requiredObjects(name: string): Body[] {
    if (!this.has(name)) {
      throw invalid(`${name} is missing.`, 400);
    }
    return this.objects(name);
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

  public requiredNumber(name: string): number {
    const value = this.number(name);
    if (value === undefined) {
      throw invalid(`${name} is missing.`, 400);
    }
    return value;
  }

  /** All fields, where they are all strings; null counts as an empty one. */
  public allTexts(): Record<string, string> {
    return Object.fromEntries(Object.keys(this.fields).map((key) => [key, this.text(key) ?? '']));
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
