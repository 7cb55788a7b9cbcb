/** What a new policy begins with: it applies as it stands, and shows the form. */
export const examplePolicy = `// Outside office hours (UTC) nothing destructive or paid runs.
forbid (
  principal,
  action in [Action::"class:destructive", Action::"class:payments"],
  resource
)
when { context.time.hour < 8 || context.time.hour >= 18 };
`;
