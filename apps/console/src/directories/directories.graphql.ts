import { graphql } from '../gql/index.js';

export const directoriesQuery = graphql(`
  query Directories {
    directories {
      ...DirectoryRow
    }
    environments {
      id
    }
  }
`);

export const directoryRowFragment = graphql(`
  fragment DirectoryRow on Directory {
    id
    environment
    name
    holds
    size
    grants
    createdBy
    createdAt
    retiredAt
  }
`);

export const directoryQuery = graphql(`
  query Directory($id: ID!) {
    directory(id: $id) {
      ...DirectoryRow
    }
    grantsNaming(directory: $id) {
      id
      role
      toolId
      toolClass
      task
      constraintTexts
      conversation
    }
  }
`);

export const directoryEntriesQuery = graphql(`
  query DirectoryEntries($directory: ID!, $after: ID, $first: Int!) {
    directoryEntries(directory: $directory, after: $after, first: $first) {
      value
      canonical
      addedBy
      addedAt
    }
  }
`);

export const createDirectoryMutation = graphql(`
  mutation CreateDirectory($input: CreateDirectoryInput!) {
    createDirectory(input: $input) {
      revision
      directory {
        id
      }
    }
  }
`);

export const addEntriesMutation = graphql(`
  mutation AddDirectoryEntries($input: DirectoryEntriesInput!) {
    addDirectoryEntries(input: $input) {
      revision
      directory {
        size
      }
    }
  }
`);

export const removeEntriesMutation = graphql(`
  mutation RemoveDirectoryEntries($input: DirectoryEntriesInput!) {
    removeDirectoryEntries(input: $input) {
      revision
      directory {
        size
      }
    }
  }
`);

export const retireDirectoryMutation = graphql(`
  mutation RetireDirectory($id: ID!) {
    retireDirectory(id: $id) {
      revision
    }
  }
`);
