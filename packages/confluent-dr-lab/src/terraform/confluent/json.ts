import { type Json } from './api-client';

/** A part of an answer; empty where the answer has no such part. */
export function part(json: Json | undefined, name: string): Json {
  const value = json?.[name];
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

/** The rows of a list. */
export function rows(json: Json): Json[] {
  return Array.isArray(json.data) ? (json.data as Json[]) : [];
}
