import type { Change } from '@portcullis/policy';

/** As a guard reads it off the wire: objects out of a text are alike in form, those that code puts together here are not. */
export const asSent = (change: Change): Change => JSON.parse(JSON.stringify(change)) as Change;
