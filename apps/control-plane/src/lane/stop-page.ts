import { randomUUID } from 'node:crypto';
import { killSwitchScopes } from '@portcullis/contracts';

function escape(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (character) => names[character] ?? '');
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}
label{display:block;margin-top:1rem;font-weight:600}input,select,button{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;min-height:44px}
button{margin-top:1.5rem;font-weight:700}`;

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escape(title)}</title><style>${style}</style></head><body><main><h1>${escape(title)}</h1>
${body}
</main></body></html>
`;
}

/** The stop that works when the console does not: a plain form, no script. Sent twice it is one engagement. */
export function stopForm(): string {
  const options = killSwitchScopes
    .map((scope) => `<option${scope === 'agent' ? ' selected' : ''}>${scope}</option>`)
    .join('');
  return page(
    'Portcullis: stop',
    `<p>Stops calls at once. One person is enough; starting again needs two.</p>
<form method="post" action="/stop" autocomplete="off">
<input type="hidden" name="engagement" value="${randomUUID()}">
<label for="ticket">Stop ticket</label><input id="ticket" name="ticket" type="password" required>
<label for="scope">What kind of thing</label><select id="scope" name="scope">${options}</select>
<label for="id">Its id (empty for everything)</label><input id="id" name="id" autocapitalize="none" spellcheck="false">
<label for="reason">Reason (optional)</label><input id="reason" name="reason" maxlength="500">
<button type="submit">Stop</button>
</form>
<p>A ticket is shown in the console under Emergency; on the machine itself it is the file <code>stop-ticket</code> in the data folder.
From a shell: <code>portcullis kill agent ID</code>.</p>`,
  );
}

export function stoppedPage(scope: string, id: string, engagement: string, revision: number): string {
  return page(
    'Accepted',
    `<p><strong>Stop of ${escape(scope)} ${escape(id)} accepted at revision ${revision}.</strong></p>
<p>Servers apply it as soon as they hear of it; one that cannot be reached refuses by itself when its lease ends.</p>
<p>Engagement <code>${escape(engagement)}</code>. Sending it again is harmless.</p><p><a href="/stop">Stop something else</a></p>`,
  );
}

export function notStoppedPage(code: string, what: string): string {
  return page(
    'NOT STOPPED',
    `<p><strong>${escape(what)}</strong></p><p>Code <code>${escape(code)}</code>.</p><p><a href="/stop">Try again</a></p>`,
  );
}
