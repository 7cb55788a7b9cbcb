export interface Answer<Data> {
  readonly status: number;
  readonly data: Data | null;
  readonly errors: readonly {
    readonly message: string;
    readonly extensions: { code: string; requestId: string; details: Record<string, unknown> };
  }[];
  readonly headers: Headers;
  /** Code of the first error, if any. */
  readonly code: string | undefined;
}

/** Somebody at the API: keeps cookies as a browser would and sends the CSRF token with everything. */
export class TestPerson {
  readonly cookies = new Map<string, string>();
  csrfToken = '';

  constructor(readonly url: string) {}

  async ask<Data = Record<string, unknown>>(
    query: string,
    variables: object = {},
    headers: Record<string, string> = {},
  ): Promise<Answer<Data>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: this.cookie,
        'x-portcullis-csrf': this.csrfToken,
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      this.cookies.set(name, value);
    }
    const body = (await response.json()) as { data?: Data; errors?: Answer<Data>['errors']; code?: string };
    const errors = body.errors ?? [];
    return {
      status: response.status,
      data: body.data ?? null,
      errors,
      headers: response.headers,
      code: errors[0]?.extensions.code ?? body.code,
    };
  }

  /** Asks and expects an answer without errors. */
  async get<Data = Record<string, never>>(query: string, variables: object = {}): Promise<Data> {
    const answer = await this.ask<Data>(query, variables);
    if (answer.data === null || answer.errors.length > 0)
      throw new Error(`refused: ${JSON.stringify(answer.errors)} (${answer.code})`);
    return answer.data;
  }

  async claim(claimUrl: string, person: { email: string; password: string }): Promise<void> {
    const input = { ...person, name: 'Ada', token: new URL(claimUrl).hash.slice(1) };
    const data = await this.get<{ claimInstall: { csrfToken: string } }>(
      'mutation ($input: ClaimInstallInput!) { claimInstall(input: $input) { csrfToken revision person { id } } }',
      { input },
    );
    this.csrfToken = data.claimInstall.csrfToken;
  }

  async signIn(input: {
    email: string;
    password: string;
  }): Promise<Answer<{ signIn: { csrfToken: string; revision: number; person: { id: string } } }>> {
    const answer = await this.ask<{ signIn: { csrfToken: string; revision: number; person: { id: string } } }>(
      'mutation ($input: SignInInput!) { signIn(input: $input) { csrfToken revision person { id } } }',
      { input },
    );
    this.csrfToken = answer.data?.signIn?.csrfToken ?? '';
    return answer;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}
