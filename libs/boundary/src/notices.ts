/** What stands in the place of a part of the content that could not be filtered. */
export const partNotice = '[withheld by Portcullis: this part cannot be filtered]';
/** What stands in the place of a text inside the data that is data itself. */
export const textNotice = '[withheld by Portcullis]';
