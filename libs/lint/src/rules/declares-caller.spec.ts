import { describe, expect, it } from 'vitest';
import { lintText } from '../testing/lint-text.js';

const inResolver = (members: string, type = '') => `@Resolver(${type}) export class AgentsResolver { ${members} }`;
const messages = (text: string) =>
  lintText('declares-caller', text, 'apps/control-plane/src/agents/agents.resolver.ts');

describe('every resolver method and route says who may call it', () => {
  it.each([
    ['a query', inResolver('@Query(() => [Agent]) agents() {}')],
    ['a mutation', inResolver('@Mutation(() => Payload) revoke() {}')],
    ['a subscription', inResolver('@Subscription(() => Decision) decisions() {}')],
    ['a field of a root type', inResolver("@ResolveField('agents') agents() {}", "'Query'")],
    ['a route', "@Controller('health') export class Health { @Get('live') live() {} }"],
    ['a route of any verb', '@Controller() export class Any { @All() any() {} }'],
  ])('refuses %s that declares nothing, and says what to add', (_, text) => {
    const found = messages(text);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/does not say who may call it.*@Allow\('permission'\).*@Public\('reason'\)/);
  });

  it.each([
    ['a permission', inResolver("@Query(() => [Agent]) @Allow('read') agents() {}")],
    ['a permission by name', inResolver('@Query(() => [Agent]) @Allow(READ) agents() {}')],
    ['a reason', inResolver("@Mutation(() => Session) @Public('sign-in comes before a session') signIn() {}")],
    ['a route with a reason', "@Controller() class Health { @Get() @Public('probes have no session') live() {} }"],
  ])('accepts %s', (_, text) => expect(messages(text)).toEqual([]));

  it('leaves fields of objects and ordinary methods alone, because a declared root stands before them', () => {
    expect(messages(inResolver('@ResolveField() owner() {} private load() {}', '() => Agent'))).toEqual([]);
    expect(messages('class Plain { query() {} }')).toEqual([]);
  });

  it('refuses an open door without a reason one can judge', () => {
    expect(messages(inResolver("@Query(() => Me) @Public('') me() {}"))[0]).toMatch(/needs a reason/);
    expect(messages(inResolver("@Query(() => Me) @Public('x') me() {}"))[0]).toMatch(/needs a reason/);
    expect(messages(inResolver('@Query(() => Me) @Public() me() {}'))[0]).toMatch(/needs a reason/);
  });

  it('refuses an empty permission, and both at once', () => {
    expect(messages(inResolver("@Query(() => Me) @Allow('') me() {}"))[0]).toMatch(/needs the permission/);
    expect(messages(inResolver("@Query(() => Me) @Allow('read') @Public('because of this') me() {}"))[0]).toMatch(
      /keep one/,
    );
  });
});
