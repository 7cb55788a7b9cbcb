const cookieName = 'portcullis-csrf';
let fromSignIn: string | null = null;

export function rememberCsrf(token: string): void {
  fromSignIn = token;
}

/** The cookie wins: another tab may have signed in since. */
export function csrfToken(): string | null {
  for (const pair of document.cookie.split('; ')) {
    const [name, value] = pair.split('=');
    if (name === cookieName && value) return decodeURIComponent(value);
  }
  return fromSignIn;
}
