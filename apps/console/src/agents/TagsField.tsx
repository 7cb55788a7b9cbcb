import { TagsInput } from '@mantine/core';

interface TagsFieldProps {
  readonly tags: string[];
  readonly setTags: (tags: string[]) => void;
}

export function TagsField({ tags, setTags }: TagsFieldProps) {
  return <TagsInput label="Tags" description="Press Enter after each" value={tags} onChange={setTags} />;
}
