export type { RequestedValue } from '@portcullis/contracts/signed';
export {
  closeConversation,
  ConversationError,
  openConversation,
  type HostClient,
  type HostOptions,
  type OpenConversationOptions,
} from './conversations.js';
