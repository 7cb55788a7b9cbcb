import { Admin } from './admin.js';
import type { DemoWorld } from './demo-world.js';
import { inDatabase } from './in-database.js';

/** A second person, with the first admin's password and every permission of theirs but one, signed in. */
export async function secondAdmin(world: DemoWorld, without: string): Promise<Admin> {
  const email = 'second@example.com';
  await inDatabase(world, async (client) => {
    await client.query(
      `insert into "user" ("id", "name", "email", "emailVerified") select 'second', 'Second', $1, true`,
      [email],
    );
    await client.query(
      `insert into account ("id", "accountId", "providerId", "userId", "password")
       select 'second', 'second', "providerId", 'second', "password" from account where "userId" <> 'second' limit 1`,
    );
    await client.query(
      `insert into person_permission (person_id, permission)
       select distinct 'second', permission from person_permission where permission <> $1`,
      [without],
    );
  });
  const admin = new Admin(world.installation.run.urls.console);
  const { signIn } = await admin.get<{ signIn: { csrfToken: string } }>(
    'mutation($input: SignInInput!) { signIn(input: $input) { csrfToken revision } }',
    { input: { email, password: 'correct horse battery' } },
  );
  admin.csrf = signIn.csrfToken;
  return admin;
}
