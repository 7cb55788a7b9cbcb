import { describe, expect, it } from 'vitest';
import { ACCESS } from '../authorisation/allow.js';
import { features } from './features.js';
import { resolvers } from './resolvers.js';

/** Nest's own marks on a method that people can reach. */
const marks = ['graphql:resolver_type', 'path'];

function entrancesOf(owner: { readonly name: string; readonly prototype: object }) {
  return Object.getOwnPropertyNames(owner.prototype).flatMap((name) => {
    const method: unknown = Reflect.get(owner.prototype, name);
    if (name === 'constructor') return [];
    if (typeof method !== 'function' || !marks.some((mark) => Reflect.hasMetadata(mark, method))) return [];
    return [{ name: `${owner.name}.${name}`, declares: Reflect.hasMetadata(ACCESS, method) }];
  });
}

function owners(): { readonly name: string; readonly prototype: object }[] {
  return features.flatMap((feature) => [
    ...(Reflect.getMetadata('controllers', feature) ?? []),
    ...(Reflect.getMetadata('providers', feature) ?? []).filter((provider: unknown) => typeof provider === 'function'),
  ]);
}

describe('the entrances of the API', () => {
  it('all say who may call them', () => {
    const entrances = owners().flatMap(entrancesOf);
    expect(entrances.length).toBeGreaterThan(35);
    expect(entrances.filter((entrance) => !entrance.declares)).toEqual([]);
  });

  it('are all in the list that the schema is written from', () => {
    const named = owners().filter((owner) => owner.name.endsWith('Resolver'));
    expect(named.map((owner) => owner.name).sort()).toEqual(resolvers.map((resolver) => resolver.name).sort());
  });
});
