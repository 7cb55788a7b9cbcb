import { ownIssuerId } from '@portcullis/contracts';
import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Viewer } from '../authorisation/viewer.js';
import type { CommandResult } from '../change-log/command.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { closeConversation } from './close-conversation.js';
import { openConversation } from './open-conversation.js';
import type { openConversationInputSchema } from './open-conversation.input.js';

@Injectable()
export class ConversationsCommands {
  constructor(private readonly unit: UnitOfWork) {}

  /** The person is the conversation's user: nobody opens one for somebody else here. */
  open(by: Viewer, input: z.infer<typeof openConversationInputSchema>): Promise<CommandResult<string>> {
    const id = input.id.toLowerCase();
    const request = { ...input, id, user: `${ownIssuerId}:${by.personId}` };
    return this.unit.run(async (transaction) => {
      await openConversation(transaction, request, { person: by.personId, email: by.email });
      return id;
    });
  }

  close(by: Viewer, id: string): Promise<CommandResult<string>> {
    return this.unit.run(async (transaction) => {
      await closeConversation(transaction, id, { person: by.personId, email: by.email });
      return id;
    });
  }
}
