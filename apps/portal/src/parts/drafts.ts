import type { Uploaded } from "@manydesk/kit/api/upload";
import { Drafts } from "@manydesk/kit/drafts/drafts";

/** What is written of a new request before it is sent. */
export interface NewRequest {
  subject: string;
  text: string;
  type: string;
  fields: Record<string, unknown>;
  files: Uploaded[];
  /** Names the sending: however often it is tried, one request is made. */
  key: string;
}

export const newRequests = new Drafts<NewRequest>({
  empty: ({ subject, text, files, fields }) => !subject && !text && files.length === 0 && Object.keys(fields).length === 0,
});

/** What is written in a request before it is sent. */
export interface Answer {
  text: string;
}

export const answers = new Drafts<Answer>({ empty: ({ text }) => text === "" });
