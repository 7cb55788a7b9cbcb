import { Button } from '@mantine/core';

export function DownloadButton({ name, text }: { readonly name: string; readonly text: string }) {
  const save = () => {
    const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
    const link = Object.assign(document.createElement('a'), { href: address, download: name });
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <Button size="compact-sm" variant="default" onClick={save}>
      Download {name}
    </Button>
  );
}
