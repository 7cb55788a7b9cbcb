export function refusal(code, message, details = {}) {
  return Object.assign(new Error(message), { code, details });
}
